"""Pictures of links: drawn in the background, found without a question, never made for a reader."""

from __future__ import annotations

import io
import re
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from cms.discovery import cards
from cms.discovery.cards import CardText, draw_card, fitted, wrapped
from cms.discovery.models import DrawnPicture
from cms.discovery.palettes import designed
from cms.media.renditions import make_renditions
from tests.conftest import Province, Reader, RunTasks
from tests.factories import home_of, make_article, section_of
from tests.themes.pictures import make_image
from tests.themes.reading import text_of
from themes.styles.palettes import DESIGNED


def shared_path(html: str) -> str:
    """The path of the picture that a page names."""
    found = re.search(r'<meta property="og:image" content="https?://[^/]+([^"]+)"', html)
    assert found
    return found[1]


def size_of(response: Any) -> tuple[int, int]:
    """The size of the picture in an answer."""
    data = b"".join(response.streaming_content)
    return Image.open(io.BytesIO(data)).size


@pytest.mark.parametrize(
    "title", ["Mùa vải", "Tăng cường phòng, chống bão " * 10, "K" * 300, "Ặ" * 40 + " ờ" * 90, ""]
)
def test_any_title_fits(title: str) -> None:
    data = draw_card(
        CardText(title, "Thông báo", "Cổng thông tin điện tử", "Xã " + "Thanh " * 30),
        designed()["lua-chin"],
    )
    image = Image.open(io.BytesIO(data))
    assert image.size == (1200, 630)
    assert len(data) < 80_000
    size, lines = fitted(title, 1056, 340)
    assert len(lines) * size * 1.26 <= 340
    font = cards._font(700, size)
    assert all(font.getlength(line) <= 1056 for line in lines)


def test_cards_wear_every_designed_palette_and_an_emblem() -> None:
    assert set(designed()) == set(DESIGNED)
    text = CardText("Mùa vải", "", "Cổng thông tin điện tử", "Xã Thanh Sơn")
    emblem = Image.new("RGBA", (300, 100), (0, 128, 0, 255))
    plain = {name: draw_card(text, palette) for name, palette in designed().items()}
    assert len(set(plain.values())) == len(DESIGNED)
    assert draw_card(text, designed()["da-nui"], emblem) != plain["da-nui"]


def test_every_vietnamese_letter_has_a_shape() -> None:
    font = cards._font(700, 48)
    missing = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    letters = "ĂÂĐÊÔƠƯăâđêôơưẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ…–“”"
    for letter in letters:
        mask = font.getmask(letter)
        assert (mask.getbbox(), bytes(mask)) != missing, letter


def test_words_are_broken_only_where_they_must() -> None:
    font = cards._font(700, 42)
    assert wrapped("Hội làng Thanh Sơn", font, 5000) == ["Hội làng Thanh Sơn"]
    assert "".join(wrapped("A" * 100, font, 300)) == "A" * 100


def test_a_published_page_gets_its_picture_from_the_worker(
    hai_duong: Province, reader: Reader, run_tasks: RunTasks
) -> None:
    page = make_article(hai_duong.thanh_son, "Hội làng", headline_en="Village feast")
    client = reader(hai_duong.thanh_son)
    with patch("cms.discovery.sharing.draw_card", side_effect=AssertionError("drawn for a reader")):
        path = shared_path(text_of(client.get("/tin-tuc/hoi-lang/")))
        assert client.get(path).status_code in (200, 404)
    run_tasks()
    response = client.get(path)
    assert response["Cache-Control"] == "public, max-age=86400"
    assert size_of(response) == (1200, 630)
    english = shared_path(text_of(client.get("/en/tin-tuc/hoi-lang/")))
    assert english != path
    assert client.get(english)["Cache-Control"].endswith("86400")
    assert DrawnPicture.objects.filter(page=page).count() == 2


def test_sites_are_drawn_when_they_are_provisioned(
    hai_duong: Province, reader: Reader, run_tasks: RunTasks
) -> None:
    run_tasks()
    client = reader(hai_duong.thanh_son)
    own = client.get(shared_path(text_of(client.get("/"))))
    assert own["Cache-Control"].endswith("86400")
    for path in ("/tin-tuc/", "/tim-kiem/"):
        assert size_of(client.get(shared_path(text_of(client.get(path))))) == (1200, 630), path


def test_until_it_is_drawn_the_sites_own_picture_stands_in(
    hai_duong: Province, reader: Reader, run_tasks: RunTasks
) -> None:
    run_tasks()
    make_article(hai_duong.thanh_son, "Hội làng")
    client = reader(hai_duong.thanh_son)
    response = client.get(shared_path(text_of(client.get("/tin-tuc/hoi-lang/"))))
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=60"
    assert size_of(response) == (1200, 630)


def test_a_new_title_is_a_new_picture_and_the_old_file_goes(
    hai_duong: Province,
    reader: Reader,
    run_tasks: RunTasks,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = make_article(hai_duong.thanh_son, "Hội làng")
    run_tasks()
    old = DrawnPicture.objects.get(page=page).name
    page.title = "Hội làng năm nay"
    page.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        run_tasks()
    assert DrawnPicture.objects.get(page=page).name != old
    assert not default_storage.exists(old)
    new = DrawnPicture.objects.get(page=page).name
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert not default_storage.exists(new)


def test_another_look_or_name_of_the_site_is_another_picture(
    hai_duong: Province, run_tasks: RunTasks, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_article(hai_duong.thanh_son, "Hội làng")
    other = make_article(hai_duong.hop_tien, "Tin xã khác")
    run_tasks()

    def drawn(page: Any) -> bytes:
        with default_storage.open(DrawnPicture.objects.get(page=page).name) as file:
            return bytes(file.read())

    def publish(unit: Any, **values: Any) -> None:
        home = home_of(unit)
        for name, value in values.items():
            setattr(home, name, value)
        home.save_revision().publish()
        with django_capture_on_commit_callbacks(execute=True):
            run_tasks()

    first, foreign = drawn(page), drawn(other)
    publish(hai_duong.thanh_son, phone="0220 3812 345")
    assert drawn(page) == first
    publish(hai_duong.thanh_son, theme="da-nui")
    second = drawn(page)
    assert second != first
    publish(hai_duong.thanh_ha, theme="tim-sim", lock_palette=True)
    third = drawn(page)
    assert third not in (first, second)
    publish(hai_duong.thanh_son, logo=make_image(hai_duong.thanh_son))
    fourth = drawn(page)
    assert fourth != third
    assert drawn(other) == foreign
    unit = hai_duong.thanh_son
    unit.name = unit.short_name = "Xã Mới"
    unit.save()
    with django_capture_on_commit_callbacks(execute=True):
        run_tasks()
    assert drawn(page) != fourth


def test_private_pages_and_drafts_are_not_drawn(hai_duong: Province, run_tasks: RunTasks) -> None:
    draft = make_article(hai_duong.thanh_son, "Bản nháp", live=False)
    section = section_of(hai_duong.thanh_hong)
    section.view_restrictions.create(restriction_type="password", password="x")
    secret = make_article(hai_duong.thanh_hong, "Nội bộ")
    run_tasks()
    assert not DrawnPicture.objects.filter(page__in=[draft.pk, secret.pk]).exists()


def test_a_page_with_a_picture_shows_it_and_is_not_drawn(
    hai_duong: Province, reader: Reader, run_tasks: RunTasks
) -> None:
    image = make_image(hai_duong.thanh_son)
    make_renditions(image)
    page = make_article(hai_duong.thanh_son, "Hội làng", image=image)
    run_tasks()
    html = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/hoi-lang/"))
    assert "fill-1200x630" in shared_path(html)
    assert not DrawnPicture.objects.filter(page=page).exists()


def test_a_picture_whose_file_is_lost_leaves_the_page_whole(
    hai_duong: Province, reader: Reader, run_tasks: RunTasks
) -> None:
    image = make_image(hai_duong.thanh_son)
    make_article(hai_duong.thanh_son, "Hội làng", image=image)
    default_storage.delete(image.file.name)
    run_tasks()  # makes no sizes, and says so
    client = reader(hai_duong.thanh_son)
    for path in ("/", "/tin-tuc/", "/tin-tuc/hoi-lang/"):
        assert client.get(path).status_code == 200
    home = home_of(hai_duong.thanh_son)
    image.delete()
    assert client.get("/tin-tuc/hoi-lang/").status_code == 200
    assert home.live
