"""The items of a gallery as templates show them, read in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.articles.blocks import embed_url
from cms.articles.languages import words
from cms.media.renditions import made_renditions

from .blocks import AUDIO_TYPES, VIDEO_TYPES, mime_type

LARGE = "width-1440|format-webp"


@dataclass(frozen=True)
class GalleryItem:
    """One picture, video or recording. `url` is the file's, `player` that of an embed.

    The address of a picture is that of its large size.
    """

    kind: str
    title: str
    image: Any = None
    alt: str = ""
    caption: str = ""
    credit: str = ""
    transcript: str = ""
    poster: str = ""
    url: str = ""
    media_type: str = ""
    player: str = ""


def gallery_items(raw: Iterable[Mapping[str, Any]]) -> list[GalleryItem]:
    """Items of raw stream blocks; those whose picture or file was deleted are left out.

    Three queries: pictures, their sizes, files.
    """
    blocks = [(block["type"], block["value"]) for block in raw]
    image_ids = {value.get("image") or value.get("poster") for _kind, value in blocks}
    file_ids = {value.get("file") for _kind, value in blocks}
    images = get_image_model().objects.prefetch_renditions()
    by_id = images.in_bulk({pk for pk in image_ids if pk})
    files = get_document_model().objects.in_bulk({pk for pk in file_ids if pk})
    made = (_item(kind, value, by_id, files) for kind, value in blocks)
    return [item for item in made if item is not None]


def _item(
    kind: str, value: Mapping[str, Any], images: Mapping[int, Any], files: Mapping[int, Any]
) -> GalleryItem | None:
    if kind == "photo":
        return _photo(value, images.get(value.get("image") or 0))
    file = files.get(value.get("file") or 0)
    player = embed_url(value.get("url") or "")
    if file is None and not player:
        return None
    types = VIDEO_TYPES if kind == "video" else AUDIO_TYPES
    return GalleryItem(
        kind=kind,
        title=words(value, "title"),
        poster=_large(images.get(value.get("poster") or 0)),
        transcript=words(value, "transcript"),
        url=file.file.url if file else value["url"],
        media_type=mime_type(file.filename, types) if file else "",
        player="" if file else player,
    )


def _photo(value: Mapping[str, Any], image: Any) -> GalleryItem | None:
    if image is None:
        return None
    caption = words(value, "caption")
    alt = words(value, "alt")
    credit = value.get("credit") or image.credit
    return GalleryItem("photo", caption or alt, image, alt, caption, credit, url=_large(image))


def _large(image: Any) -> str:
    """The address of a picture's large size, or of the picture until that has been made."""
    if image is None:
        return ""
    large = made_renditions(image).get(LARGE)
    return str(large.url if large else image.file.url)
