"""Files are found with the pages that link them, and only with what everybody may read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from cms.media.models import PortalDocument
from search.files.linked import linked_files
from search.files.models import FileText, State
from search.files.work import mark_due, read_next, unread_ids
from search.index.check import compare
from search.index.drain import drain
from search.index.models import SearchDocument
from search.index.requests import Engine, Result, SearchRequest
from search.index.service import search
from sites.units.models import AdministrativeUnit
from tests.conftest import Province
from tests.factories import make_article, section_of
from tests.search.conftest import Found

from . import makers

pytestmark = pytest.mark.django_db
TITLE = "Công khai kế hoạch sử dụng đất"
PAGES = ("Tờ trình kèm theo", "Mở rộng nghĩa trang nhân dân thôn Đông Phan")


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def make_file(unit: AdministrativeUnit, *pages: str, name: str = "ke-hoach.pdf") -> PortalDocument:
    """A PDF that a unit has uploaded."""
    return PortalDocument.objects.create(
        title="Kế hoạch", unit=unit, file=ContentFile(makers.make_pdf(*pages or PAGES), name=name)
    )


def link(page: ArticlePage, *files: PortalDocument) -> None:
    """Put files at the end of an article and publish it."""
    ids = [file.pk for file in files]
    page.body_vi = [*page.body_vi.raw_data, {"type": "documents", "value": ids}]
    page.save_revision().publish()


def read_all() -> None:
    """What the worker does in its quiet hours."""
    while read_next():
        pass


def first(text: str, engine: Engine, province: Province) -> Result:
    drain()
    request = SearchRequest(text, unit=province.thanh_son, engine=engine)
    return search(request).results[0]


def test_a_page_is_found_by_the_text_of_its_file(
    hai_duong: Province, found: Found, engine: Engine
) -> None:
    file = make_file(hai_duong.thanh_son)
    page = make_article(hai_duong.thanh_son, TITLE)
    link(page, file)
    assert found("nghia trang nhan dan") == []
    read_all()
    assert found("nghia trang nhan dan") == [TITLE]
    assert found('"nghĩa trang nhân dân"') == [TITLE]
    hit = first("nghĩa trang đông phan", engine, hai_duong).file
    assert hit is not None
    assert (hit.title, hit.number, hit.place) == ("Kế hoạch", 2, "trang 2")
    assert hit.path.endswith("#page=2")
    assert "<mark>nghĩa trang</mark>" in hit.highlight


def test_the_file_stands_with_the_result_only_when_it_answers(
    hai_duong: Province, engine: Engine
) -> None:
    link(make_article(hai_duong.thanh_son, TITLE), make_file(hai_duong.thanh_son))
    read_all()
    assert first("công khai kế hoạch", engine, hai_duong).file is None


@pytest.mark.parametrize("text", ["mở rộng nghĩa trang nhân dân", "nghia trang", "nghĩa"])
@pytest.mark.parametrize("place", ["title", "body"])
def test_title_and_body_count_more_than_a_newer_file(
    hai_duong: Province, found: Found, text: str, place: str
) -> None:
    said = "Mở rộng nghĩa trang nhân dân của xã"
    if place == "title":
        page = make_article(hai_duong.thanh_son, said)
    else:
        page = make_article(hai_duong.thanh_son, "Bài viết", body=f"{said}.")
    link(make_article(hai_duong.thanh_son, "Bài có tệp"), make_file(hai_duong.thanh_son))
    read_all()
    assert found(text) == [page.title, "Bài có tệp"]


def test_a_replaced_file_is_read_again_and_a_removed_one_forgotten(
    hai_duong: Province, found: Found
) -> None:
    file = make_file(hai_duong.thanh_son)
    page = make_article(hai_duong.thanh_son, TITLE)
    link(page, file)
    read_all()
    assert found("nghĩa trang") == [TITLE]
    file.file = ContentFile(makers.make_pdf("Danh mục chợ nông thôn"), name="moi.pdf")
    file.save()
    read_all()
    assert found("nghĩa trang") == []
    assert found("nông thôn") == [TITLE]
    file.delete()
    assert found("nông thôn") == []


def test_an_unchanged_file_is_not_read_twice(
    hai_duong: Province, postgresql_only: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_file(hai_duong.thanh_son)
    read_all()
    before = FileText.objects.get(pk=file.pk).read_at
    file.title = "Tên khác"
    file.save()
    assert FileText.objects.get(pk=file.pk).due
    read_all()
    after = FileText.objects.get(pk=file.pk)
    assert (after.read_at, after.due, after.state) == (before, False, State.OK)


def test_a_private_collection_leaks_nothing(
    hai_duong: Province, found: Found, engine: Engine
) -> None:
    secret = Collection.get_first_root_node().add_child(name="Nội bộ")
    file = make_file(hai_duong.thanh_son)
    page = make_article(hai_duong.thanh_son, TITLE)
    link(page, file)
    read_all()
    assert found("nghĩa trang") == [TITLE]
    file.collection = secret
    file.save()
    restriction = CollectionViewRestriction.objects.create(
        collection=secret, restriction_type="login"
    )
    # Even before the page is computed again, nothing of the file is shown.
    request = SearchRequest("nghĩa trang nhân dân", unit=hai_duong.thanh_son, engine=engine)
    assert not any(result.file for result in search(request).results)
    assert found("nghĩa trang") == []
    assert SearchDocument.objects.get(pk=page.pk).file_types == []
    restriction.delete()
    assert found("nghĩa trang") == [TITLE]


def test_a_draft_links_no_file_yet(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    page.body_vi = [{"type": "documents", "value": [make_file(hai_duong.thanh_son).pk]}]
    page.save_revision()
    read_all()
    assert found("nghĩa trang") == []


def test_pages_inserted_in_bulk_bring_their_files(hai_duong: Province, found: Found) -> None:
    file = make_file(hai_duong.thanh_son)
    FileText.objects.all().delete()  # as if inserted in bulk, without a signal
    body = (
        f'[{{"type": "paragraph", "value": "<a linktype=\\"document\\" id=\\"{file.pk}\\">x</a>"}}]'
    )
    page = ArticlePage(title=TITLE, body_vi=body)
    insert_pages([(section_of(hai_duong.thanh_son), page)])
    mark_due(unread_ids(again=False))
    read_all()
    assert found("nghĩa trang nhân dân") == [TITLE]


def test_the_check_finds_no_difference_and_sees_one(
    hai_duong: Province, found: Found, engine: Engine
) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    link(page, make_file(hai_duong.thanh_son))
    read_all()
    drain()
    assert not compare().differs
    FileText.objects.get().pages.update(text="Khác hẳn")
    assert compare().stale == [page.pk]


def test_files_of_all_kinds_of_fields_are_known(hai_duong: Province) -> None:
    files = [make_file(hai_duong.thanh_son) for _ in range(3)]
    ids = [file.pk for file in files]
    page = make_article(hai_duong.thanh_son)
    page.body_vi = [
        {"type": "note", "value": {"kind": "info", "text": _link_to(ids[0])}},
        {"type": "documents", "value": [{"type": "item", "value": ids[1], "id": "x"}]},
        {
            "type": "table",
            "value": {
                "columns": [{"type": "rich_text", "heading": "a"}],
                "rows": [{"values": [_link_to(ids[2])]}],
            },
        },
        {"type": "video", "value": {"url": "https://youtu.be/abc-_fghijk", "title": "3"}},
    ]
    page.save()
    assert linked_files([ArticlePage.objects.get(pk=page.pk)]) == {page.pk: ids}


def _link_to(pk: int) -> str:
    return f'<p><a id="{pk}" linktype="document">tệp</a> <a linktype="page" id="99">x</a></p>'
