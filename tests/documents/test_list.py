"""The list of documents: filters, order, pages, received documents, hostile addresses."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.documents.listing import DocumentList
from cms.listings.models import Entry
from cms.listings.paging import FilterField
from cms.listings.queries import Filter, Shelf, State
from sites.distribution.actions import DecideAction
from sites.distribution.models import LocalDecision
from sites.units.models import AdministrativeUnit
from tests.conftest import Province, Reader
from tests.factories import make_article, push, section_of

from .factories import make_document, path_of


def shelf_of(unit: AdministrativeUnit, code: str = "van-ban") -> Shelf:
    """The documents that a unit's section shows."""
    section = section_of(unit, code)
    return Shelf(unit, section.section_id, [section.section_id], "document")


def numbers(unit: AdministrativeUnit, wanted: Filter | None = None) -> list[int]:
    """Page ids of the list, in order."""
    shelf = shelf_of(unit)
    branches = shelf.branches(wanted or Filter())
    listed = shelf.page(wanted or Filter(), branches, 100)
    assert sum(branch.count for branch in branches) == len(listed)
    return [entry.page_id for entry in listed]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b", "c"}),
        ("loai=quyet-dinh", {"a"}),
        ("nam=2023", {"b"}),
        ("co-quan=ubnd.30", {"a", "b"}),
        ("co-quan=chinh-phu", {"c"}),
        ("linh-vuc=dat-dai", {"b"}),
        ("hieu-luc=het-hieu-luc", {"b"}),
        ("hieu-luc=con-hieu-luc", {"a", "c"}),
        ("tu-khoa=30%2F2020", {"c"}),
        ("tu-khoa=ND+30", {"c"}),
        ("tu-khoa=nuoc+sach", {"a"}),
        ("tu-khoa=nghi+dinh+van+thu", {"c"}),
        ("tu-khoa=nước sạ", {"a"}),
        ("loai=quyet-dinh&nam=2023", set()),
        ("loai=khong-co", set()),
        ("nam=hai-nghin", {"a", "b", "c"}),
        ("hieu-luc=gi-do", {"a", "b", "c"}),
    ],
)
def test_filters(hai_duong: Province, reader: Reader, query: str, found: set[str]) -> None:
    unit = hai_duong.province
    documents = {
        "a": make_document(unit, "15/2024/QĐ-UBND", "Quy định cấp nước sạch nông thôn"),
        "b": make_document(
            unit, "38/KH-UBND", "Kế hoạch đo đạc", kind="ke-hoach", field="dat-dai",
            issued="2023-05-05", expires_on=datetime.date(2024, 1, 1),
        ),
        "c": make_document(
            unit, "30/2020/NĐ-CP", "Về công tác văn thư", kind="nghi-dinh", issuer="chinh-phu",
            field="to-chuc-bo-may", issued="2020-03-05",
        ),
    }  # fmt: skip
    page = reader(unit).get(f"/van-ban/?{query}").content.decode()
    assert {key for key, document in documents.items() if f'"{path_of(document)}"' in page} == found


def test_the_newest_stands_first_and_pages_hold_twenty(hai_duong: Province, reader: Reader) -> None:
    for day in range(1, 24):
        make_document(hai_duong.thanh_son, f"{day}/TB-UBND", f"Số {day}", kind="thong-bao",
                      issued=f"2024-05-{day:02}")  # fmt: skip
    client = reader(hai_duong.thanh_son)
    first = client.get("/van-ban/").content.decode()
    assert first.index("23/TB-UBND") < first.index("22/TB-UBND") < first.index("4/TB-UBND")
    assert "3/TB-UBND</span>" not in first.replace("23/TB", "").replace("13/TB", "")
    second = client.get("/van-ban/?trang=2").content.decode()
    assert second.index("3/TB-UBND") < second.index("1/TB-UBND")
    for wrong in ("3", "0", "-1", "x", "9" * 50, "²"):
        assert client.get("/van-ban/", {"trang": wrong}).status_code == 404, wrong


def test_the_second_half_of_a_list_is_the_same_read_from_its_end(hai_duong: Province) -> None:
    for day in range(1, 12):
        make_document(hai_duong.thanh_son, f"{day}/TB-UBND", kind="thong-bao",
                      issued=f"2024-05-{(day + 1) // 2:02}")  # fmt: skip
    shelf = shelf_of(hai_duong.thanh_son)
    branches = shelf.branches(Filter())
    whole = [entry.page_id for entry in shelf.page(Filter(), branches, 11)]
    paged = [
        entry.page_id
        for offset in range(0, 12, 3)
        for entry in shelf.page(Filter(), branches, 3, offset)
    ]
    assert paged == whole


def test_own_and_received_documents_are_merged_once_each(hai_duong: Province) -> None:
    own = make_document(hai_duong.thanh_son, "1/QĐ-UBND", issued="2024-02-01")
    of_district = make_document(hai_duong.thanh_ha, "2/QĐ-UBND", issued="2024-03-01")
    of_province = make_document(hai_duong.province, "3/2024/QĐ-UBND", issued="2024-01-01")
    push(of_district, "under:294")
    push(of_province, "under:30", "under:294", "unit:10867")
    assert numbers(hai_duong.thanh_son) == [of_district.pk, own.pk, of_province.pk]
    assert numbers(hai_duong.hop_tien) == [of_province.pk]
    assert numbers(hai_duong.nam_sach) == [of_province.pk]


def test_local_decisions_hold_in_the_list(hai_duong: Province) -> None:
    hidden = make_document(hai_duong.province, "1/2024/QĐ-UBND")
    must = make_document(hai_duong.province, "2/2024/QĐ-UBND")
    stock = make_document(hai_duong.province, "3/2024/QĐ-UBND")
    recommended = push(hidden, "under:30")
    push(must, "under:30", policy="mandatory")
    library = push(stock, "under:30", policy="library")
    assert set(numbers(hai_duong.thanh_son)) == {hidden.pk, must.pk}
    DecideAction(recommended, hai_duong.thanh_son, LocalDecision.State.HIDDEN).execute()
    DecideAction(library, hai_duong.thanh_son, LocalDecision.State.ACCEPTED).execute()
    assert set(numbers(hai_duong.thanh_son)) == {must.pk, stock.pk}
    assert set(numbers(hai_duong.thanh_hong)) == {hidden.pk, must.pk}


def test_what_is_over_private_or_unpublished_is_not_listed(hai_duong: Province) -> None:
    from wagtail.models import PageViewRestriction

    unit = hai_duong.thanh_son
    gone = make_document(unit, "1/QĐ-UBND")
    over = make_document(unit, "2/QĐ-UBND", expire_at=timezone.now() - datetime.timedelta(hours=1))
    private = make_document(unit, "3/QĐ-UBND")
    gone.unpublish()
    restriction = PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.LOGIN
    )
    assert over.pk not in numbers(unit)
    assert numbers(unit) == []
    restriction.delete()
    assert numbers(unit) == [private.pk]


def test_a_recalled_document_leaves_every_list(hai_duong: Province) -> None:
    from sites.distribution.actions import RecallAction

    document = make_document(hai_duong.province)
    distribution = push(document, "under:30")
    assert numbers(hai_duong.thanh_son) == [document.pk]
    RecallAction(distribution, "error").execute()
    assert numbers(hai_duong.thanh_son) == []
    assert Entry.objects.filter(page=document).count() == 1


def test_a_moved_document_is_listed_where_it_stands_now(hai_duong: Province) -> None:
    document = make_document(hai_duong.thanh_son)
    document.move(section_of(hai_duong.thanh_son, "lay-y-kien"), "last-child")
    fresh = type(document).objects.get(pk=document.pk)
    fresh.save_revision().publish()
    assert numbers(hai_duong.thanh_son) == []


def test_only_values_that_occur_can_be_chosen(hai_duong: Province) -> None:
    make_document(hai_duong.province, issued="1945-09-02")
    make_document(hai_duong.province, "2/KH-UBND", kind="ke-hoach", issued="2100-01-01")
    values = shelf_of(hai_duong.province).values()
    assert values["year"] == ["1945", "2100"]
    assert values["kind"] == ["ke-hoach", "quyet-dinh"]
    assert values["issuer"] == ["ubnd.30"]


def test_states_in_sql_and_in_python_agree(hai_duong: Province) -> None:
    today = timezone.localdate()
    days = [None, today - datetime.timedelta(days=1), today, today + datetime.timedelta(days=1)]
    document = make_document(hai_duong.province)
    shelf = shelf_of(hai_duong.province)
    for starts_on in days:
        for ends_on in days:
            for changed_on in days:
                Entry.objects.filter(page=document).update(
                    starts_on=starts_on, ends_on=ends_on, changed_on=changed_on
                )
                said = shelf.newest(1)[0].state
                for state in State:
                    found = shelf.newest(1, Filter(state=state))
                    assert bool(found) == (state is said), (starts_on, ends_on, changed_on)


@pytest.mark.parametrize(
    "query",
    [
        "tu-khoa=%00", "tu-khoa=%27%20OR%201%3D1--", "tu-khoa=!%26|():*", "loai=%25%28kind%29s",
        "tu-khoa=" + "a" * 8000, "linh-vuc=%27", "nam=9999", "tu-khoa=%F0%9F%99%82",
        "co-quan=" + "x" * 500, "tu-khoa=" + "%E1%BB%81+" * 60,
    ],
)  # fmt: skip
def test_hostile_addresses_get_an_honest_answer(
    hai_duong: Province, reader: Reader, query: str
) -> None:
    make_document(hai_duong.province)
    assert reader(hai_duong.province).get(f"/van-ban/?{query}").status_code == 200


def test_an_empty_section_says_what_to_do(hai_duong: Province, reader: Reader) -> None:
    page = reader(hai_duong.thanh_son).get("/van-ban/").content.decode()
    assert "Mục này chưa có văn bản." in page
    page = reader(hai_duong.thanh_son).get("/van-ban/?loai=luat").content.decode()
    assert "Không có văn bản nào khớp" in page


def listing(client: Client, query: str = "") -> DocumentList:
    """The list that an address shows."""
    response: Any = client.get(f"/van-ban/?{query}")
    found: DocumentList = response.context_data["listing"]
    return found


def test_each_value_says_how_many_documents_it_leaves(hai_duong: Province, reader: Reader) -> None:
    unit = hai_duong.thanh_son
    make_document(unit, "1/KH-UBND", kind="ke-hoach", issued="2023-05-05")
    make_document(unit, "2/KH-UBND", kind="ke-hoach", issued="2024-05-05", field="dat-dai")
    make_document(unit, "3/QĐ-UBND", expires_on=datetime.date(2025, 1, 1))
    sent = push(make_document(hai_duong.province, "15/2024/QĐ-UBND"), "under:30", "unit:10867")
    hidden = push(make_document(hai_duong.province, "16/2024/QĐ-UBND"), "under:30")
    DecideAction(hidden, unit, LocalDecision.State.HIDDEN).execute()

    def fields(query: str) -> dict[str, FilterField]:
        return listing(reader(unit), query).fields

    for start in ("", "loai=ke-hoach", "tu-khoa=muong", "nam=2024&hieu-luc=con-hieu-luc"):
        for field in fields(start).values():
            if field.chosen:
                continue
            for choice in field.choices:
                narrowed = listing(reader(unit), f"{start}&{field.name}={choice.value}")
                assert narrowed.paging.total == choice.count, choice
    assert {c.value: c.count for c in fields("")["kind"].choices} == {
        "quyet-dinh": 2, "ke-hoach": 2,
    }  # fmt: skip
    assert [c.count for c in fields("loai=ke-hoach")["kind"].choices] == [None, 2]
    assert "Kế hoạch (2)</option>" in reader(unit).get("/van-ban/").content.decode()
    assert sent.page_id


def test_a_list_that_is_too_long_to_count_says_nothing(
    hai_duong: Province, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.listings.queries.MOST_COUNTED", 1)
    for number in (1, 2):
        make_document(hai_duong.thanh_son, f"{number}/KH-UBND", kind="ke-hoach")
    fields = listing(reader(hai_duong.thanh_son)).fields
    assert {choice.count for field in fields.values() for choice in field.choices} == {None}


@pytest.mark.parametrize("path", ["/van-ban/", "/van-ban/?loai=quyet-dinh&nam=2024"])
def test_a_list_takes_at_most_15_queries(hai_duong: Province, reader: Reader, path: str) -> None:
    push(make_document(hai_duong.province, "15/2024/QĐ-UBND"), "under:30")
    make_document(hai_duong.thanh_son, "1/KH-UBND", kind="ke-hoach")
    make_article(hai_duong.thanh_son, "Bài trong mục", section="van-ban")
    client = reader(hai_duong.thanh_son)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    assert len(captured) <= 15
