"""The blocks of an article."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from cms.articles.blocks import ArticleBody, VideoBlock, embed_url


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://youtu.be/abc-_fghijk?t=5", "https://www.youtube-nocookie.com/embed/abc-_fghijk"),
        ("https://www.youtube.com/shorts/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
        ("https://evil.example/watch?v=abcdefghijk", ""),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", ""),
        ("https://www.youtube.com/watch?v=\"><script>", ""),
        ("https://www.youtube.com/", ""),
        ("https://vimeo.com/abc", ""),
        ("javascript:alert(1)", ""),
    ],
)  # fmt: skip
def test_only_videos_of_the_allowed_services_have_a_player(url: str, player: str) -> None:
    assert embed_url(url) == player


def test_another_service_is_refused_in_the_form() -> None:
    with pytest.raises(ValidationError):
        VideoBlock().clean({"url": "https://evil.example/v", "title": "Phim"})


def test_a_body_offers_every_kind_of_block_and_no_raw_html() -> None:
    assert set(ArticleBody().child_blocks) == {
        "heading", "paragraph", "image", "gallery", "quote", "table", "documents", "video", "note",
    }  # fmt: skip
