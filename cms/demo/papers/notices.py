"""Notices whose dates are counted from the day on which the demonstration is filled."""

from __future__ import annotations

import datetime

from django.utils import timezone

from cms.notices.models import DAYS_AFTER_DEADLINE, NoticeKind, NoticePage

from ..content_files import Raw
from .common import Desk, entries, paragraphs

CLOSING = datetime.time(16, 30)


def fill_notices(desk: Desk) -> None:
    """Pages, then distributions."""
    written = [
        (code, raw, _page(raw, code, desk))
        for raw in entries("notices", "notice")
        for code in raw["units"]
    ]
    desk.insert([(code, _section(desk, code, raw["section"]), page) for code, raw, page in written])
    for code, raw, page in written:
        audience = raw.get("audience") or ([f"under:{code}"] if raw.get("audience_below") else [])
        if audience:
            desk.push(page, audience, raw["policy"])


def _section(desk: Desk, code: str, wanted: str) -> str:
    return wanted if wanted in desk.sections[code] else "thong-bao"


def _page(raw: Raw, code: str, desk: Desk) -> NoticePage:
    words = desk.words(code)
    english = raw.get("en", {})
    now = timezone.now()
    deadline = _at(now, raw["due"]) if "due" in raw else None
    page = NoticePage(
        source_id=f"demo:notice:{raw['key']}-{code}",
        title=raw["title"].format(**words),
        headline_en=english.get("title", ""),
        summary_vi=raw["summary"],
        summary_en=english.get("summary", ""),
        kind=raw["kind"],
        reference=raw.get("reference", ""),
        public_at=now - datetime.timedelta(days=raw["ago"], hours=2),
        begins_at=_at(now, raw["begins"]) - datetime.timedelta(hours=9)
        if "begins" in raw
        else None,
        deadline=deadline,
        urgent_until=now + datetime.timedelta(days=raw["urgent"]) if "urgent" in raw else None,
        place_vi=raw.get("place", ""),
        contact_vi=raw.get("contact", ""),
        body_vi=paragraphs(text.format(**words) for text in raw["paragraphs"]),
    )
    days = DAYS_AFTER_DEADLINE.get(NoticeKind(raw["kind"]))
    if deadline and days is not None:
        page.expire_at = deadline + datetime.timedelta(days=days)
    return page


def _at(now: datetime.datetime, days: int) -> datetime.datetime:
    """The close of office hours some days from now."""
    day = timezone.localdate(now) + datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, CLOSING))
