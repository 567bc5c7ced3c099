"""The search says of documents and notices what is true today, not what was when they came."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms.documents.models import DocumentRelation
from cms.documents.tasks import refresh_validity
from search.index.drain import drain
from search.index.models import SearchDocument, SearchOutbox
from tests.conftest import Province
from tests.papers import make_notice

from .factories import make_document


def said(page: Any) -> str:
    """What a reader who searches is told."""
    drain()
    return SearchDocument.objects.get(pk=page.pk).validity


def test_a_date_that_passes_changes_the_state(
    hai_duong: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    coming = make_document(
        hai_duong.province,
        effective_on=datetime.date(2099, 1, 1),
        expires_on=datetime.date(2101, 1, 1),
    )
    plain = make_document(hai_duong.province, "2/2024/QĐ-UBND")
    assert [said(coming), said(plain)] == ["Chưa có hiệu lực", "Còn hiệu lực"]
    refresh_validity.call()
    assert not SearchOutbox.objects.exists()
    for day, state in (
        (datetime.date(2099, 1, 1), "Còn hiệu lực"),
        (datetime.date(2101, 1, 1), "Hết hiệu lực"),
    ):
        monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None, day=day: day)
        refresh_validity.call()
        assert SearchOutbox.objects.values_list("page_id", flat=True).distinct().get() == coming.pk
        assert said(coming) == state


def test_a_document_that_is_replaced_is_said_to_be_at_once(hai_duong: Province) -> None:
    old = make_document(hai_duong.province, "1/2020/QĐ-UBND", issued="2020-01-02")
    assert said(old) == "Còn hiệu lực"
    acts: list[dict[str, Any]] = [{"kind": DocumentRelation.Kind.REPLACES, "target": old}]
    new = make_document(hai_duong.province, "2/2024/QĐ-UBND", relations=acts)
    assert said(old) == "Hết hiệu lực"
    new.unpublish()
    assert said(old) == "Còn hiệu lực"


def test_a_notice_leaves_the_search_when_it_expires(hai_duong: Province) -> None:
    soon = timezone.now() + datetime.timedelta(days=1)
    notice = make_notice(hai_duong.thanh_son, expire_at=soon)
    drain()
    assert SearchDocument.objects.filter(pk=notice.pk).exists()
    notice.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    notice.save(update_fields=["expire_at"])
    call_command("publish_scheduled")
    drain()
    assert not SearchDocument.objects.filter(pk=notice.pk).exists()
