"""What residents search: counted, and nothing kept about them."""

from __future__ import annotations

import codecs
import csv
import datetime
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from search.office.counting import count_click, count_search, forget_rare, is_personal
from search.office.models import QueryCount
from search.text import parse_query
from sites.people.models import Role
from tests.conftest import Province, SignedIn
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]


def search(text: str, times: int = 1, *, unit: str = "10867", is_empty: bool = False) -> None:
    """Search some times."""
    for _ in range(times):
        count_search(parse_query(text), unit, is_empty=is_empty)


def row(unit: str = "10867") -> QueryCount:
    """The only row of a unit."""
    return QueryCount.objects.get(unit_code=unit)


def everything_stored() -> str:
    """All that the statistics hold, as text."""
    return " ".join(str(value) for values in QueryCount.objects.values_list() for value in values)


def test_what_few_people_search_is_stored_nowhere() -> None:
    search("ly hôn đơn phương", 2)
    assert "ly" not in everything_stored()
    assert row().searches == 2
    assert row().text == ""


def test_from_the_third_time_on_a_query_has_its_words() -> None:
    search("khai sinh", 2)
    search("Khai  SINH!")
    assert row().text == "khai sinh"
    assert row().searches == 3


def test_spellings_are_one_query_and_accents_win() -> None:
    search("thu tuc hoa giai", 3)
    assert row().text == "thu tuc hoa giai"
    search("thủ tục hoà giải")
    assert (row().text, row().searches) == ("thủ tục hòa giải", 4)
    search("thu tuc hoa giai")
    assert row().text == "thủ tục hòa giải"


def test_sites_and_the_installation_are_counted_apart() -> None:
    search("khai sinh", 2)
    search("khai sinh", 1, unit="30", is_empty=True)
    assert {(q.unit_code, q.searches, q.empty, q.text) for q in QueryCount.objects.all()} == {
        ("10867", 2, 0, ""),
        ("30", 1, 1, ""),
        ("", 3, 1, "khai sinh"),
    }


def test_keys_of_sites_cannot_be_compared() -> None:
    search("khai sinh")
    assert len({bytes(key) for key in QueryCount.objects.values_list("key", flat=True)}) == 2


@pytest.mark.parametrize(
    "text",
    ["0912345678", "0912 345 678", "030190001234", "an@example.com", "sinh 01/02/1990",
     "Nguyễn Văn An", "nguyen van an", "tran thị Bích", "Lê Hoài Thương", "trần thị b 15"],
)  # fmt: skip
def test_personal_data_are_not_counted(text: str) -> None:
    assert is_personal(parse_query(text))
    search(text, 5)
    assert not QueryCount.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["15/2024/QĐ-UBND", "1234/2024", "đặng", "hồ sơ đất đai", "dang ky ket hon", "lê",
     "lương tối thiểu vùng", "mai vàng", "HỒ SƠ ĐẤT ĐAI", "đường Trần Hưng Đạo"],
)  # fmt: skip
def test_other_queries_are_counted(text: str) -> None:
    assert not is_personal(parse_query(text))
    search(text, 3)
    assert row().searches == 3


@pytest.mark.parametrize("text", ["", "?!", "a " * 13, "x" * 101])
def test_no_sensible_query_is_not_counted(text: str) -> None:
    search(text, 3)
    assert not QueryCount.objects.exists()


def test_a_click_counts_for_a_query_that_was_searched() -> None:
    count_click("khai sinh", "10867")
    assert not QueryCount.objects.exists()
    search("khai sinh", 2)
    for _ in range(5):
        count_click("Khai sinh", "10867")
    assert row().clicks == 2, "never more than searches"
    assert row("").clicks == 2


def test_rare_queries_of_past_months_are_forgotten() -> None:
    search("khai sinh", 3)
    search("giá đất")
    last = (datetime.date.today().replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    QueryCount.objects.filter(unit_code="10867").update(month=last)
    assert forget_rare() == 1
    assert QueryCount.objects.filter(month=last).get().text == "khai sinh"
    assert QueryCount.objects.filter(unit_code="").count() == 2
    QueryCount.objects.filter(unit_code="10867").update(month=datetime.date(2020, 1, 1))
    forget_rare()
    assert not QueryCount.objects.filter(unit_code="10867").exists()


def report(client: Any, **parameters: str) -> str:
    """The report's page."""
    answer = client.get("/reports/tim-kiem/", parameters)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_members_read_what_was_searched_on_their_sites(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    search("khai sinh", 5)
    search("giá vải", 4, is_empty=True)
    search("ít người tìm", 2)
    search("của xã khác", 9, unit="10879")
    client = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    page = report(client)
    assert "khai sinh" in page
    assert "giá vải" in page
    assert "ít người" not in page
    assert "của xã khác" not in page
    assert "khai sinh" not in report(client, kind="empty")
    assert "giá vải" in report(client, kind="empty")
    assert "khai sinh" in report(client, kind="ignored")
    count_click("khai sinh", "10867")
    assert "khai sinh" not in report(client, kind="ignored")
    assert "của xã khác" not in report(client, unit_code="10879")
    assert "của xã khác" not in report(client, unit_code="")


def test_the_report_as_csv(hai_duong: Province, signed_in: SignedIn) -> None:
    search("khai sinh", 5)
    search("của xã khác", 9, unit="10879")
    client = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    answer: Any = client.get("/reports/tim-kiem/", {"export": "csv"})
    content = b"".join(answer.streaming_content)
    assert content.startswith(codecs.BOM_UTF8)
    assert "cau-tim.csv" in answer["Content-Disposition"]
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    month = datetime.date.today().strftime("%m/%Y")
    assert [list(row.values()) for row in rows] == [
        ["khai sinh", "Xã Thanh Sơn", "10867", month, "5", "0", "0"]
    ]


def test_the_report_as_workbook(hai_duong: Province, signed_in: SignedIn) -> None:
    search("15/2024/QĐ-UBND", 5)
    client = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    answer: Any = client.get("/reports/tim-kiem/", {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    assert next(sheet.iter_rows(min_row=2, values_only=True))[0] == "15/2024/QĐ-UBND"
    assert "15/2024/QĐ-UBND" in report(client)


def test_superusers_see_the_whole_installation_or_one_unit(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    search("khai sinh", 2)
    search("khai sinh", 2, unit="10879")
    search("hộ khẩu", 3, unit="10879")
    client = signed_in(make_person(None))
    page = report(client)
    assert "khai sinh" in page
    assert "hộ khẩu" in page
    assert "khai sinh" not in report(client, unit_code="10879")
    assert "hộ khẩu" in report(client, unit_code="10879")


def test_people_without_a_unit_read_nothing(hai_duong: Province, signed_in: SignedIn) -> None:
    from sites.people.models import User

    client = signed_in(User.objects.create_user("khach", password="x" * 12))
    assert client.get("/reports/tim-kiem/").status_code in (302, 403)
