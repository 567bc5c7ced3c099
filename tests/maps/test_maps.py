"""Maps: drawings are cleaned, embeds wait, everything is there in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.maps.drawings import clean_drawing, embedded_map
from cms.maps.models import MapPage
from sites.people.models import Role
from tests.conftest import Province, Reader, SignedIn
from tests.factories import make_person, section_of
from tests.listed import listed

SECTION = "ban-do"
EVIL = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)">
<script>alert(1)</script><style>a{background:url(http://evil.example/x)}</style>
<a href="javascript:alert(1)"><text>Xã Thanh Sơn</text></a>
<image href="http://evil.example/x.png"/><foreignObject><p>x</p></foreignObject></svg>"""


def test_drawings_lose_everything_that_acts() -> None:
    cleaned = clean_drawing(EVIL.encode())
    for bad in ("script", "onload", "javascript", "evil.example", "foreignObject"):
        assert bad not in cleaned
    assert "Xã Thanh Sơn" in cleaned


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\xff\xfe", b"<html/>", b"<svg " + b"x" * 1_100_000,
     b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><svg>&c;&c;</svg'],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(ValidationError):
        clean_drawing(data)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://www.openstreetmap.org/export/embed.html?bbox=1,2,3,4", True),
        ("https://www.google.com/maps/embed?pb=x", True),
        ("http://www.openstreetmap.org/export/embed.html", False),
        ("https://www.google.com/search", False),
        ("https://www.openstreetmap.org.evil.example/export/embed.html", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_listed_maps_are_embedded(url: str, allowed: bool) -> None:
    assert bool(embedded_map(url)) is allowed


def test_a_map_is_readable_without_seeing_it(hai_duong: Province, reader: Reader) -> None:
    page = MapPage(
        title="Bản đồ xã", description_vi="Phía đông giáp sông.",
        drawing=clean_drawing(EVIL.encode()),
        embed="https://www.openstreetmap.org/export/embed.html?bbox=1,2,3,4",
        places=[("place", {"name_vi": "Thôn Thúy Lâm", "note_vi": "Có cây vải tổ"})],
    )  # fmt: skip
    page = listed(hai_duong.thanh_son, SECTION, page)
    client = reader(hai_duong.thanh_son)
    html = client.get(f"/{SECTION}/{page.slug}/").content.decode()
    for words in ("Phía đông giáp sông.", "Thôn Thúy Lâm", "Có cây vải tổ", "?dang=svg"):
        assert words in html
    assert "<iframe" not in html
    svg = client.get(f"/{SECTION}/{page.slug}/?dang=svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in svg["Content-Security-Policy"]
    assert "Thôn Thúy Lâm" in page.search_body("vi")
    assert page.title in client.get(f"/{SECTION}/").content.decode()


def test_a_map_without_drawing_has_no_file(hai_duong: Province, reader: Reader) -> None:
    page = listed(hai_duong.thanh_son, SECTION, MapPage(title="Bản đồ", description_vi="Lời."))
    client = reader(hai_duong.thanh_son)
    assert client.get(f"/{SECTION}/{page.slug}/?dang=svg").status_code == 404


def test_editors_upload_drawings(hai_duong: Province, signed_in: SignedIn) -> None:
    client = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    parent = section_of(hai_duong.thanh_son, SECTION)
    values: dict[str, Any] = {
        "title": "Bản đồ", "slug": "ban-do-xa", "description_vi": "Lời.", "action-publish": "1",
        "body_vi-count": 0, "body_en-count": 0, "places-count": 0,
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        "drawing_file": SimpleUploadedFile("map.svg", EVIL.encode()),
    }  # fmt: skip
    answer = client.post(f"/pages/add/maps/mappage/{parent.pk}/", values)
    assert answer.status_code == 302, answer.context["form"].errors
    page = MapPage.objects.get(title="Bản đồ")
    assert "Xã Thanh Sơn" in page.drawing
    assert "script" not in page.drawing
    values |= {"remove_drawing": "on", "drawing_file": ""}
    client.post(f"/pages/{page.pk}/edit/", values)
    page.refresh_from_db()
    assert page.drawing == ""
