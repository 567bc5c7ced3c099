"""Ways of typing and ways of narrowing, the same from both engines."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from search.index.drain import drain
from search.index.requests import FACETS, Engine, Filters, SearchRequest, SearchResponse
from search.index.service import search
from tests.conftest import Province
from tests.factories import make_article, paragraph, section_of

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

ARTICLES = [
    ("Khánh thành cầu vượt sông Rạng sau hai năm thi công", "Cây cầu dài sáu trăm mét."),
    ("Khởi công đường dẫn lên cầu mới bắc qua sông Luộc", "Tuyến đường dài bốn cây số."),
    ("Nông dân phấn khởi vì lúa chiêm được mùa", "Năng suất cao nhất mười năm."),
    ("Giá đất nền ven sông tăng nhanh", "Cần thận trọng khi mua bán."),
    ("Nứt dạt bờ kè vì nước xiết", "Kè bị dạt ra giữa dòng."),
    ("UBND xã họp bàn việc sửa đường", "Đường liên thôn hỏng nặng."),
]  # fmt: skip


@pytest.fixture
def articles(engine: Engine, hai_duong: Province) -> None:
    """The articles in turn on three sites, one a year, in both engines."""
    units = [hai_duong.province, hai_duong.thanh_ha, hai_duong.thanh_son]
    pairs = [
        (
            section_of(units[n % 3], "tin-tuc" if n % 2 else "thong-bao"),
            ArticlePage(
                title=title,
                summary_vi=summary,
                body_vi=paragraph(f"{title}. Người dân trong vùng rất quan tâm tới việc này."),
                public_at=datetime.datetime(2019 + n, 5, 1, 8, tzinfo=HANOI),
            ),
        )
        for n, (title, summary) in enumerate(ARTICLES)
    ]
    insert_pages(pairs)
    drain()


def ask(text: str, engine: Engine, **options: object) -> SearchResponse:
    return search(SearchRequest(text, engine=engine, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    [
        "cầu vượt sông Rạng",
        "cau vuot song rang",
        "caauf vuwowjt soong Rangj",
        "cau6 vuot7 song6 Rang5",
        "cầu vượt sông Rnạg",
        "cau vuot sonng rang",
        "cau vout song rang sau hai nam",
        "cầuvượt sông Rạng",
        "cầu vư ợt sông Rạng",
        "sông Rạng thi công cầu vượt",
        "mét cây cầu khánh thành",
    ],
)
def test_however_it_is_typed_the_page_comes_first(
    articles: None, engine: Engine, typed: str
) -> None:
    assert [result.title for result in ask(typed, engine).results][:1] == [ARTICLES[0][0]]


def test_the_accents_that_were_typed_come_first(articles: None, engine: Engine) -> None:
    assert ask("đất", engine).results[0].title == ARTICLES[3][0]
    assert ask("dạt", engine).results[0].title == ARTICLES[4][0]
    assert {result.title for result in ask("dat", engine).results} == {
        ARTICLES[3][0],
        ARTICLES[4][0],
    }


def test_a_facet_counts_what_a_click_on_it_finds(
    articles: None, engine: Engine, hai_duong: Province
) -> None:
    chosen = Filters(tier="commune", area=hai_duong.province.code)
    facets = ask("người dân quan tâm", engine, filters=chosen).facets
    assert set(facets) == set(FACETS)
    assert sum(value.count for value in facets["tier"]) == len(ARTICLES)
    for value in facets["tier"]:
        narrowed = Filters(tier=value.value, area=hai_duong.province.code)
        assert ask("người dân quan tâm", engine, filters=narrowed).total == value.count
    for value in facets["year"]:
        first, last = datetime.date(int(value.value), 1, 1), datetime.date(int(value.value), 12, 31)
        narrowed = Filters(tier="commune", since=first, until=last)
        assert ask("người dân quan tâm", engine, filters=narrowed).total == value.count


def test_an_area_is_a_unit_with_all_below_it(
    articles: None, engine: Engine, hai_duong: Province
) -> None:
    areas = {value.value: value for value in ask("người dân", engine).facets["area"]}
    district = areas[hai_duong.thanh_ha.code]
    assert district.count == 4
    assert ask("người dân", engine, filters=Filters(area=district.value)).total == district.count
    assert areas[hai_duong.thanh_son.code].parent == district.value


def test_page_numbers_stay_valid_far_behind_the_last_result(articles: None, engine: Engine) -> None:
    far = ask("người dân", engine, page=20_000, size=50)
    assert far.results == []
    assert far.total == len(ARTICLES)
    second = ask("người dân", engine, page=2, size=4)
    assert len(second.results) == 2
    first = ask("người dân", engine, page=1, size=4)
    assert {r.id for r in first.results}.isdisjoint({r.id for r in second.results})


@pytest.mark.parametrize(
    "typed",
    ["x" * 10_000, "?!… —", "🎉🎉", "a\0b", "<script>alert(1)</script>", "title:* AND (a OR b)~2^9",
     "' OR 1=1; --", "(a+)+$" * 50, "từ " * 500, "дом 家 บ้าน nhà", "--- \"\" “", "\\ | & ! :*"],
)  # fmt: skip
def test_bad_input_gets_an_honest_answer(articles: None, engine: Engine, typed: str) -> None:
    answer = ask(typed, engine)
    assert answer.total >= len(answer.results)


def test_a_whole_title_comes_before_one_that_contains_it(
    engine: Engine, hai_duong: Province
) -> None:
    titles = ["Đăng ký kết hôn lưu động tại nhà văn hoá thôn", "Đăng ký kết hôn"]
    for title in titles:
        make_article(hai_duong.thanh_son if title == titles[0] else hai_duong.thanh_ha, title)
    drain()
    found = ask("dang ky ket hon", engine, unit=hai_duong.thanh_son).results
    assert [result.title for result in found] == titles[::-1]
