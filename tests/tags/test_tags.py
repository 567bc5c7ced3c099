"""Tags: one list per tag and site, feeds, what editors are offered, what is searched."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.tags.keeping import tag_in_bulk
from cms.tags.models import Tag
from cms.tags.naming import known_names
from search.index.documents import compute_documents
from sites.distribution.actions import DecideAction, RecallAction
from sites.people.models import Role
from sites.units.models import AdministrativeUnit
from tests.conftest import Province, Reader, SignedIn
from tests.factories import make_article, make_person, push

ADDRESS = "/the/chuyen-doi-so/"


def tagged(unit: AdministrativeUnit, title: str, *names: str, **values: Any) -> Any:
    """A published article with tags."""
    page = make_article(unit, title, **values)
    page.tags.add(*names)
    page.save_revision().publish()
    return page


def draft(unit: AdministrativeUnit, *names: str) -> None:
    """An article with tags that nobody has published."""
    page = make_article(unit, "Nháp", live=False)
    page.tags.add(*names)
    page.save()


def titles(reader: Reader, unit: AdministrativeUnit, path: str = "feed.json") -> list[str]:
    return [item["title"] for item in reader(unit).get(f"{ADDRESS}{path}").json()["items"]]


def test_own_and_received_pages_stand_together_newest_first(
    hai_duong: Province, reader: Reader
) -> None:
    yesterday = timezone.now() - datetime.timedelta(days=1)
    tagged(hai_duong.thanh_son, "Tổ công nghệ số", "Chuyển đổi số", public_at=yesterday)
    tagged(hai_duong.thanh_hong, "Của xã khác", "Chuyển đổi số")
    received = tagged(hai_duong.province, "Bình dân học vụ số", "Chuyển đổi số", "Dịch vụ công")
    tagged(hai_duong.province, "Không phân phối", "Chuyển đổi số")
    push(received, "under:30", "unit:10867")
    html = reader(hai_duong.thanh_son).get(ADDRESS).content.decode()
    assert html.index("Bình dân học vụ số") < html.index("Tổ công nghệ số")
    assert f"/tin-tuc/binh-dan-hoc-vu-so~{received.pk}/" in html
    assert "Của xã khác" not in html
    assert "Không phân phối" not in html
    assert 'name="robots" content="noindex, follow"' in html
    assert titles(reader, hai_duong.thanh_son) == ["Bình dân học vụ số", "Tổ công nghệ số"]


def test_what_a_site_does_not_show_is_not_listed(hai_duong: Province, reader: Reader) -> None:
    own = tagged(hai_duong.thanh_son, "Của xã", "Chuyển đổi số")
    hidden = push(tagged(hai_duong.province, "Xã đã ẩn", "Chuyển đổi số"), "under:30")
    DecideAction(hidden, hai_duong.thanh_son, "hidden").execute()
    recalled = push(tagged(hai_duong.province, "Đã thu hồi", "Chuyển đổi số"), "under:30")
    RecallAction(recalled, "error").execute()
    library = tagged(hai_duong.province, "Kho chung", "Chuyển đổi số")
    shelf = push(library, "under:30", policy="library")
    private = tagged(hai_duong.thanh_son, "Riêng", "Chuyển đổi số")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    draft(hai_duong.thanh_son, "Chuyển đổi số")
    assert titles(reader, hai_duong.thanh_son) == ["Của xã"]
    DecideAction(shelf, hai_duong.thanh_son, "accepted").execute()
    assert set(titles(reader, hai_duong.thanh_son)) == {"Của xã", "Kho chung"}
    own.tags.clear()
    own.save_revision().publish()
    assert titles(reader, hai_duong.thanh_son) == ["Kho chung"]


def test_unknown_tags_and_pages_are_not_found(hai_duong: Province, reader: Reader) -> None:
    tagged(hai_duong.thanh_hong, "Của xã khác", "Chuyển đổi số")
    draft(hai_duong.thanh_son, "Mật")
    client = reader(hai_duong.thanh_son)
    for path in ("/the/khong-co/", "/the/mat/", ADDRESS, f"{ADDRESS}atom.xml", "/en/the/mat/"):
        assert client.get(path).status_code == 404
    here = reader(hai_duong.thanh_hong)
    assert here.get(f"{ADDRESS}?trang=2").status_code == 404
    assert here.get(f"{ADDRESS}?trang=x").status_code == 404
    assert here.get(f"/en{ADDRESS}").status_code == 200


def test_pages_and_constant_queries(hai_duong: Province, reader: Reader) -> None:
    client = reader(hai_duong.thanh_son)
    counts = []
    for number in (3, 22):
        for index in range(number):
            tagged(hai_duong.thanh_son, f"Bài {number}-{index}", "Chuyển đổi số")
        push(tagged(hai_duong.province, f"Bài tỉnh {number}", "Chuyển đổi số"), "under:30")
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            html = client.get(ADDRESS).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15
    assert "noindex" not in html
    assert 'href="?trang=2"' in html
    assert client.get(f"{ADDRESS}?trang=2").content.decode().count("card-title") == 27 - 20


def test_the_article_links_its_tags_here_and_where_it_is_received(
    hai_duong: Province, reader: Reader
) -> None:
    page = tagged(hai_duong.province, "Bình dân học vụ số", "Chuyển đổi số")
    push(page, "under:30")
    link = f'<a href="{ADDRESS}" rel="tag">Chuyển đổi số</a>'
    assert link in reader(hai_duong.province).get("/tin-tuc/binh-dan-hoc-vu-so/").content.decode()
    path = f"/tin-tuc/binh-dan-hoc-vu-so~{page.pk}/"
    assert link in reader(hai_duong.thanh_son).get(path).content.decode()


def test_names_that_mean_the_same_are_one_tag(hai_duong: Province) -> None:
    tagged(hai_duong.province, "Bài", "Chuyển đổi số")
    assert known_names(["chuyen doi so", "CHUYỂN ĐỔI SỐ", "Đất đai"]) == [
        "Chuyển đổi số",
        "Đất đai",
    ]
    for wrong in (["…"], ["x" * 61], [f"thẻ {number}" for number in range(11)]):
        with pytest.raises(ValidationError):
            known_names(wrong)


def test_an_editor_gives_tags_in_the_form(hai_duong: Province, signed_in: SignedIn) -> None:
    tagged(hai_duong.province, "Bài", "Chuyển đổi số")
    page = make_article(hai_duong.thanh_son, "Bài của xã")
    client = signed_in(make_person(hai_duong.thanh_son))
    address = f"/pages/{page.pk}/edit/"
    form = client.get(address).context["form"]
    data = posted(form) | {"tags": '"chuyen doi so", "Vải thiều"', "action-publish": "1"}
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors
    page.refresh_from_db()
    assert sorted(tag.name for tag in page.tags.all()) == ["Chuyển đổi số", "Vải thiều"]


def posted(form: Any) -> dict[str, Any]:
    """What a browser sends back from an article's form that nobody touched."""
    data: dict[str, Any] = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    for bound in form:
        value = bound.value()
        data[bound.html_name] = "" if value is None else value
    for code in ("vi", "en"):
        data[f"body_{code}-count"] = 0
    data["public_at"] = "2026-06-05 08:00"
    return data


def test_search_finds_pages_by_their_tags(hai_duong: Province) -> None:
    page = tagged(hai_duong.province, "Bài", "Tôm rươi")
    assert "Tôm rươi" in compute_documents([page.pk])[page.pk].texts["vi"]["body"]


def test_other_units_drafts_are_not_offered(hai_duong: Province, signed_in: SignedIn) -> None:
    draft(hai_duong.thanh_hong, "Kỷ luật cán bộ")
    draft(hai_duong.thanh_son, "Kỷ niệm")
    tagged(hai_duong.thanh_hong, "Bài", "Kỳ thi")
    address = "/tag-autocomplete/tags/tag/?term="

    def offered(unit: AdministrativeUnit | None, term: str) -> list[str]:
        role = Role.ADMINISTRATOR
        return signed_in(make_person(unit, role)).get(f"{address}{term}").json()  # type: ignore[no-any-return]

    assert sorted(offered(hai_duong.thanh_son, "kỷ")) == ["Kỳ thi", "Kỷ niệm"]
    assert offered(hai_duong.thanh_hong, "ky luat") == ["Kỷ luật cán bộ"]
    assert offered(hai_duong.thanh_hong, "can bo") == ["Kỷ luật cán bộ"]
    assert offered(hai_duong.thanh_son, "can") == []
    assert offered(None, "kỷ luật") == ["Kỷ luật cán bộ"]
    assert offered(hai_duong.thanh_son, "%00") == []


def test_only_the_office_changes_tags(hai_duong: Province, signed_in: SignedIn) -> None:
    tagged(hai_duong.province, "Bài", "Chuyển đổi số")
    tag = Tag.objects.get()
    editor = signed_in(make_person(hai_duong.province, Role.ADMINISTRATOR))
    for path in ("/tags/", f"/tags/edit/{tag.pk}/", f"/tags/delete/{tag.pk}/"):
        assert editor.get(path).status_code == 302
    office = signed_in(make_person(None))
    assert (
        office.post(f"/tags/edit/{tag.pk}/", {"name": "Chuyển đổi số quốc gia"}).status_code == 302
    )
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Chuyển đổi số quốc gia", "chuyen-doi-so")


def test_tagging_in_bulk_is_the_same_and_repeatable(hai_duong: Province, reader: Reader) -> None:
    pages = [make_article(hai_duong.thanh_son, f"Bài {number}") for number in range(3)]
    for _ in range(2):
        tag_in_bulk({page.pk: ["Chuyển đổi số", "Vải thiều"] for page in pages})
    assert Tag.objects.count() == 2
    assert set(titles(reader, hai_duong.thanh_son)) == {"Bài 0", "Bài 1", "Bài 2"}
