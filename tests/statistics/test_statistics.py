"""Tables of figures: numbers as Vietnamese read them, charts, files."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.statistics.charts import chart
from cms.statistics.models import StatisticsPage
from cms.statistics.tables import Table, number, plain_number
from tests.conftest import Province, Reader
from tests.factories import push
from tests.listed import listed

SECTION = "thong-ke"


def stream(headings: list[str], rows: list[list[str]], form: str = "bar") -> list[Any]:
    kinds = ["text", *["number"] * (len(headings) - 1)]
    columns = [{"type": kind, "heading": h} for kind, h in zip(kinds, headings, strict=True)]
    table = {"columns": columns, "rows": [{"values": row} for row in rows], "caption": ""}
    value = {"title": "Dân số", "measure": "người", "source": "Thống kê", "chart": form}
    return [{"type": "table", "value": value | {"table": table}}]


def make(rows: list[list[str]], form: str = "bar") -> Table:
    width = len(rows[0])
    return Table(
        "Bảng", "", "", "", form, ["Năm", *map(str, range(width - 1))],
        [False, *[True] * (width - 1)], rows,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234", 1234), ("1.234.567,5", 1234567.5), ("12,5", 12.5), ("12.5", 12.5), ("-3", -3),
        ("−3,5", -3.5), ("1 234", 1234), ("", None), ("…", None), ("12%", None), ("1.2.3", None),
        ("=1+1", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_vietnamese_write_them(text: str, value: float | None) -> None:
    assert number(text) == value


@given(st.text(max_size=40))
def test_no_cell_becomes_a_formula(text: str) -> None:
    cell = plain_number(text)
    assert not cell.startswith(("=", "+", "@", "\t", "\r"))
    assert not cell.startswith("-") or number(text) is not None


@given(
    st.lists(
        st.lists(st.floats(-1e12, 1e12, allow_nan=False), min_size=2, max_size=2),
        min_size=2, max_size=24,
    ),
    st.sampled_from(["bar", "line"]),
)  # fmt: skip
def test_charts_are_drawings_within_their_frame(values: list[list[float]], form: str) -> None:
    rows = [[str(place), *(f"{v:.3f}".replace(".", ",") for v in row)] for place, row in
            enumerate(values)]  # fmt: skip
    root = ElementTree.fromstring(str(chart(make(rows, form))))
    assert root.get("aria-hidden") == "true"
    for bar in root.iter("rect"):
        top, height = float(bar.get("y", "")), float(bar.get("height", ""))
        assert 0 <= top <= top + height <= 361


def test_charts_that_could_not_be_read_are_not_drawn() -> None:
    assert chart(make([["2020", "x"], ["2021", "y"]])) == ""
    assert chart(make([["2020", "1"]])) == ""
    assert chart(make([[str(year), "1"] for year in range(30)])) == ""


def test_a_page_shows_the_table_and_gives_it_as_a_file(hai_duong: Province, reader: Reader) -> None:
    rows = [["Thanh Sơn", "7.512"], ["=HYPERLINK(1)", "1.200,5"]]
    page = StatisticsPage(title="Dân số", tables_vi=stream(["Xã", "Người"], rows))
    page = listed(hai_duong.province, SECTION, page)
    push(page, "under:30")
    client = reader(hai_duong.thanh_son)
    address = f"/{SECTION}/{page.slug}~{page.pk}/"
    html = client.get(address).content.decode()
    assert '<th scope="row">Thanh Sơn</th>' in html
    assert 'aria-hidden="true"' in html[html.index('<svg class="chart"') :][:120]
    answer = client.get(f"{address}?dang=csv&bang=1")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    found = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert found == [["Xã", "Người"], ["Thanh Sơn", "7512"], ["'=HYPERLINK(1)", "1200.5"]]
    for wrong in ("2", "0", "x", "9" * 3000):
        assert client.get(f"{address}?dang=csv&bang={wrong}").status_code == 404


def test_thirty_columns_and_no_table_hold(hai_duong: Province, reader: Reader) -> None:
    wide = stream(["Xã", *(f"Cột {n}" for n in range(29))], [["A", *["1.000"] * 29]] * 3)
    page = listed(hai_duong.province, SECTION, StatisticsPage(title="Rộng", tables_vi=wide))
    empty = listed(hai_duong.province, SECTION, StatisticsPage(title="Trống"))
    client = reader(hai_duong.province)
    assert client.get(f"/{SECTION}/{page.slug}/").content.decode().count('scope="col"') == 30
    assert client.get(f"/{SECTION}/{empty.slug}/").status_code == 200
    assert client.get(f"/{SECTION}/").status_code == 200


def test_english_readers_get_english_tables_or_the_vietnamese(
    hai_duong: Province, reader: Reader
) -> None:
    page = StatisticsPage(
        title="Dân số", headline_en="Population", tables_vi=stream(["Xã", "Người"], [["A", "1"]]),
        tables_en=stream(["Commune", "People"], [["A", "1"]]),
    )  # fmt: skip
    page = listed(hai_duong.province, SECTION, page)
    only = listed(
        hai_duong.province, SECTION,
        StatisticsPage(title="Khác", tables_vi=stream(["Xã", "Người"], [["B", "2"]])),
    )  # fmt: skip
    client = reader(hai_duong.province)
    assert "Commune" in client.get(f"/en/{SECTION}/{page.slug}/").content.decode()
    assert "Người" in client.get(f"/en/{SECTION}/{only.slug}/").content.decode()
    assert "Commune" in page.search_body("en")
