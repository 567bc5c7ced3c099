"""Who answers searches at the moment, for `/readyz`."""

from __future__ import annotations

import time

from django.conf import settings

from . import elastic
from .requests import Engine

PROBE_SECONDS = 0.25
KEPT_SECONDS = 3.0

_known: tuple[float, str] = (0.0, "")


def search_state() -> str:
    """`elasticsearch`, or `postgresql` while that is away or where none is configured.

    Takes no longer than 0.3 s, and asks at most every three seconds. The caller knows whether the
    database answers.
    """
    global _known
    if not settings.ELASTICSEARCH_URL:
        return Engine.POSTGRESQL
    until, state = _known
    if time.monotonic() >= until:
        healthy = elastic.is_healthy(PROBE_SECONDS)
        state = Engine.ELASTICSEARCH if healthy else Engine.POSTGRESQL
        _known = (time.monotonic() + KEPT_SECONDS, state)
    return state
