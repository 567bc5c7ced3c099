"""The search page: complete without JavaScript, every state in its address."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from search.index.drain import drain
from search.office.models import Promotion, QueryCount
from sites.units.models import AdministrativeUnit
from tests.conftest import Province
from tests.factories import make_article, push, section_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]
Reader = Callable[[AdministrativeUnit], Client]


@pytest.fixture
def client(hai_duong: Province, reader: Reader) -> Client:
    """A resident of Thanh Sơn; there are notices on three sites."""
    for unit in (hai_duong.thanh_son, hai_duong.hop_tien):
        section = section_of(unit)
        pages = [ArticlePage(title=f"Lịch họp thôn {unit.code} {n}") for n in range(12)]
        insert_pages([(section, page) for page in pages])
    push(make_article(hai_duong.province, "Lịch họp toàn tỉnh"), "under:30:commune")
    drain()
    return reader(hai_duong.thanh_son)


def html(client: Client, address: str, status: int = 200) -> str:
    """The page at an address."""
    response = client.get(address)
    assert response.status_code == status
    return str(response.content.decode())


def link(page: str, label: str) -> str:
    """The address of the link that holds a label."""
    for address, inside in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL):
        if label in unescape(inside):
            return unescape(address)
    raise AssertionError(f"There is no link with {label!r}.")


def test_results_are_listed_with_marks_units_and_own_addresses(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hop&size=50")
    assert "25 kết quả" in page
    assert "<mark>Lịch họp</mark> toàn tỉnh" in page
    assert "Xã Hợp Tiến" in page
    assert re.search(r'href="/tin-tuc/lich-hop-toan-tinh~\d+/"', page)
    assert "http://hoptien.namsach.haiduong.localhost:8000/tin-tuc/" in page
    assert '<meta name="robots" content="noindex' in page


def test_facets_narrow_and_are_taken_away_again(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hop")
    narrow = link(page, "Xã Hợp Tiến")
    assert "area=10615" in narrow
    narrowed = html(client, f"/tim-kiem/{narrow}")
    assert "12 kết quả" in narrowed
    assert "25 kết quả" in html(client, f"/tim-kiem/{link(narrowed, 'Xã Hợp Tiến')}")
    chips = narrowed[narrowed.index('class="chips"') :]
    assert "25 kết quả" in html(client, f"/tim-kiem/{link(chips, 'Xã Hợp Tiến')}")


def test_pages_of_results_are_links(client: Client) -> None:
    first = html(client, "/tim-kiem/?q=lich+hop&scope=all")
    assert "trang 1 trên 3" in first
    second = html(client, f"/tim-kiem/{link(first, 'Sau')}")
    assert "trang 2 trên 3" in second
    assert "scope=all" in link(second, "Trước")
    assert "khong" not in second


def test_scope_keeps_to_the_site(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hop&scope=unit&size=50")
    assert "13 kết quả" in page
    assert "Xã Hợp Tiến" not in page


def test_nothing_found_gives_advice(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=xyzzyx&scope=unit")
    assert "Không tìm thấy" in page
    assert "scope=all" in link(page, "mọi cấp")


def test_what_a_query_was_taken_for_is_said(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lichj+hopj+thoon")
    assert "Hiểu là" in page
    assert "Có phải bạn tìm" not in page
    assert "q=l%E1%BB%8Bch" in link(page, "lịch họp thôn")


def test_the_empty_page_is_a_form(client: Client) -> None:
    page = html(client, "/tim-kiem/")
    assert '<form class="search-form" action="/tim-kiem/" method="get"' in page
    assert 'href="/opensearch.xml"' in page
    assert "không dấu" in page


def test_a_bad_address_is_explained(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich&page=abc", status=400)
    assert "abc" in page
    assert "Tìm lại từ đầu" in page


def test_what_was_typed_is_escaped(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page


def test_english(client: Client) -> None:
    page = html(client, "/en/tim-kiem/?q=lich+hop")
    assert "Results for “lich hop”" in page
    assert "25 results" in page
    assert "Hop Tien Commune" in page
    assert 'lang="vi"' in page
    assert re.search(r'href="/en/tin-tuc/', page)


def test_places_stand_inside_one_another(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hop")
    nested = re.compile(r">Huyện Nam Sách<.{0,400}?<ul>.{0,400}?>Xã Hợp Tiến<", re.DOTALL)
    assert nested.search(page)


def test_a_place_without_the_one_above_is_left_out(client: Client) -> None:
    from django.http import QueryDict

    from search.index.requests import FacetValue
    from search.pages.addresses import Address

    values = [
        FacetValue("30", "Tỉnh Hải Dương", 9),
        FacetValue("294", "Huyện Thanh Hà", 5, "30"),
        FacetValue("10867", "Xã Thanh Sơn", 3, "294"),
        FacetValue("10615", "Xã Hợp Tiến", 1, "291"),
    ]
    (top,) = Address(QueryDict("q=x")).facet("area", values)
    assert [choice.label for choice in top.below] == ["Huyện Thanh Hà"]
    assert [choice.label for choice in top.below[0].below] == ["Xã Thanh Sơn"]
    labels = [choice.label for choice in Address(QueryDict("q=x&area=10615")).facet("area", values)]
    assert labels == ["Tỉnh Hải Dương", "Xã Hợp Tiến"]


def test_restrictions_are_chips_that_can_be_taken_away(client: Client) -> None:
    address = "/tim-kiem/?q=lich+hop&area=10615&section=tin-tuc&from=2020-01-01&tier=commune"
    page = html(client, address)
    chips = page[page.index('class="chips"') : page.index("chips-clear")]
    assert re.findall(r"</span>([^<]+?) <span", chips) == [
        "Xã Hợp Tiến", "Tin tức – Sự kiện", "Cấp xã", "từ 01/01/2020",
    ]  # fmt: skip
    rest = link(chips, "Xã Hợp Tiến")
    assert "area=" not in rest
    assert "tier=commune" in rest


def test_chips_have_names_where_nothing_is_found(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=zzzz&area=10615&publisher=10615&section=tin-tuc")
    assert page.count("Xã Hợp Tiến <span") == 2
    assert "Tin tức – Sự kiện <span" in page


def test_the_period_form_keeps_the_rest(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hop&area=10615&from=2020-01-01&page=1")
    form = page[page.index('class="period"') :]
    assert '<input type="hidden" name="area" value="10615">' in form
    assert '<input type="hidden" name="q" value="lich hop">' in form
    assert 'name="from" value="2020-01-01"' in form
    assert 'type="hidden" name="page"' not in page
    assert 'type="hidden" name="from"' not in page


def test_days_may_be_written_as_people_write_them(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hop&from=30/06/2020&to=01/07/2199")
    assert 'name="from" value="2020-06-30"' in page
    assert 'name="to" value="2199-07-01"' in page
    assert "30/06/2020 đến 01/07/2199" in page
    assert "Năm 2020" in html(client, "/tim-kiem/?q=lich+hop&from=01/01/2020&to=31/12/2020")


def test_a_section_named_like_the_type_is_said_once(client: Client, hai_duong: Province) -> None:
    from tests.documents.factories import make_document

    make_document(hai_duong.province, "15/2024/QĐ-UBND")
    drain()
    page = html(client, "/tim-kiem/?q=15/2024")
    meta = page[page.index('<p class="meta">') :].split("</p>")[0]
    assert meta.count("Văn bản") == 1


@pytest.mark.parametrize(("form", "root"), [("rss", "rss"), ("atom", "feed")])
def test_a_search_can_be_followed(client: Client, form: str, root: str) -> None:
    from xml.etree import ElementTree

    page = html(client, "/tim-kiem/?q=lich+hop")
    assert f"dang={form}" in page
    answer = client.get("/tim-kiem/", {"q": "lich hop", "dang": form, "scope": "unit"})
    assert answer.status_code == 200
    assert form in answer["Content-Type"]
    tree = ElementTree.fromstring(answer.content)
    assert tree.tag.endswith(root)
    text = answer.content.decode()
    assert "Lịch họp toàn tỉnh" in text
    assert "Tìm kiếm: lich hop" in text
    assert "http://thanhson.thanhha.haiduong.localhost" in text
    assert "10615" not in text


def test_a_feed_has_only_pages_with_all_words(client: Client) -> None:
    assert "Lịch họp thôn" in html(client, "/tim-kiem/?q=lich+hop+thon+zzzz")
    assert "<item>" not in html(client, "/tim-kiem/?q=lich+hop+thon+zzzz&dang=rss")
    assert "<item>" in html(client, "/tim-kiem/?q=lich+hop+thon&dang=rss")


def test_an_unknown_feed_is_refused(client: Client) -> None:
    assert "xml3" in html(client, "/tim-kiem/?q=lich&dang=xml3", status=400)


def test_a_feed_of_nothing_is_refused(client: Client) -> None:
    assert "nhập từ cần tìm" in html(client, "/tim-kiem/?q=+&dang=rss", status=400)


def test_browsers_learn_how_to_search_here(client: Client) -> None:
    from xml.etree import ElementTree

    answer = client.get("/opensearch.xml")
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    tree = ElementTree.fromstring(answer.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(tree.findtext(f"{space}ShortName") or "") <= 16
    urls = {url.get("type"): url.get("template") for url in tree.findall(f"{space}Url")}
    assert urls["text/html"] == (
        "http://thanhson.thanhha.haiduong.localhost/tim-kiem/?q={searchTerms}"
    )
    assert (urls["application/rss+xml"] or "").endswith("&dang=rss")


def promote(hai_duong: Province, title: str, queries: str, **values: object) -> None:
    """Put a page above the results."""
    page = ArticlePage.objects.get(title=title)
    Promotion.objects.create(unit=hai_duong.thanh_ha, queries=queries, page=page, **values)


def test_chosen_results_stand_first_and_only_once(client: Client, hai_duong: Province) -> None:
    promote(hai_duong, "Lịch họp thôn 10867 11", "Lịch HỌP")
    page = html(client, "/tim-kiem/?q=lich+hop&size=50")
    assert "Được chọn" in page
    first = page.index("thôn 10867 11</a>")
    assert first < page.index("Lịch họp</mark> toàn tỉnh")
    assert page.count("thôn 10867 11</a>") == 1
    assert "Được chọn" not in html(client, "/tim-kiem/?q=lich+hop&size=50&sort=date")
    assert "Được chọn" not in html(client, "/tim-kiem/?q=lich+hop+thon")


def test_a_line_with_a_star_stands_for_all_that_begin_so(
    client: Client, hai_duong: Province
) -> None:
    promote(hai_duong, "Lịch họp thôn 10867 11", "khác\nlịch*")
    assert "Được chọn" in html(client, "/tim-kiem/?q=lich+hop+thon")
    assert "Được chọn" in html(client, "/tim-kiem/?q=lich+xyz")
    assert "Được chọn" not in html(client, "/tim-kiem/?q=hop+lich")


def test_what_is_not_public_or_over_is_never_promoted(client: Client, hai_duong: Province) -> None:
    import datetime

    from django.utils import timezone

    past = timezone.now() - datetime.timedelta(days=1)
    promote(hai_duong, "Lịch họp thôn 10867 11", "lich hop", ends_at=past)
    promote(hai_duong, "Lịch họp thôn 10867 10", "lich hop")
    promote(
        hai_duong,
        "Lịch họp thôn 10867 9",
        "lich hop",
        starts_at=timezone.now() + datetime.timedelta(1),
    )
    hidden = ArticlePage.objects.get(title="Lịch họp thôn 10867 10")
    hidden.unpublish()
    assert "Được chọn" not in html(client, "/tim-kiem/?q=lich+hop")


def test_other_units_promotions_do_not_hold_here(client: Client, hai_duong: Province) -> None:
    page = ArticlePage.objects.get(title="Lịch họp thôn 10615 1")
    Promotion.objects.create(unit=hai_duong.nam_sach, queries="lich hop", page=page)
    assert "Được chọn" not in html(client, "/tim-kiem/?q=lich+hop")
    Promotion.objects.create(unit=None, queries="lich hop", page=page)
    assert "Được chọn" in html(client, "/tim-kiem/?q=lich+hop")


def test_searches_are_counted_and_what_goes_on_with_them_is_not(client: Client) -> None:
    for address in (
        "?q=lich+hop", "?q=lich+hop&page=2", "?q=lich+hop&area=10615", "?q=lich+hop&sort=date",
        "?q=lich+hop&dang=rss", "?q=", "?q=khong+co+gi",
    ):  # fmt: skip
        client.get(f"/tim-kiem/{address}")
    client.get("/tim-kiem/?q=lich+hop", headers={"user-agent": "Googlebot/2.1"})
    counts = QueryCount.objects.filter(unit_code="10867").order_by("empty")
    assert list(counts.values_list("searches", "empty")) == [(1, 0), (1, 1)]


def test_an_opened_result_is_counted_only_from_the_page_itself(client: Client) -> None:
    client.get("/tim-kiem/?q=lich+hop")
    address, own = "/api/v1/search/click", "http://thanhson.thanhha.haiduong.localhost"
    for origin in ("https://example.org", "", "null"):
        answer = client.post(address, {"q": "lich hop"}, headers={"origin": origin})
        assert answer.status_code == 204
    assert QueryCount.objects.get(unit_code="10867").clicks == 0
    client.post(address, {"q": "lich hop"}, headers={"origin": own})
    assert QueryCount.objects.get(unit_code="10867").clicks == 1
    assert client.post(address, {"q": "\0" * 500}, headers={"origin": own}).status_code == 204
    assert client.get(address).status_code == 405


def test_little_found_leads_on(client: Client, hai_duong: Province) -> None:
    from tests.factories import home_of

    home = home_of(hai_duong.thanh_son)
    home.phone, home.address_vi = "0220 3000 030", "Thôn Một"
    home.save()
    page = html(client, "/tim-kiem/?q=lich+hop+thon+10867+1")
    aside = page[page.index('class="nothing"') :]
    assert "Hỏi cán bộ xã Thanh Sơn" in aside
    assert 'href="tel:02203000030"' in aside
    assert link(aside, "Lịch họp thôn 10867 11")
    assert 'class="nothing"' not in html(client, "/tim-kiem/?q=lich+hop")
    assert 'class="ask"' in html(client, "/tim-kiem/?q=xyzzyx")


def test_the_telephone_of_a_card_can_be_called(client: Client, hai_duong: Province) -> None:
    from tests.factories import home_of

    home = home_of(hai_duong.thanh_son)
    home.phone, home.address_vi = "0220 3000 030", "Thôn Một"
    home.save()
    page = html(client, "/tim-kiem/?q=xa+thanh+son")
    assert '<dd><a href="tel:02203000030">0220 3000 030</a></dd>' in page
    assert "<dd>Thôn Một</dd>" in page


def test_what_was_typed_is_no_other_search(client: Client, hai_duong: Province) -> None:
    import datetime

    from search.suggest.filling import refresh

    QueryCount.objects.create(
        month=datetime.date.today().replace(day=1), unit_code="", clicks=0, empty=0,
        text="lịch họp thôn 10867 1", searches=40, key=b"k",
    )  # fmt: skip
    refresh()
    page = html(client, "/tim-kiem/?q=lich+hop+thon+10867+1")
    assert ">lịch họp thôn 10867 1<" not in page


def test_a_number_of_another_year_leads_to_the_document(
    client: Client, hai_duong: Province
) -> None:
    from tests.documents.factories import make_document

    make_document(hai_duong.province, "15/2024/QĐ-UBND")
    drain()
    page = html(client, "/tim-kiem/?q=15/2023/Q%C4%90-UBND")
    assert "Không tìm thấy" in page
    found = html(client, f"/tim-kiem/{link(page, '15/QĐ-UBND')}")
    assert "1 kết quả" in found
    assert ">16/QĐ-UBND<" not in html(client, "/tim-kiem/?q=16/2023/Q%C4%90-UBND")


def test_a_better_wording_has_its_accents(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hopp+thon")
    assert "Có phải bạn tìm" in page
    assert "<strong>lịch họp thôn</strong>" in page


def test_the_api_is_described_for_people(client: Client) -> None:
    page = html(client, "/tim-kiem/giao-dien-lap-trinh/")
    assert "/api/v1/search" in page
    assert "file_type" in page
    assert "Open search" not in page


def test_a_search_is_answered_even_when_it_cannot_be_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    from search.pages import views

    def fail(*args: object, **values: object) -> None:
        raise OperationalError("the database went away")

    monkeypatch.setattr(views, "count_search", fail)
    assert "25 kết quả" in html(client, "/tim-kiem/?q=lich+hop")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("?q=lich+hop&page=10001", 200),
        (
            "?q=lich+hop&kind=khong-co&field=khong+co&issuer=%22%27%3B--&validity=x&file_type=exe",
            200,
        ),
        ("?q=lich+hop&area=99999", 400),
        ("?q=lich+hop&type=%3Cscript%3E", 200),
        ("?q=lich+hop&tier=galaxy", 400),
        (f"?q={'a+' * 500}", 200),
        (f"?q={'%28a%2B%29%2B' * 200}", 200),
        ("?q=title%3A%5Ba+TO+z%5D+AND+%2A%3A%2A&dang=rss", 200),
        ("?q=%00&dang=atom", 200),
        (f"?q={'x' * 10000}", 200),
        ("?q=a&q=b&page=2&page=3", 200),
        ("?q=khai&utm_source=x&__proto__=1", 200),
    ],
)
def test_odd_addresses_get_an_honest_answer(client: Client, address: str, status: int) -> None:
    page = html(client, f"/tim-kiem/{address}", status)
    assert "<script>" not in page
