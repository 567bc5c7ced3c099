"""Every act of an editor reaches the index; nothing that is not public ever does."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from search.index.changes import documents_changed
from search.index.drain import drain
from search.index.models import SearchDocument, SearchOutbox
from search.index.outbox import queue_pages
from search.index.requests import Filters
from search.index.tasks import drain_outbox
from sites.distribution.actions import RecallAction
from tests.conftest import Province
from tests.factories import make_article, push, section_of

from .conftest import Found

pytestmark = pytest.mark.django_db
TITLE = "Lịch tiêm chủng tháng Sáu"


def test_a_published_article_is_found_without_accents(hai_duong: Province, found: Found) -> None:
    make_article(hai_duong.thanh_son, TITLE)
    assert found("lich tiem chung") == [TITLE]


def test_a_draft_is_found_by_nobody(hai_duong: Province, found: Found) -> None:
    make_article(hai_duong.nam_sach, TITLE, live=False)
    assert found("lịch tiêm chủng") == []


def test_a_draft_of_a_public_article_is_not_found(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    page.title = "Bản nháp bí mật"
    page.save_revision()
    assert found("bản nháp bí mật") == []
    assert found(TITLE) == [TITLE]


def test_an_edit_is_found_when_it_is_published(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    found(TITLE)
    page.title = "Lịch cấp nước"
    page.save_revision().publish()
    assert found("cấp nước") == ["Lịch cấp nước"]
    assert found("tháng Sáu") == []


def test_an_unpublished_article_is_gone(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    assert found(TITLE)
    page.unpublish()
    assert found(TITLE) == []
    page.save_revision().publish()
    assert found(TITLE) == [TITLE]


def test_a_deleted_article_is_gone(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    assert found(TITLE)
    page.delete()
    assert found(TITLE) == []
    assert not SearchDocument.objects.exists()


def test_a_deleted_section_takes_its_articles_along(hai_duong: Province, found: Found) -> None:
    make_article(hai_duong.thanh_son, TITLE)
    assert found(TITLE)
    section_of(hai_duong.thanh_son).delete()
    assert found(TITLE) == []


def test_a_private_section_hides_its_articles(hai_duong: Province, found: Found) -> None:
    make_article(hai_duong.thanh_son, TITLE)
    assert found(TITLE)
    restriction = PageViewRestriction.objects.create(
        page=section_of(hai_duong.thanh_son), restriction_type="login"
    )
    assert found(TITLE) == []
    assert not SearchDocument.objects.exists()
    restriction.delete()
    assert found(TITLE) == [TITLE]


def test_a_moved_article_is_filed_anew(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    found(TITLE)
    PageViewRestriction.objects.create(
        page=section_of(hai_duong.thanh_son, "thong-bao"), restriction_type="login"
    )
    page.move(section_of(hai_duong.thanh_son, "thong-bao"), pos="last-child")
    assert found(TITLE) == []


def test_pages_inserted_in_bulk_are_found(hai_duong: Province, found: Found) -> None:
    section = section_of(hai_duong.hop_tien)
    insert_pages([(section, ArticlePage(title=f"Giống lúa số {n}")) for n in range(3)])
    assert sorted(found("giong lua")) == [f"Giống lúa số {n}" for n in range(3)]


def test_a_pushed_article_is_found_within_the_receiving_site(
    hai_duong: Province, found: Found
) -> None:
    page = make_article(hai_duong.province, TITLE)
    assert found(TITLE, scope="unit") == []
    distribution = push(page, "under:30:commune")
    assert found(TITLE, scope="unit") == [TITLE]
    assert found(TITLE, scope="unit", unit=hai_duong.thanh_ha) == []
    RecallAction(distribution, "error").execute()
    assert found(TITLE, scope="unit") == []
    assert found(TITLE) == [TITLE], "recalled from the communes, still public at its origin"


def test_a_period_begins_and_ends_by_itself(hai_duong: Province, found: Found) -> None:
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    for title, start, end in (
        ("Tin đang phát", now - hour, now + hour),
        ("Tin sẽ phát", now + hour, None),
        ("Tin đã phát", now - 2 * hour, now - hour),
    ):
        page = make_article(hai_duong.province, title)
        push(page, "under:30:commune", starts_at=start, ends_at=end)
    assert found("tin phát", scope="unit") == ["Tin đang phát"]


def test_an_expired_article_is_not_found(hai_duong: Province, found: Found) -> None:
    past = timezone.now() - datetime.timedelta(hours=1)
    page = make_article(hai_duong.thanh_son, TITLE)
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=past)
    queue_pages([page.pk])
    assert found(TITLE) == []


def test_text_of_all_blocks_is_found_but_no_markup(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    page.body_vi = [
        {"type": "heading", "value": {"text": "Địa điểm tiêm", "level": "2"}},
        {"type": "paragraph", "value": "<p>Trạm <b>y tế</b> xã &amp; thôn</p><p>Buổi sáng</p>"},
        {"type": "note", "value": {"kind": "warning", "title": "Lưu ý", "text": "<p>Sốt cao</p>"}},
        {
            "type": "table",
            "value": {
                "columns": [{"type": "text", "heading": "Ngày giờ"}],
                "rows": [{"values": ["Mồng bảy"]}],
                "caption": "Bảng phân công",
            },
        },
    ]
    page.save_revision().publish()
    for text in ("địa điểm tiêm", '"tram y te xa"', "sốt cao", "mồng bảy", "bảng phân công"):
        assert found(text) == [TITLE], text
    for text in ("warning", "amp", "b"):
        assert found(text) == [], text


def test_english_is_found_and_shown_in_english(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    page.headline_en, page.summary_en = "Vaccination in June", "For all children"
    page.save_revision().publish()
    make_article(hai_duong.thanh_son, "Lịch tiêm cho trẻ em")
    assert found("vaccination children") == [TITLE]
    assert found("tiêm", filters=Filters(language="en")) == ["Vaccination in June"]


def _drains_ordered() -> int:
    return DBTaskResult.objects.filter(task_path=drain_outbox.module_path).count()


def test_one_transaction_orders_one_drain(hai_duong: Province) -> None:
    assert connection.in_atomic_block
    first = make_article(hai_duong.thanh_son, "Một")
    make_article(hai_duong.thanh_son, "Hai")
    assert _drains_ordered() == 1
    assert SearchOutbox.objects.filter(page_id=first.pk).exists()


def test_one_drain_does_what_others_were_ordered_for(hai_duong: Province) -> None:
    for _ in range(3):
        drain_outbox.enqueue()
    later = timezone.now() + datetime.timedelta(seconds=30)
    drain_outbox.using(run_after=later).enqueue()
    make_article(hai_duong.thanh_son, TITLE)
    assert _drains_ordered() == 5
    drain_outbox.call()
    assert SearchDocument.objects.count() == 1
    assert _drains_ordered() == 1, "only the one whose time has not come"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_rolled_back_leaves_nothing_and_blocks_nothing() -> None:
    class UndoError(Exception):
        pass

    try:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    queue_pages([1])
                    raise UndoError
            except UndoError:
                queue_pages([2])
            assert _drains_ordered() == 1, "the first order went with its savepoint"
            assert [row.page_id for row in SearchOutbox.objects.all()] == [2]
            raise UndoError
    except UndoError:
        pass
    assert not SearchOutbox.objects.exists()
    assert _drains_ordered() == 0
    queue_pages([3])
    assert _drains_ordered() == 1


def test_an_unchanged_document_is_not_written_again(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    found(TITLE)
    version = SearchDocument.objects.get().version
    page.save()
    drain()
    assert SearchDocument.objects.get().version == version


def test_a_page_with_damaged_data_holds_up_nobody(
    hai_duong: Province, found: Found, caplog: pytest.LogCaptureFixture
) -> None:
    damaged = make_article(hai_duong.thanh_son, "Bài hỏng")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_articlepage SET body_vi = %s WHERE basepage_ptr_id = %s",
            ['[{"type": "paragraph"}]', damaged.pk],
        )
    make_article(hai_duong.thanh_son, "Bài lành")
    assert found("bài") == ["Bài lành"]
    assert f"Page {damaged.pk} cannot be made searchable" in caplog.text


def test_queries_of_a_drain_do_not_grow_with_the_pages(
    hai_duong: Province, postgresql_only: None
) -> None:
    drain()
    section = section_of(hai_duong.thanh_son)
    counts = []
    for number in (2, 40):
        insert_pages([(section, ArticlePage(title=f"Bài {n}")) for n in range(number)])
        with CaptureQueriesContext(connection) as queries:
            drain()
        counts.append(len(queries))
    assert counts[0] == counts[1] < 27


def test_a_drain_ends_though_changes_come_in_without_a_pause(hai_duong: Province) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    left = iter(range(5))

    def meanwhile(**kwargs: object) -> None:
        if next(left, None) is not None:
            queue_pages([page.pk])

    documents_changed.connect(meanwhile)
    try:
        drain()
    finally:
        documents_changed.disconnect(meanwhile)
    assert next(left) == 1, "what came in while it drained waits for the next"
    assert SearchOutbox.objects.count() == 1
