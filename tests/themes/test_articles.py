"""The page of an article: origin, languages, addresses and every kind of block."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile

from cms.articles.models import ArticlePage
from cms.media.models import PortalDocument
from cms.media.renditions import make_renditions
from sites.distribution.actions import RecallAction
from sites.units.models import AdministrativeUnit
from tests.conftest import Province
from tests.factories import make_article, push
from tests.themes.pictures import make_image
from tests.themes.reading import Reader, text_of


def with_body(page: ArticlePage, blocks: Sequence[object]) -> ArticlePage:
    """Store blocks as the Vietnamese body."""
    page.body_vi = json.dumps(blocks)
    page.save()
    return page


def translated(unit: AdministrativeUnit, **values: Any) -> ArticlePage:
    """An article with an English version."""
    return make_article(
        unit,
        "Mùa vải",
        headline_en="Lychee season",
        body_en=[{"type": "paragraph", "value": "<p>The fruit is ripe.</p>"}],
        **values,
    )


def test_a_received_article_names_its_origin_and_stays_in_the_local_frame(
    hai_duong: Province, reader: Reader
) -> None:
    article = make_article(hai_duong.province, "Ứng phó bão")
    push(article, "under:30")
    text = text_of(reader(hai_duong.thanh_son).get(f"/tin-tuc/ung-pho-bao~{article.pk}/"))
    assert 'class="origin-box' in text
    assert "Ủy ban nhân dân tỉnh Hải Dương phát hành" in text
    assert '<a href="http://haiduong.localhost:8000/tin-tuc/ung-pho-bao/">' in text
    assert '<span class="brand-name">Xã Thanh Sơn</span>' in text
    assert re.search(r'class="breadcrumb".*?href="/tin-tuc/"', text, re.S)


def test_lists_name_the_origin_of_received_items_only(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    push(make_article(hai_duong.province, "Ứng phó bão"), "under:30")
    cards = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/")).split('class="card"')[1:]
    badges = {("Hội làng" in card): ("Từ tỉnh Hải Dương" in card) for card in cards}
    assert badges == {True: False, False: True}


def test_an_own_article_has_no_origin_box(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    text = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/hoi-lang/"))
    assert "origin-box" not in text


def test_a_translated_article_is_offered_in_both_languages(
    hai_duong: Province, reader: Reader
) -> None:
    translated(hai_duong.thanh_son)
    english = text_of(reader(hai_duong.thanh_son).get("/en/tin-tuc/mua-vai/"))
    assert "The fruit is ripe." in english
    assert "Vietnamese only" not in english
    root = "http://thanhson.thanhha.haiduong.localhost:8000"
    for code, path in (("vi", "/tin-tuc/mua-vai/"), ("en", "/en/tin-tuc/mua-vai/")):
        assert f'hreflang="{code}" href="{root}{path}"' in english
    assert f'<link rel="canonical" href="{root}/en/tin-tuc/mua-vai/">' in english


def test_an_untranslated_article_says_so_and_is_read_out_as_vietnamese(
    hai_duong: Province, reader: Reader
) -> None:
    make_article(hai_duong.thanh_son, "Hội làng", body="Rước kiệu từ đình.")
    english = text_of(reader(hai_duong.thanh_son).get("/en/tin-tuc/hoi-lang/"))
    assert "This page is available in Vietnamese only." in english
    assert '<h1 lang="vi">Hội làng</h1>' in english
    assert "Rước kiệu từ đình." in english
    root = "http://thanhson.thanhha.haiduong.localhost:8000"
    assert f'<link rel="canonical" href="{root}/tin-tuc/hoi-lang/">' in english
    assert '<link rel="alternate" hreflang="en"' not in english
    assert "in Vietnamese" in text_of(reader(hai_duong.thanh_son).get("/en/tin-tuc/"))


def test_every_kind_of_block_is_shown(hai_duong: Province, reader: Reader) -> None:
    image = make_image(hai_duong.thanh_son)
    make_renditions(image)
    document = PortalDocument(title="Mẫu đơn", unit=hai_duong.thanh_son)
    document.file.save("mau-don.pdf", ContentFile(b"%PDF-1.4"))
    figure = {"image": image.pk, "caption": "Lúa chín", "alt": "Bông lúa trĩu hạt"}
    table = {
        "columns": [{"type": "text", "heading": "Ngày"}, {"type": "number", "heading": "Số"}],
        "rows": [{"values": ["Thứ Hai", "12"]}],
        "caption": "Lịch tiếp dân",
    }
    blocks = [
        {"type": "heading", "value": {"text": "Đề mục lớn", "level": "2"}},
        {"type": "heading", "value": {"text": "Đề mục nhỏ", "level": "3"}},
        {"type": "image", "value": figure},
        {"type": "gallery", "value": [{"type": "item", "value": figure, "id": "a1"}]},
        {"type": "quote", "value": {"text": "Dân là gốc.", "source": "Tục ngữ"}},
        {"type": "note", "value": {"kind": "warning", "title": "Chú ý", "text": "<p>Nguy</p>"}},
        {"type": "table", "value": table},
        {"type": "documents", "value": [{"type": "item", "value": document.pk, "id": "b1"}]},
    ]
    with_body(make_article(hai_duong.thanh_son, "Đủ khối"), blocks)
    text = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/du-khoi/"))
    for expected in (
        "<h2>Đề mục lớn</h2>", "<h3>Đề mục nhỏ</h3>", "Bông lúa trĩu hạt", "480w", "Lúa chín",
        'class="gallery"', "Dân là gốc.", "Tục ngữ", "note-warning", "<caption>Lịch tiếp dân",
        '<th scope="col">Ngày</th>', '<td class="number">12</td>', document.url, "PDF",
    ):  # fmt: skip
        assert expected in text, expected


def test_a_video_asks_nothing_of_its_provider_before_the_reader_does(
    hai_duong: Province, reader: Reader
) -> None:
    video = {"url": "https://www.youtube.com/watch?v=abcdefghijk", "title": "Lễ hội"}
    with_body(make_article(hai_duong.thanh_son, "Video"), [{"type": "video", "value": video}])
    text = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/video/"))
    assert 'data-player="https://www.youtube-nocookie.com/embed/abcdefghijk"' in text
    assert "<iframe" not in text
    loads = re.findall(
        r'<(?:script|img|link|iframe|source)[^>]+(?:src|href)="(https?://[^"]+)"', text
    )
    assert all("haiduong.localhost" in address for address in loads)


def test_related_articles_are_others_of_the_same_section(
    hai_duong: Province, reader: Reader
) -> None:
    make_article(hai_duong.thanh_son, "Bài đang đọc")
    make_article(hai_duong.thanh_son, "Bài cùng mục")
    make_article(hai_duong.thanh_son, "Bài mục khác", section="thong-bao")
    text = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/bai-dang-doc/"))
    related = text[text.index('class="related"') :]
    assert "Bài cùng mục" in related
    assert "Bài đang đọc" not in related
    assert "Bài mục khác" not in related


def test_a_recalled_item_says_who_took_it_back_and_why(hai_duong: Province, reader: Reader) -> None:
    article = make_article(hai_duong.province, "Tin nhầm")
    distribution = push(article, "under:30")
    RecallAction(distribution, "error", note="Sai ngày nghỉ lễ").execute()
    response = reader(hai_duong.thanh_son).get(f"/tin-tuc/tin-nham~{article.pk}/")
    text = text_of(response)
    assert response.status_code == 410
    assert "Nội dung này đã được thu hồi" in text
    assert "Ủy ban nhân dân tỉnh Hải Dương thu hồi" in text
    assert "Sai ngày nghỉ lễ" in text
    assert "noindex" in text
