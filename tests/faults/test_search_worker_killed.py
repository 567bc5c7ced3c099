"""A worker that is killed in the middle of a drain loses nothing."""

from __future__ import annotations

import signal

import pytest

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from search.index.check import compare
from search.index.models import IndexQueue, SearchDocument, SearchOutbox
from tests.conftest import Province
from tests.factories import section_of

from .processes import start_worker, stop, wait_until

PAGES = 2500
BODY = "Ủy ban nhân dân xã thông báo lịch tiếp công dân của tháng tới tại trụ sở. " * 30

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("live_index"),
]


def _write_pages(unit: object) -> None:
    section = section_of(unit)  # type: ignore[arg-type]
    body = [{"type": "paragraph", "value": f"<p>{BODY}</p>"}]
    insert_pages(
        [(section, ArticlePage(title=f"Thông báo số {n}", body_vi=body)) for n in range(PAGES)]
    )


def _is_idle() -> bool:
    return not SearchOutbox.objects.exists() and not IndexQueue.objects.exists()


@pytest.mark.parametrize("phase", ["documents", "elasticsearch"])
def test_the_next_worker_goes_on_where_the_killed_one_stopped(
    hai_duong: Province, phase: str
) -> None:
    _write_pages(hai_duong.thanh_son)

    def is_in_the_middle() -> bool:
        if phase == "documents":
            return SearchDocument.objects.exists() and SearchOutbox.objects.exists()
        sent = SearchDocument.objects.count() - IndexQueue.objects.count()
        return not SearchOutbox.objects.exists() and 0 < sent < PAGES

    first = start_worker()
    try:
        wait_until(is_in_the_middle, step=0.005)
    finally:
        stop(first, signal.SIGKILL)
    assert not _is_idle(), "The worker was too fast to be killed in the middle."
    second = start_worker()
    try:
        wait_until(_is_idle)
    finally:
        stop(second)
    result = compare()
    assert (result.database, result.index) == (PAGES, PAGES)
    assert not result.differs
