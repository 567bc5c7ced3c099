"""Read and check JSON Lines, one article a line, without holding the file in memory."""

from __future__ import annotations

import datetime
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import escape
from django.utils.translation import gettext as _

from search.text import clean, decode_legacy

MAX_LINE = 10 * 1024 * 1024
MAX_TITLE = 255
MAX_SUMMARY = 600


class LineError(ValueError):
    """Why one line cannot be imported; a sentence for the person who made the file."""


@dataclass(frozen=True, slots=True)
class Article:
    """One checked line. `html` is the body as rich text."""

    source_id: str
    title: str
    summary: str
    html: str
    published: datetime.datetime
    section: str
    language: str


def open_lines(path: Path) -> BinaryIO:
    """Open a plain or gzipped file. Raises OSError."""
    with path.open("rb") as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
    return cast(BinaryIO, gzip.open(path, "rb")) if is_gzip else path.open("rb")


def read_lines(file: BinaryIO) -> Iterator[tuple[int, Article | LineError]]:
    """Every line's number with its article, or with what is wrong with it."""
    number = 0
    while raw := file.readline(MAX_LINE):
        number += 1
        if not raw.strip():
            continue
        try:
            yield number, parse_line(raw)
        except LineError as error:
            yield number, error


def parse_line(raw: bytes) -> Article:
    """Check one line. Raises LineError."""
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LineError(_("The line is not UTF-8 text.")) from error
    except (ValueError, RecursionError) as error:
        raise LineError(_("The line is not JSON.")) from error
    if not isinstance(value, dict):
        raise LineError(_("The line is not a JSON object."))
    title = _text(value, "title", required=True)
    if len(title) > MAX_TITLE:
        raise LineError(_("The title has more than 255 characters."))
    language = _text(value, "language") or settings.LANGUAGE_CODE
    if language not in dict(settings.LANGUAGES):
        raise LineError(_("The language “%(code)s” is not known.") % {"code": language[:20]})
    return Article(
        source_id=_text(value, "id", required=True)[:100],
        title=title,
        summary=_shortened(_text(value, "summary")),
        html=_paragraphs(value),
        published=_published(value),
        section=_text(value, "section"),
        language=language,
    )


def _text(value: dict[str, Any], key: str, *, required: bool = False) -> str:
    text = value.get(key)
    if isinstance(text, int) and key == "id":
        text = str(text)
    if text is None and not required:
        return ""
    if not isinstance(text, str):
        raise LineError(_("“%(key)s” is missing or is not text.") % {"key": key})
    text = " ".join(clean(decode_legacy(text)).split())
    if required and not text:
        raise LineError(_("“%(key)s” is empty.") % {"key": key})
    return text


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_SUMMARY else text[: MAX_SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def _paragraphs(value: dict[str, Any]) -> str:
    body = value.get("body", [])
    if isinstance(body, str):
        body = body.splitlines()
    if not isinstance(body, list) or not all(isinstance(part, str) for part in body):
        raise LineError(_("“body” is not a list of paragraphs."))
    texts = (clean(decode_legacy(part)).strip() for part in body)
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)


def _published(value: dict[str, Any]) -> datetime.datetime:
    raw = value.get("published")
    if raw in (None, ""):
        return timezone.now()
    try:
        moment = parse_datetime(str(raw))
        day = parse_date(str(raw)) if moment is None else None
    except ValueError as error:
        raise LineError(_("“published” is not a date.")) from error
    if day:
        moment = datetime.datetime.combine(day, datetime.time(8))
    if moment is None:
        raise LineError(_("“published” is not a date."))
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
