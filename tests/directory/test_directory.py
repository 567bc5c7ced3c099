"""The directory: groups, the filter without script, cards, what searching finds."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cms.directory.models import ContactPage
from cms.directory.queries import hotlines
from cms.organisation.models import OfficePage
from tests.conftest import Province, Reader
from tests.factories import push
from tests.listed import listed

SECTION = "danh-ba"


@pytest.fixture
def contacts(hai_duong: Province) -> list[ContactPage]:
    unit = hai_duong.thanh_son
    office = listed(unit, "to-chuc-bo-may", OfficePage(title="Công an xã"))
    made = [
        ContactPage(title="Đường dây nóng", kind="hotline", is_hotline=True, phone="0220 3005 867"),
        ContactPage(title="Công an xã", kind="police", phone="0220 3007 867", office=office),
        ContactPage(title="Trạm Y tế", kind="health", phone="0220 3008 867", hours_vi="24/24 giờ"),
        ContactPage(title="Trưởng thôn Thúy Lâm", kind="village", person="Lê Bạch Mai"),
    ]
    return [listed(unit, SECTION, contact) for contact in made]


def names(html: str) -> list[str]:
    return re.findall(r"<h3[^>]*><a [^>]*>([^<]+)</a></h3>", html)


def test_groups_and_hotlines(
    hai_duong: Province, contacts: list[ContactPage], reader: Reader
) -> None:
    html = reader(hai_duong.thanh_son).get(f"/{SECTION}/").content.decode()
    assert 'href="tel:02203005867"' in html
    assert names(html) == ["Trưởng thôn Thúy Lâm", "Công an xã", "Trạm Y tế"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tim=cong+an", ["Công an xã"]),
        ("tim=CÔNG+AN+xã", ["Công an xã"]),
        ("tim=bach+mai", ["Trưởng thôn Thúy Lâm"]),
        ("tim=02203008867", ["Trạm Y tế"]),
        ("tim=3008+867", ["Trạm Y tế"]),
        ("loai=y-te", ["Trạm Y tế"]),
        ("loai=y-te&tim=cong+an", []),
        ("tim=%00%3Cscript%3E", []),
        ("tim=" + "x" * 8000, []),
    ],
)
def test_the_filter_works_without_script(
    hai_duong: Province,
    contacts: list[ContactPage],
    reader: Reader,
    query: str,
    expected: list[str],
) -> None:
    answer = reader(hai_duong.thanh_son).get(f"/{SECTION}/?{query}")
    assert answer.status_code == 200
    assert names(answer.content.decode()) == expected
    assert "<script>" not in answer.content.decode().split("</head>")[1]


def test_an_unknown_group_is_not_found(hai_duong: Province, reader: Reader) -> None:
    assert reader(hai_duong.thanh_son).get(f"/{SECTION}/?loai=khac").status_code == 404


def test_cards_hold_every_contact_once(
    hai_duong: Province, contacts: list[ContactPage], reader: Reader
) -> None:
    answer = reader(hai_duong.thanh_son).get(f"/{SECTION}/danh-ba.vcf")
    text = answer.content.decode()
    assert text.count("BEGIN:VCARD\r\nVERSION:4.0\r\n") == text.count("END:VCARD\r\n") == 4
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_marks_in_cards_are_escaped(hai_duong: Province, reader: Reader) -> None:
    contact = ContactPage(title="Phòng 1; tầng 2, nhà A\\B", kind="office", phone="113")
    page = listed(hai_duong.thanh_son, SECTION, contact)
    answer = reader(hai_duong.thanh_son).get(f"/{SECTION}/{page.slug}/?dang=vcf")
    text = answer.content.decode().replace("\r\n ", "")
    assert "Phòng 1\\; tầng 2\\, nhà A\\\\B" in text


def test_the_province_s_numbers_reach_a_commune(hai_duong: Province, reader: Reader) -> None:
    contact = ContactPage(title="Cấp cứu", kind="hotline", is_hotline=True, phone="115")
    page = listed(hai_duong.province, SECTION, contact)
    push(page, "under:30", policy="mandatory")
    client = reader(hai_duong.thanh_son)
    assert 'href="tel:115"' in client.get(f"/{SECTION}/").content.decode()
    assert client.get(f"/{SECTION}/{page.slug}~{page.pk}/").status_code == 200


def test_what_others_ask(
    hai_duong: Province, contacts: list[ContactPage], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert [page.title for page in hotlines(hai_duong.thanh_son, 3)] == ["Đường dây nóng"]
    police = contacts[1]
    assert "0220 3007 867" in police.search_body("vi")
    card = police.answer()
    assert card is not None
    assert card.rows[0] == ("Điện thoại", "0220 3007 867")
    assert police.search_facts().kind == "Công an"
