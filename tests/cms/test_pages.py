"""Pages as editors make them: slugs, text, places, addresses."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.models import Redirect

from cms.articles.models import ArticlePage
from cms.sections.models import SectionPage
from sites.blueprints.models import Section
from tests.conftest import Province, Reader, RunTasks, SignedIn
from tests.factories import home_of, make_article, make_person, section_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đường Trần Hưng Đạo", "duong-tran-hung-dao"),
        ("Quyết định số 15/2024/QĐ-UBND", "quyet-dinh-so-15-2024-qd-ubnd"),
        ("🙂🙂", "trang"),
        ("ẮẰẲẴẶ ỨỪỬỮỰ", "aaaaa-uuuuu"),
        ("  --- ", "trang"),
    ],
)
def test_slugs_come_from_vietnamese_titles(hai_duong: Province, title: str, slug: str) -> None:
    assert make_article(hai_duong.thanh_son, title).slug == slug


def test_a_taken_slug_gets_a_number_without_asking(hai_duong: Province) -> None:
    slugs = [make_article(hai_duong.thanh_son, "Họp dân").slug for _ in range(3)]
    assert slugs == ["hop-dan", "hop-dan-2", "hop-dan-3"]


def test_a_typed_slug_is_mended_and_made_free(hai_duong: Province) -> None:
    make_article(hai_duong.thanh_son, "Họp dân")
    other = make_article(hai_duong.thanh_son, "Bài khác", slug="Họp dân")
    assert other.slug == "hop-dan-2"


def test_publishing_again_keeps_the_slug(hai_duong: Province) -> None:
    make_article(hai_duong.thanh_son, "Họp dân")
    second = make_article(hai_duong.thanh_son, "Họp dân")
    second.title = "Họp dân cuối năm"
    second.save_revision().publish()
    second.refresh_from_db()
    assert second.slug == "hop-dan-2"


def test_long_titles_are_kept_and_too_long_ones_refused(hai_duong: Province) -> None:
    page = make_article(hai_duong.thanh_son, "Đ" * 255)
    assert page.title == "Đ" * 255
    assert len(page.slug) <= 120
    with pytest.raises(ValidationError):
        make_article(hai_duong.thanh_son, "x" * 300)


def test_text_is_stored_in_nfc_everywhere(hai_duong: Province) -> None:
    loose = unicodedata.normalize("NFD", "Quyết định về đê điều")
    page = make_article(
        hai_duong.thanh_son, loose, body=loose, summary_vi=loose, headline_en=loose, author=loose
    )
    page = ArticlePage.objects.get(pk=page.pk)
    texts = [page.title, page.summary_vi, page.headline_en, page.author, str(page.body_vi)]
    texts.append(str(page.latest_revision.content))
    for text in texts:
        assert unicodedata.is_normalized("NFC", text)
    assert page.slug == "quyet-dinh-ve-de-dieu"


def test_a_page_belongs_to_the_unit_and_section_it_stands_in(hai_duong: Province) -> None:
    page = make_article(hai_duong.thanh_son, section="thong-bao")
    assert page.unit == hai_duong.thanh_son
    assert page.section
    assert page.section.code == "thong-bao"
    assert page.listed
    page.move(section_of(hai_duong.thanh_hong, "tin-tuc"), "last-child")
    page = ArticlePage.objects.get(pk=page.pk)
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.section
    assert (page.unit, page.section.code) == (hai_duong.thanh_hong, "tin-tuc")


def test_a_site_has_one_page_per_section(hai_duong: Province) -> None:
    section = Section.objects.get(code="tin-tuc")
    with pytest.raises(ValidationError):
        home_of(hai_duong.thanh_son).add_child(
            instance=SectionPage(title="Tin tức hai", section=section)
        )


def test_a_changed_slug_leaves_a_redirect(
    hai_duong: Province, reader: Reader, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_article(hai_duong.thanh_son, "Tên cũ")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "ten-moi"
        page.save_revision().publish()
    assert Redirect.objects.get().old_path == "/tin-tuc/ten-cu"
    answer = reader(hai_duong.thanh_son).get("/tin-tuc/ten-cu/")
    assert answer.status_code == 301
    assert answer["Location"].endswith("/tin-tuc/ten-moi/")


def test_vietnamese_titles_do_not_follow_the_language_of_the_editor(hai_duong: Province) -> None:
    from django.utils import translation

    with translation.override("en"):
        page = make_article(hai_duong.province, "Vải thiều", headline_en="Lychees")
        page.title = "Vải thiều chín"
        page.save_revision().publish()
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.title == page.draft_title == "Vải thiều chín"
    assert page.headline_en == "Lychees"
    with translation.override("en"):
        assert page.display_title == "Lychees"
    with translation.override("vi"):
        assert page.display_title == "Vải thiều chín"


def test_a_page_of_ten_million_letters_can_be_stored(hai_duong: Province, reader: Reader) -> None:
    page = make_article(hai_duong.thanh_son, "Rất dài", body="chữ " * 2_500_000)
    assert reader(hai_duong.thanh_son).get(f"/tin-tuc/{page.slug}/").status_code == 200


def test_the_form_asks_for_no_address(hai_duong: Province, signed_in: SignedIn) -> None:
    client = signed_in(make_person(hai_duong.thanh_son))
    section = section_of(hai_duong.thanh_son)
    path = f"/pages/add/articles/articlepage/{section.pk}/"
    values = {
        "title": "Họp dân", "slug": "", "author": "", "public_at": "2025-06-01 08:00",
        "body_vi-count": "0", "body_en-count": "0", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "action-publish": "1",
    }  # fmt: skip
    for slug in ("hop-dan", "hop-dan-2"):
        assert client.post(path, values).status_code == 302
        assert ArticlePage.objects.filter(slug=slug, live=True).exists()


@pytest.mark.parametrize("title", ["x" * 300, "a\x00b", ""])
def test_a_title_that_cannot_be_is_refused_and_kept_in_the_form(
    hai_duong: Province, signed_in: SignedIn, title: str
) -> None:
    client = signed_in(make_person(hai_duong.thanh_son))
    section = section_of(hai_duong.thanh_son)
    answer = client.post(
        f"/pages/add/articles/articlepage/{section.pk}/",
        {
            "title": title, "summary_vi": "Tóm tắt đã gõ", "slug": "", "public_at": "2025-06-01",
            "body_vi-count": "0", "body_en-count": "0", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", "action-publish": "1",
        },
    )  # fmt: skip
    assert answer.status_code == 200
    assert "Tóm tắt đã gõ" in answer.content.decode()
    assert not ArticlePage.objects.exists()


def test_editors_find_pages_without_accents(
    hai_duong: Province, signed_in: SignedIn, run_tasks: RunTasks
) -> None:
    make_article(hai_duong.thanh_son, "Vải thiều vào vụ")
    run_tasks()
    client = signed_in(make_person(hai_duong.thanh_son))
    for words in ("vai thieu", "Vải thiều", "vai th"):
        assert "Vải thiều vào vụ" in client.get("/pages/search/", {"q": words}).content.decode()


def test_text_of_an_old_font_is_refused_with_what_it_means(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    client = signed_in(make_person(hai_duong.thanh_son))
    section = section_of(hai_duong.thanh_son)
    answer = client.post(
        f"/pages/add/articles/articlepage/{section.pk}/",
        {
            "title": "Uû ban nh©n d©n tØnh", "slug": "", "public_at": "2025-06-01",
            "body_vi-count": "0", "body_en-count": "0", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", "action-publish": "1",
        },
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Uỷ ban nhân dân tỉnh" in text
    assert "Uû ban nh©n d©n tØnh" in text
    assert not ArticlePage.objects.exists()
