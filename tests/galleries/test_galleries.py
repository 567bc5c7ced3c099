"""Galleries: pictures with words, videos that load nothing by themselves, deleted pictures."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import StreamBlockValidationError

from cms.galleries.blocks import GalleryItems
from cms.galleries.models import GalleryPage
from cms.galleries.queries import latest_galleries, latest_videos
from cms.media.models import PortalDocument
from tests.conftest import Province, Reader
from tests.factories import push
from tests.listed import listed
from tests.themes.pictures import make_image

SECTION = "thu-vien"


def photo(image: Any, **values: Any) -> tuple[str, dict[str, Any]]:
    return "photo", {"image": image, "alt_vi": "Vườn vải", "alt_en": "Lychees", **values}


def document(unit: Any, name: str) -> PortalDocument:
    file = ContentFile(b"x", name=name)
    return PortalDocument.objects.create(title=name, unit=unit, file=file)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def test_pictures_have_words_in_the_readers_language(hai_duong: Province, reader: Reader) -> None:
    image = make_image(hai_duong.thanh_son, "lychee")
    gallery = GalleryPage(
        title="Mùa vải", headline_en="Lychee season",
        items=[photo(image, caption_vi="Vải chín", caption_en="Ripe lychees")],
    )  # fmt: skip
    page = listed(hai_duong.thanh_son, SECTION, gallery)
    client = reader(hai_duong.thanh_son)
    vietnamese = client.get(f"/{SECTION}/{page.slug}/").content.decode()
    assert 'alt="Vườn vải"' in vietnamese
    assert "Vải chín" in vietnamese
    english = client.get(f"/en/{SECTION}/{page.slug}/").content.decode()
    assert 'alt="Lychees"' in english
    assert "Ripe lychees" in english


def test_a_deleted_picture_leaves_no_hole(hai_duong: Province, reader: Reader) -> None:
    kept, gone = (make_image(hai_duong.thanh_son, name) for name in ("lychee", "rice"))
    gallery = GalleryPage(title="Ảnh", items=[photo(kept), photo(gone)], image=gone)
    page = listed(hai_duong.thanh_son, SECTION, gallery)
    gone.delete()
    client = reader(hai_duong.thanh_son)
    assert client.get(f"/{SECTION}/").status_code == 200
    assert client.get(f"/{SECTION}/{page.slug}/").content.decode().count('class="frame"') == 1


def test_many_pictures_cost_no_more_queries(hai_duong: Province, reader: Reader) -> None:
    images = [make_image(hai_duong.thanh_son, "rice") for _ in range(5)]
    few = listed(hai_duong.thanh_son, SECTION, GalleryPage(title="Ít", items=[photo(images[0])]))
    many = listed(
        hai_duong.thanh_son, SECTION, GalleryPage(title="Nhiều", items=list(map(photo, images)))
    )
    client = reader(hai_duong.thanh_son)

    def queries(page: GalleryPage) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/{SECTION}/{page.slug}/").status_code == 200
        return len(captured)

    queries(few)
    assert queries(many) == queries(few) <= 15


def test_an_embedded_video_loads_nothing_before_a_click(
    hai_duong: Province, reader: Reader
) -> None:
    video = {"title_vi": "Ngày hội", "url": "https://youtu.be/abcdefghijk", "transcript_vi": "Lời"}
    gallery = GalleryPage(title="Video", kind="video", items=[("video", video)])
    page = listed(hai_duong.thanh_son, SECTION, gallery)
    html = reader(hai_duong.thanh_son).get(f"/{SECTION}/{page.slug}/").content.decode()
    assert "<iframe" not in html
    assert 'data-player="https://www.youtube-nocookie.com/embed/abcdefghijk"' in html
    assert "Lời" in html
    assert page.search_facts().kind == "Video"


def test_own_files_wait_for_the_reader(hai_duong: Province, reader: Reader) -> None:
    unit = hai_duong.thanh_son
    gallery = GalleryPage(
        title="Truyền thanh", kind="audio",
        items=[
            ("audio", {"title_vi": "Bản tin sáng", "file": document(unit, "tin.mp3")}),
            ("video", {"title_vi": "Phim", "file": document(unit, "phim.mp4")}),
        ],
    )  # fmt: skip
    page = listed(unit, SECTION, gallery)
    html = reader(unit).get(f"/{SECTION}/{page.slug}/").content.decode()
    assert html.count('preload="none"') == 2
    assert 'type="audio/mpeg"' in html
    assert 'type="video/mp4"' in html


@pytest.mark.parametrize(
    "value",
    [
        {"title_vi": "Không có nguồn"},
        {"title_vi": "Lạ", "url": "https://evil.example/embed/x"},
        {"title_vi": "Sai tệp", "file": "anh.pdf"},
        {"title_vi": "Cả hai", "file": "phim.mp4", "url": "https://youtu.be/abcdefghijk"},
    ],
)
def test_videos_need_one_good_source(hai_duong: Province, value: dict[str, Any]) -> None:
    if "file" in value:
        value = value | {"file": document(hai_duong.thanh_son, value["file"])}
    block = GalleryItems()
    with pytest.raises(StreamBlockValidationError):
        block.clean(block.normalize([("video", value)]))


def test_a_picture_without_words_is_refused(hai_duong: Province) -> None:
    block = GalleryItems()
    image = make_image(hai_duong.thanh_son)
    with pytest.raises(StreamBlockValidationError):
        block.clean(block.normalize([("photo", {"image": image, "alt_vi": ""})]))


def test_lists_by_kind_and_page(hai_duong: Province, reader: Reader) -> None:
    for number in range(26):
        listed(hai_duong.thanh_son, SECTION, GalleryPage(title=f"Bộ ảnh {number}"))
    received = listed(hai_duong.province, SECTION, GalleryPage(title="Của tỉnh", kind="video"))
    push(received, "under:30")
    client = reader(hai_duong.thanh_son)
    assert client.get(f"/{SECTION}/?trang=2").status_code == 200
    video = client.get(f"/{SECTION}/?loai=video").content.decode()
    assert "Của tỉnh" in video
    assert "Bộ ảnh" not in video
    for wrong in ("?trang=3", "?trang=0", "?trang=x", "?loai=khac", "?trang=" + "9" * 3000):
        assert client.get(f"/{SECTION}/{wrong}").status_code == 404


def test_what_the_home_page_asks(hai_duong: Province, django_assert_max_num_queries: Any) -> None:
    unit = hai_duong.thanh_son
    listed(unit, SECTION, GalleryPage(title="Ảnh", image=make_image(unit)))
    listed(unit, SECTION, GalleryPage(title="Phim", kind="video"))
    with django_assert_max_num_queries(3):
        assert [page.title for page in latest_galleries(unit, 3)] == ["Ảnh"]
    with django_assert_max_num_queries(3):
        assert [page.title for page in latest_videos(unit, 3)] == ["Phim"]
