"""What is found and in which order, the same from both engines."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as project_settings

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from search.index import elastic, elasticsearch, postgresql
from search.index.drain import drain
from search.index.elasticsearch import RANKED
from search.index.matching import How, Reach, match_for
from search.index.requests import Engine, Filters, Scope, SearchRequest, Sort
from search.index.requests import Found as EngineFound
from search.index.service import search
from search.text import parse_query
from sites.units.models import AdministrativeUnit
from tests.conftest import Province
from tests.factories import make_article, make_site, make_unit, paragraph, push, section_of

from .conftest import Found

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

TITLES = [
    "Thủ tục đăng ký khai sinh lưu động",
    "Kế hoạch tiêm vắc xin phòng dại cho chó mèo",
    "Lịch cắt điện tháng Bảy",
    "Thông báo thu tiền điện",
    "Hòa giải viên của thôn",
    "Công an xã thuỷ chung với dân",
    "Quy hoạch sử dụng đất đến năm 2030",
    "Quyết định số 15/2024/QĐ-UBND về giá đất",
    "Nghị quyết 08/2024/NQ-HĐND",
    "Uỷ ban nhân dân xã tiếp công dân",
    "UBND huyện họp giao ban",
    "Vải thiều Thanh Hà vào vụ",
    "Đường liên xã được mở rộng",
    "Kỹ thuật trồng cà rốt",
    "Kĩ năng phòng đuối nước",
    "Khen thưởng học sinh giỏi",
]
QUERIES = [
    "khai sinh",
    "KHAI SINH",
    "dang ky khai sinh",
    "hoà giải",
    "hoa giai",
    "thủy chung",
    "thuy chung",
    "kĩ thuật",
    "ky nang",
    "duong lien xa",
    "đường",
    "điện",
    "cat dien",
    "ủy ban nhân dân",
    "UBND",
    "15/2024/QĐ-UBND",
    "qd 15/2024",
    "số 08/2024/NQ-HĐND",
    '"thu tiền điện"',
    '"điện tiền"',
    "điện -tháng",
    "quy hoạch đất giao thông đường sắt",
    "vải thiều thanh hà",
    "uyr ban nhaan daan",
    "không có gì ở đây cả đâu",
    "học sinh giỏi cà rốt",
]


@pytest.fixture
def articles(hai_duong: Province) -> list[ArticlePage]:
    """One article per title, in turn on the sites of all units, a day apart."""
    units = [hai_duong.province, hai_duong.thanh_ha, hai_duong.thanh_son, hai_duong.hop_tien]
    first = datetime.datetime(2024, 12, 25, 8, tzinfo=HANOI)
    pairs = [
        (
            section_of(units[n % 4], "tin-tuc" if n % 3 else "thong-bao"),
            ArticlePage(
                title=title,
                summary_vi=f"Tóm tắt số {n}",
                body_vi=paragraph(f"Nội dung: {title} tại địa phương."),
                public_at=first + datetime.timedelta(days=n),
            ),
        )
        for n, title in enumerate(TITLES)
    ]
    insert_pages(pairs)
    return [page for _, page in pairs]


@pytest.fixture
def both(live_index: str, articles: list[ArticlePage]) -> None:
    """The articles in both engines."""
    drain()


@pytest.mark.parametrize("scope", list(Scope))
def test_both_engines_find_the_same(hai_duong: Province, both: None, scope: Scope) -> None:
    assert project_settings.ELASTICSEARCH_URL
    found_something = 0
    for text in QUERIES:
        answers = [
            search(SearchRequest(text, hai_duong.thanh_son, scope, size=50, engine=engine))
            for engine in Engine
        ]
        first, second = answers
        assert {r.id for r in first.results} == {r.id for r in second.results}, text
        assert first.total == second.total == len(first.results), text
        assert first.facets == second.facets, text
        assert first.relaxed == second.relaxed, text
        assert first.suggestion == second.suggestion, text
        found_something += bool(first.total)
    assert found_something > (len(QUERIES) // 2 if scope == Scope.ALL else 4)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("dang ky khai sinh luu dong", TITLES[0]),
        ("vac xin phong dai cho meo", TITLES[1]),
        ("hòa giải viên", TITLES[4]),
        ("hoà giải viên", TITLES[4]),
        ("thủy chung", TITLES[5]),
        ("15/2024/QĐ-UBND", TITLES[7]),
        ("quyết định 15 2024", TITLES[7]),
        ("kỹ năng phòng đuối nước", TITLES[14]),
        ("ky\u0303 thua\u0323\u0302t", TITLES[13]),
        ("uyr ban nhaan daan xax tieesp", TITLES[9]),
    ],
)
def test_what_is_meant_comes_first(
    articles: list[ArticlePage], found: Found, text: str, title: str
) -> None:
    assert found(text)[0] == title


def test_exact_accents_come_before_other_ones(hai_duong: Province, found: Found) -> None:
    for title in ("Phường Sa Pa đón khách", "Xã Sa Pả đón khách", "Sà pà đón khách"):
        make_article(hai_duong.hop_tien, title, body="Tin du lịch.")
    assert found("Sa Pả")[0] == "Xã Sa Pả đón khách"
    assert len(found("sa pa")) == 3


def test_the_own_commune_comes_first_then_its_district(hai_duong: Province, found: Found) -> None:
    order = [hai_duong.thanh_son, hai_duong.thanh_ha, hai_duong.province, hai_duong.hop_tien]
    for unit in reversed(order):
        make_article(unit, f"Lịch tiếp công dân {unit.short_name}", body="Như mọi tháng.")
    assert found("lịch tiếp công dân") == [
        f"Lịch tiếp công dân {unit.short_name}" for unit in order
    ]


def test_a_clearly_better_page_of_another_unit_is_not_hidden(
    hai_duong: Province, found: Found
) -> None:
    make_article(hai_duong.thanh_son, "Tin trong xã", body="Giá đất. Khung cửa. Bảng tin.")
    make_article(hai_duong.hop_tien, "Bảng khung giá đất", body="Ban hành kèm theo quyết định.")
    assert found("bảng khung giá đất") == ["Bảng khung giá đất", "Tin trong xã"]


def test_scopes(hai_duong: Province, found: Found) -> None:
    far = make_unit("01", "Hà Nội")
    far_district = make_unit("250", "Mê Linh", far)
    far_commune = make_unit("08974", "Đại Thịnh", far_district)
    make_site(far, far_district, far_commune)
    for unit in (*vars(hai_duong).values(), far_commune):
        make_article(unit, f"Họp dân {unit.short_name}")
    assert found("họp dân", scope="unit") == ["Họp dân Thanh Sơn"]
    assert set(found("họp dân", scope="level")) == {
        "Họp dân Thanh Sơn",
        "Họp dân Thanh Hồng",
        "Họp dân Hợp Tiến",
    }
    assert len(found("họp dân")) == 7


def test_local_decisions_count_within_a_site(hai_duong: Province, found: Found) -> None:
    from sites.distribution.actions import DecideAction

    unit = hai_duong.thanh_son
    for policy in ("mandatory", "recommended", "library"):
        page = make_article(hai_duong.province, f"Tin {policy} chung")
        distribution = push(page, "under:30:commune", policy=policy)
        if policy == "recommended":
            DecideAction(distribution, unit, "hidden").execute()
        if policy == "library":
            DecideAction(distribution, unit, "accepted").execute()
    mine = found("tin chung", scope="unit")
    assert sorted(mine) == ["Tin library chung", "Tin mandatory chung"]
    other = found("tin chung", scope="unit", unit=hai_duong.hop_tien)
    assert sorted(other) == ["Tin mandatory chung", "Tin recommended chung"]


def test_a_pushed_page_appears_once(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.province, "Phòng chống lụt bão")
    push(page, "under:30:commune", "under:294", f"unit:{hai_duong.thanh_son.code}")
    assert found("lụt bão", scope="unit") == ["Phòng chống lụt bão"]
    assert found("lụt bão") == ["Phòng chống lụt bão"]


def test_filters(articles: list[ArticlePage], hai_duong: Province, found: Found) -> None:
    def titles(**filters: object) -> set[str]:
        return set(found("nội dung", filters=Filters(**filters)))  # type: ignore[arg-type]

    section = section_of(hai_duong.thanh_son, "thong-bao").section_id
    assert titles(section_id=section) == set(TITLES[::3])
    assert titles(unit_ids=(hai_duong.province.pk,)) == set(TITLES[::4])
    assert titles(tier="district") == set(TITLES[1::4])
    assert titles(type="article") == set(TITLES)
    assert titles(type="section") == set()
    new_year = datetime.date(2025, 1, 1)
    assert titles(since=new_year) == set(TITLES[7:])
    assert titles(until=new_year) == set(TITLES[:8])
    assert titles(since=new_year, until=new_year) == {TITLES[7]}
    assert titles(language="en") == set()


def test_facets_count_all_results(
    articles: list[ArticlePage], hai_duong: Province, engine: Engine
) -> None:
    drain()
    request = SearchRequest("nội dung", hai_duong.thanh_son, engine=engine, size=3)
    response = search(request)
    assert response.total == 16
    counts = {
        name: {value.value: value.count for value in values}
        for name, values in response.facets.items()
    }
    assert counts["tier"] == {"province": 4, "district": 4, "commune": 8}
    assert counts["unit"] == {"30": 4, "294": 4, "10867": 4, "10615": 4}
    assert counts["section"] == {"tin-tuc": 10, "thong-bao": 6}
    assert counts["year"] == {"2024": 7, "2025": 9}


def test_pages_of_results_join_without_gap(
    articles: list[ArticlePage], hai_duong: Province, engine: Engine
) -> None:
    drain()
    for sort in Sort:
        seen = [
            result.title
            for page in range(1, 5)
            for result in search(
                SearchRequest(
                    "nội dung", hai_duong.thanh_son, sort=sort, page=page, size=5, engine=engine
                )
            ).results
        ]
        assert len(seen) == len(set(seen)) == 16
        if sort == Sort.DATE:
            assert seen == TITLES[::-1]


def test_pages_of_the_same_moment_are_shown_once_each(
    hai_duong: Province, postgresql_only: None
) -> None:
    """Units that publish at the same moment: what is counted together is not what is in order."""
    moment = datetime.datetime(2025, 6, 1, tzinfo=HANOI)
    units = [hai_duong.province, hai_duong.thanh_ha, hai_duong.thanh_son, hai_duong.hop_tien]
    sections = [section_of(unit, "tin-tuc") for unit in [*units, *units]]
    alike = [
        ArticlePage(title="Mùa vải", slug=f"mua-vai-{n}", public_at=moment)
        for n in range(len(sections))
    ]
    insert_pages(list(zip(sections, alike, strict=True)))
    drain()
    requests = [
        SearchRequest("mùa vải", None, sort=Sort.DATE, page=page, size=1)
        for page in range(1, len(alike) + 1)
    ]
    seen = [result.id for request in requests for result in search(request).results]
    assert seen == sorted((page.pk for page in alike), reverse=True)


def test_by_date_what_only_has_the_syllables_does_not_come_first(
    hai_duong: Province, found: Found
) -> None:
    news = "Khai mạc giải bóng chuyền của học sinh"
    make_article(hai_duong.thanh_son, "Đăng ký khai sinh tại nhà")
    make_article(hai_duong.thanh_son, news)
    assert found("khai sinh", sort=Sort.DATE) == ["Đăng ký khai sinh tại nhà"]
    assert found("sinh khai", sort=Sort.DATE)[0] == news, "nowhere side by side"


def test_pages_join_where_fewer_signs_rank(hai_duong: Province, engine: Engine) -> None:
    """More pages than are ranked by everything that is known of them, all alike but for the day."""
    first = datetime.datetime(2025, 9, 1, 8, tzinfo=HANOI)
    count = RANKED + 60
    section = section_of(hai_duong.thanh_son, "tin-tuc")
    alike = [
        ArticlePage(
            title="Bơm nước chống hạn",
            body_vi=paragraph("Hợp tác xã bơm nước cho lúa chiêm."),
            slug=f"bom-nuoc-{n}",
            public_at=first - datetime.timedelta(days=7 * n),
        )
        for n in range(count)
    ]
    insert_pages([(section, page) for page in alike])
    drain()
    if engine is Engine.ELASTICSEARCH:
        elastic.refresh_live()
    seen = []
    for page in range(1, count // 35 + 2):
        request = SearchRequest("bơm nước", hai_duong.thanh_son, page=page, size=35, engine=engine)
        response = search(request)
        assert response.total == count
        seen += [result.date for result in response.results]
    dates = [page.public_at for page in alike]
    assert sorted(seen, reverse=True) == dates, "each once"
    assert seen[:RANKED] == dates[:RANKED], "newest first"


def test_most_words_are_enough_when_no_page_has_all(
    articles: list[ArticlePage], hai_duong: Province, engine: Engine
) -> None:
    drain()
    request = SearchRequest("vải thiều thanh hà ngọt lịm", hai_duong.thanh_son, engine=engine)
    response = search(request)
    assert response.relaxed
    assert [result.title for result in response.results] == ["Vải thiều Thanh Hà vào vụ"]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("rốt trồng kĩ thuật", 1),  # all in one title, in another order
        ("nội dung cà rốt kỹ thuật", 2),  # not all in a title or summary
    ],
)
def test_a_second_question_is_asked_only_where_it_may_answer_better(
    articles: list[ArticlePage],
    hai_duong: Province,
    engine: Engine,
    text: str,
    questions: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drain()
    asked = []
    module = elasticsearch if engine is Engine.ELASTICSEARCH else postgresql
    find = module.find

    def counted(*arguments: Any) -> EngineFound:
        asked.append(arguments[-1])
        return find(*arguments)

    monkeypatch.setattr(module, "find", counted)
    response = search(SearchRequest(text, hai_duong.thanh_son, engine=engine))
    assert response.results[0].title == "Kỹ thuật trồng cà rốt"
    assert len(asked) == questions


@pytest.mark.parametrize(("typed", "meant"), [("khai sihn", "khai sinh"), ("caat dien", None)])
def test_a_better_spelling_is_suggested(
    articles: list[ArticlePage],
    hai_duong: Province,
    postgresql_only: None,
    typed: str,
    meant: str | None,
) -> None:
    drain()
    suggestion = search(SearchRequest(typed, hai_duong.thanh_son)).suggestion
    assert suggestion == meant or (meant is None and suggestion)


def test_a_foreign_word_of_the_list_is_no_mistake(
    hai_duong: Province, postgresql_only: None
) -> None:
    make_article(hai_duong.thanh_son, "Xe bún chả lưu động")
    drain()
    assert search(SearchRequest("xe bus", hai_duong.thanh_son)).suggestion is None
    make_article(hai_duong.thanh_son, "Tuyến xe buýt Hải Dương – Thanh Hà")
    drain()
    response = search(SearchRequest("xe bus", hai_duong.thanh_son))
    assert [result.title for result in response.results] == ["Tuyến xe buýt Hải Dương – Thanh Hà"]


def test_typing_without_input_method_is_decoded(
    articles: list[ArticlePage], hai_duong: Province, engine: Engine
) -> None:
    drain()
    request = SearchRequest("uyr ban nhaan daan", hai_duong.thanh_son, engine=engine)
    response = search(request)
    assert response.suggestion == "ủy ban nhân dân"
    assert response.total == 3, "both spellings of the body, and one inside a document number"
    assert response.query == "uyr ban nhaan daan"


def test_abbreviations_are_alternatives_of_what_they_stand_for() -> None:
    match = match_for(parse_query("UBND xã"))
    abbreviation, commune = match.groups
    assert {alternative.how for alternative in abbreviation} == {How.ALL, How.PHRASE}
    assert commune[0].tokens == ("xa",)
    assert match.enough(Reach.MOST) == 1


def test_a_unit_without_site_can_search(hai_duong: Province, found: Found) -> None:
    make_article(hai_duong.thanh_son, "Họp thôn")
    lonely: AdministrativeUnit = make_unit("10880", "Thanh Xuân", hai_duong.thanh_ha)
    assert found("họp thôn", unit=lonely) == ["Họp thôn"]
    assert found("họp thôn", unit=lonely, scope="unit") == []


def test_a_short_query_does_not_drown_in_words_without_its_accents(
    engine: Engine, hai_duong: Province
) -> None:
    make_article(hai_duong.thanh_hong, "Bà con họp phiên", body="Phiên chợ quê mở sáng mai.")
    for n in range(12):
        make_article(hai_duong.thanh_son, f"Cho thuê, cho mượn, cho vay {n}", body="Cho, cho, cho.")
    drain()
    unit = hai_duong.thanh_son
    typed = search(SearchRequest("chợ", unit, engine=engine))
    assert typed.results[0].title == "Bà con họp phiên"
    assert typed.total == 13
    plain = search(SearchRequest("cho", unit, engine=engine))
    assert plain.results[0].title.startswith("Cho thuê")
    both = search(SearchRequest("phiên chợ", unit, engine=engine))
    assert both.results[0].title == "Bà con họp phiên"
