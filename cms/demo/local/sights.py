"""Places and galleries."""

from __future__ import annotations

import json
import uuid
from typing import Any

from cms.galleries.models import GalleryPage
from cms.places.models import PlacePage

from ..content_files import CONTENT, Raw, read
from .writing import Writing, both, common, paragraphs

PLACES = "di-tich-danh-thang"
GALLERIES = "thu-vien"


def write_places(writing: Writing) -> None:
    """The places of the file."""
    for number, raw in enumerate(read(CONTENT / "places" / "places.toml")["place"]):
        days = raw.get("lunar_days", [None])
        page = PlacePage(
            **common("place", raw["key"], raw),
            **both(raw, ["address", "opening", "admission", "recognised_by"]),
            kind=raw["kind"],
            rank=raw.get("rank", ""),
            recognised_in=raw.get("recognised_in"),
            lunar_month=raw.get("lunar_month"),
            lunar_first_day=days[0],
            lunar_last_day=days[1] if len(days) > 1 else None,
            image_id=writing.picture(raw.get("illustration"), number),
            body_vi=paragraphs(raw["body"]),
            body_en=paragraphs(raw.get("body_en", [])),
        )
        writing.add(raw["unit"], PLACES, page)


def write_galleries(writing: Writing) -> None:
    """The galleries of the file, made of the drawn illustrations."""
    for raw in read(CONTENT / "galleries" / "galleries.toml")["gallery"]:
        photos = [_photo(writing, number, *photo) for number, photo in enumerate(raw["photos"])]
        page = GalleryPage(
            **common("gallery", raw["key"], raw),
            kind="photo",
            image_id=writing.picture(raw["photos"][0][0]),
            items=json.dumps(photos),
        )
        writing.add(raw["unit"], GALLERIES, page)


def _photo(
    writing: Writing, number: int, motif: str, alt: str, alt_en: str, caption: str, caption_en: str
) -> Raw:
    value: dict[str, Any] = {
        "image": writing.picture(motif, number),
        "alt_vi": alt,
        "alt_en": alt_en,
        "caption_vi": caption,
        "caption_en": caption_en,
        "credit": "",
    }
    return {"type": "photo", "value": value, "id": str(uuid.uuid4())}
