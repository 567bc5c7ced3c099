"""Moments and days as both engines are asked about them."""

from __future__ import annotations

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """This second: whole, so that Elasticsearch can cache filters for a while."""
    return timezone.now().replace(microsecond=0)


def day_bounds(
    since: datetime.date | None, until: datetime.date | None
) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """The first moment of `since`, and the first moment after the day `until`, in Viet Nam."""
    after = until + datetime.timedelta(days=1) if until else None
    return _midnight(since), _midnight(after)


def _midnight(day: datetime.date | None) -> datetime.datetime | None:
    zone = timezone.get_default_timezone()
    return datetime.datetime.combine(day, datetime.time(), zone) if day else None
