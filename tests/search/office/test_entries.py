"""Synonyms and promotions of the portal office."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from search.index.drain import drain
from search.office import vocabulary
from search.office.entries import check_promotion, check_synonym
from search.office.models import Promotion, Synonym
from sites.people.models import Role
from sites.units.models import Succession
from tests.conftest import Province, SignedIn
from tests.factories import make_article, make_person, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]


def expansions(text: str, *near: int) -> set[str]:
    """What a query is also taken for, seen from some units."""
    from search.text import parse_query

    query = parse_query(text, vocabulary.office().table(near))
    return {expansion.text for expansion in query.expansions}


def test_an_entry_holds_for_its_unit_and_those_below(hai_duong: Province) -> None:
    Synonym.objects.create(unit=hai_duong.thanh_ha, short="ruốc đỏ", long="sổ tay nông hộ")
    below = [hai_duong.thanh_son.pk, hai_duong.thanh_ha.pk, hai_duong.province.pk]
    beside = [hai_duong.hop_tien.pk, hai_duong.nam_sach.pk, hai_duong.province.pk]
    assert expansions("ruoc do la gi", *below) == {"sổ tay nông hộ"}
    assert expansions("sổ tay nông hộ", *below) == {"ruốc đỏ"}
    assert expansions("ruoc do la gi", *beside) == set()
    assert expansions("ruoc do la gi") == set()


def test_the_nearest_entry_replaces_the_others_and_the_shipped_one(hai_duong: Province) -> None:
    assert "ủy ban nhân dân" in expansions("UBND xã")
    Synonym.objects.create(short="UBND", long="ủy ban của dân", way="forward")
    assert expansions("UBND xã") == {"ủy ban của dân"}
    Synonym.objects.create(unit=hai_duong.thanh_son, short="UBND", long="trụ sở thôn mới")
    assert expansions("UBND xã", hai_duong.thanh_son.pk) == {"trụ sở thôn mới"}
    assert expansions("ủy ban của dân") == set()


def test_a_change_is_seen_by_other_processes_within_seconds(
    hai_duong: Province, monkeypatch: Any
) -> None:
    assert expansions("ruốc đỏ") == set()
    monkeypatch.setattr(vocabulary, "forget", lambda: None)  # as in a process that changed nothing
    Synonym.objects.create(short="ruốc đỏ", long="sổ tay nông hộ")
    assert expansions("ruốc đỏ") == set()
    monkeypatch.setattr(vocabulary, "RECHECK_SECONDS", 0.0)
    assert expansions("ruốc đỏ") == {"sổ tay nông hộ"}


@pytest.mark.parametrize(
    ("short", "long", "way", "part"),
    [
        ("…", "sổ đỏ", "both", "chữ"),
        ("sổ đỏ", "!!", "both", "chữ"),
        ("Sổ Đỏ", "so do", "both", "giống"),
        ("x", "xã hội hóa", "both", "chữ cái"),
        ("15", "mười lăm ngày", "both", "số"),
        ("dat", "đất đai", "forward", "dat"),
        ("đất", "đất đai", "forward", "đất"),
        ("giấy tờ nhà", "đất", "both", "đất"),
        ("a b c d e f g h i k l m", "sổ đỏ", "both", "10"),
        ("ruốc đỏ", "sổ hộ tịch", "both", "ruốc đỏ"),
        ("cẩm nang nhà nông", "ruốc đỏ", "both", "→"),
    ],
)
def test_a_bad_entry_is_refused_with_the_reason(
    db: Any, short: str, long: str, way: str, part: str
) -> None:
    Synonym.objects.create(short="ruốc đỏ", long="sổ tay nông hộ")
    Synonym.objects.create(short="sổ tay nông hộ", long="cẩm nang nhà nông")
    with pytest.raises(ValidationError) as refused:
        check_synonym(Synonym(short=short, long=long, way=way))
    assert part in " ".join(refused.value.messages)


def test_a_good_entry_is_taken(db: Any) -> None:
    check_synonym(Synonym(short="GPXD nhà", long="giấy phép xây dựng nhà ở riêng lẻ"))
    check_synonym(Synonym(short="XYZT", long="đất dịch vụ", way="forward"))


def test_a_merged_commune_is_also_asked_for_under_the_name_that_carries_on(
    hai_duong: Province,
) -> None:
    ended = datetime.date(2024, 12, 1)
    gone = make_unit("10870", "Thanh Xá", hai_duong.thanh_ha, valid_to=ended)
    Succession.objects.create(old=gone, new=hai_duong.thanh_son, extent="whole")
    vocabulary.forget()
    assert expansions("lịch họp xã Thanh Xá") == {"Xã Thanh Sơn"}
    assert expansions("lich hop xa thanh xa") == {"Xã Thanh Sơn"}
    assert expansions("xã Thành Xá") == set()
    assert expansions("xã Thanh Sơn") == set()


def test_the_search_finds_the_pages_of_the_commune_that_carries_on(
    hai_duong: Province, found: Any
) -> None:
    gone = make_unit("10870", "Thanh Xá", hai_duong.thanh_ha, valid_to=datetime.date(2024, 12, 1))
    Succession.objects.create(old=gone, new=hai_duong.thanh_son, extent="whole")
    make_article(hai_duong.thanh_son, "Lịch tiếp dân của xã Thanh Sơn")
    make_article(hai_duong.thanh_hong, "Lịch tiếp dân của xã Thanh Hồng")
    assert found("lịch tiếp dân xã thanh xá")[0] == "Lịch tiếp dân của xã Thanh Sơn"


@pytest.mark.parametrize(
    ("queries", "part"),
    [("", "1"), ("!?", "!?"), ("a*", "a*"), ("khai * sinh", "khai"), ("x\n" * 51, "50")],
)
def test_a_promotion_that_could_do_no_good_is_refused(queries: str, part: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_promotion(Promotion(queries=queries))
    assert part in " ".join(refused.value.messages)


def test_a_promotion_must_end_after_it_begins() -> None:
    now = timezone.now()
    with pytest.raises(ValidationError):
        check_promotion(Promotion(queries="khai sinh", starts_at=now, ends_at=now))


SYNONYM = {"short": "ruốc đỏ", "long": "sổ tay nông hộ", "way": "both"}


def test_a_portal_administrator_manages_the_entries_of_her_unit(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    answer = client.post("/synonyms/new/", {**SYNONYM, "unit": hai_duong.thanh_son.pk})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    entry = Synonym.objects.get()
    assert entry.unit == hai_duong.thanh_son
    assert "ruốc đỏ" in client.get("/synonyms/").content.decode()
    edited = {**SYNONYM, "long": "sổ hộ", "unit": hai_duong.thanh_son.pk}
    assert client.post(f"/synonyms/edit/{entry.pk}/", edited).status_code == 302
    assert client.get(f"/synonyms/history/{entry.pk}/").status_code == 200
    assert client.post(f"/synonyms/delete/{entry.pk}/").status_code == 302
    assert not Synonym.objects.exists()


def test_the_reason_is_shown_on_the_form(hai_duong: Province, signed_in: SignedIn) -> None:
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    answer = client.post(
        "/synonyms/new/", {"short": "x", "long": "xã hội", "way": "both",
                           "unit": hai_duong.thanh_son.pk}
    )  # fmt: skip
    assert answer.status_code == 200
    assert "chữ cái" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR])
def test_another_units_entries_are_neither_seen_nor_changed(
    hai_duong: Province, signed_in: SignedIn, role: Role
) -> None:
    page = make_article(hai_duong.thanh_hong)
    foreign = [
        Synonym.objects.create(unit=unit, short="ruốc đỏ", long="sổ tay nông hộ")
        for unit in (hai_duong.thanh_hong, hai_duong.thanh_ha, None)
    ]
    promotion = Promotion.objects.create(unit=hai_duong.thanh_hong, queries="ruốc đỏ", page=page)
    client = signed_in(make_person(hai_duong.thanh_son, role))
    kinds = [("synonyms", entry) for entry in foreign] + [("promotions", promotion)]
    for name, entry in kinds:
        for path in (f"/{name}/", f"/{name}/edit/{entry.pk}/", f"/{name}/delete/{entry.pk}/",
                     f"/{name}/history/{entry.pk}/", f"/{name}/usage/{entry.pk}/"):  # fmt: skip
            assert "ruốc đỏ" not in client.get(path, follow=True).content.decode(), path
        values = {**SYNONYM, "short": "chiếm", "unit": hai_duong.thanh_son.pk, "queries": "chiếm",
                  "page": page.full_url}  # fmt: skip
        client.post(f"/{name}/edit/{entry.pk}/", values)
        client.post(f"/{name}/delete/{entry.pk}/")
    client.post("/synonyms/new/", {**SYNONYM, "short": "chiếm", "unit": hai_duong.thanh_hong.pk})
    client.post("/synonyms/new/", {**SYNONYM, "short": "chiếm", "unit": ""})
    assert set(Synonym.objects.values_list("short", flat=True)) == {"ruốc đỏ"}
    assert Synonym.objects.count() == 3
    assert Promotion.objects.get().queries == "ruốc đỏ"


def test_superusers_make_entries_for_any_unit_or_all(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    client = signed_in(make_person(None))
    assert client.post("/synonyms/new/", {**SYNONYM, "unit": ""}).status_code == 302
    assert client.post("/synonyms/new/", {**SYNONYM, "short": "GPQ", "unit": "10867"}).status_code
    owners = set(Synonym.objects.values_list("unit__code", flat=True))
    assert owners == {None, "10867"}


def test_a_page_is_promoted_by_its_address(hai_duong: Province, signed_in: SignedIn) -> None:
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    of_province = make_article(hai_duong.province, "Bài của tỉnh")
    draft = make_article(hai_duong.thanh_hong, "Bản nháp", live=False)
    drain()
    values = {"queries": "bảo hiểm\nbhyt*", "unit": hai_duong.thanh_son.pk}
    section = f"http://{hai_duong.province.hostname}/tin-tuc/"
    bad = (draft.full_url, "https://example.org/", "javascript:1", of_province.slug, section,
           "http://[", "http://haiduong.localhost:x/")  # fmt: skip
    for address in bad:
        answer = client.post("/promotions/new/", {**values, "page": address})
        assert answer.status_code == 200, address
        assert "mà tìm kiếm tìm được" in answer.content.decode()
    answer = client.post("/promotions/new/", {**values, "page": of_province.full_url})
    assert answer.status_code == 302
    assert Promotion.objects.get().page_id == of_province.pk
    shown = client.get(f"/promotions/edit/{Promotion.objects.get().pk}/").content.decode()
    assert of_province.full_url in shown


@pytest.mark.parametrize(
    ("short", "long", "way"),
    [("UBND", "Ủy ban nhân dân", "both"), ("ủy ban nhân dân", "ubnd", "both"),
     ("SỔ ĐỎ", "giấy chứng nhận quyền sử dụng đất", "forward")],
)  # fmt: skip
def test_what_search_knows_is_refused(short: str, long: str, way: str) -> None:
    with pytest.raises(ValidationError, match="đã hiểu"):
        check_synonym(Synonym(short=short, long=long, way=way))
