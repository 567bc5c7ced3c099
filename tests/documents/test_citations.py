"""Numbers inside texts lead to the documents that they mean, and to no other."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.documents.citations import find, link_numbers
from tests.conftest import Province, Reader
from tests.factories import paragraph

from .factories import make_document, path_of


def linked(markup: str, unit: Any) -> str:
    """Markup with links, as the unit's own site shows it."""
    return link_numbers(markup, unit, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Theo Quyết định số 15/2024/QĐ-UBND của UBND tỉnh",
        "Quyết định 15/2024/QĐ-UBND",
        "QĐ số 015/2024/qđ-ubnd",
        "Quyết định số 15/2024/QĐ – UBND ngày 05/3/2024 của Ủy ban nhân dân tỉnh",
    ],
)
def test_a_number_becomes_a_link(hai_duong: Province, text: str) -> None:
    document = make_document(hai_duong.province)
    result = linked(f"<p>{text}</p>", hai_duong.thanh_son)
    assert f'href="{document.full_url}"' in result
    assert result.count("<a ") == 1


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/x/">15/2024/QĐ-UBND</a>',
        "<h2>Quyết định 15/2024/QĐ-UBND</h2>",
        '<p title="15/2024/QĐ-UBND">Không có gì</p>',
        "<!-- 15/2024/QĐ-UBND --><p>x</p>",
        "<script>var a = '15/2024/QĐ-UBND';</script>",
        "<a href='/x/'><b>số</b> 15/2024/QĐ-UBND</a>",
        "<p>15/2024/QĐ-UBND của Chính phủ</p>",
        "<p>15/2024/QĐ-UBND của UBND huyện</p>",
        "<p>15/2023/QĐ-UBND</p>",
    ],
)
def test_no_link_where_none_belongs(hai_duong: Province, markup: str) -> None:
    make_document(hai_duong.province)
    assert linked(markup, hai_duong.thanh_son) == markup


def test_markup_around_a_link_stays_as_it_is(hai_duong: Province) -> None:
    document = make_document(hai_duong.province)
    markup = '<p>A &amp; B &lt;i&gt; “15/2024/QĐ-UBND”, <img alt="a > b" src="x">x</p>'
    result = linked(markup, hai_duong.province)
    assert "A &amp; B &lt;i&gt; “<a " in result
    assert '<img alt="a > b" src="x">x</p>' in result
    assert document.title in result


def test_titles_of_documents_are_escaped(hai_duong: Province) -> None:
    make_document(hai_duong.province, title='"><script>alert(1)</script>')
    assert "<script>" not in linked("<p>15/2024/QĐ-UBND</p>", hai_duong.province)


def test_the_same_number_of_two_bodies_is_told_apart_or_left_alone(hai_duong: Province) -> None:
    of_province = make_document(hai_duong.province)
    of_district = make_document(hai_duong.thanh_ha)
    here = hai_duong.thanh_son
    assert find("15/2024/QĐ-UBND của UBND tỉnh", here) == of_province
    assert find("15/2024/QĐ-UBND của UBND huyện Thanh Hà", here) == of_district
    assert find("15/2024/QĐ-UBND", here) is None
    assert find("15/2024/QĐ-UBND", hai_duong.hop_tien) == of_province


def test_other_units_and_drafts_are_never_linked(hai_duong: Province) -> None:
    make_document(hai_duong.nam_sach, "7/2024/QĐ-UBND")
    make_document(hai_duong.province, "8/2024/QĐ-UBND", live=False)
    assert find("7/2024/QĐ-UBND", hai_duong.thanh_son) is None
    assert find("8/2024/QĐ-UBND", hai_duong.thanh_son) is None


def test_many_numbers_cost_one_query_and_none_cost_nothing(hai_duong: Province) -> None:
    for n in range(1, 6):
        make_document(hai_duong.province, f"{n}/2024/QĐ-UBND")
    markup = "".join(f"<p>Quyết định {n}/2024/QĐ-UBND</p>" for n in range(1, 6))
    linked(markup, hai_duong.province)  # reads the map of hosts, as every request does
    with CaptureQueriesContext(connection) as queries:
        assert linked(markup, hai_duong.province).count("<a ") == 5
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        linked("<p>Ngày 15/3/2024, 5 m3/s, số nhà 12/5</p>", hai_duong.province)
    assert len(queries) == 0


def test_questions_and_documents_link_numbers_on_their_pages(
    hai_duong: Province, reader: Reader
) -> None:
    cited = make_document(hai_duong.province)
    citing = make_document(
        hai_duong.province, "20/2024/QĐ-UBND",
        body_vi=paragraph("Thay thế Quyết định số 15/2024/QĐ-UBND của UBND tỉnh."),
    )  # fmt: skip
    page = reader(hai_duong.province).get(path_of(citing)).content.decode()
    assert f'<a class="cited" href="{path_of(cited)}"' in page
