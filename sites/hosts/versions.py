"""What a process may keep of a site's frame: everything, until the frame version changes.

Units, sections, home pages and the names in menus stand around every page and change rarely. The
database itself changes the frame version in the transaction that changes any of them (triggers, so
bulk statements count too: docs/decisions/0040), and every request reads that version together
with the version of the hosts, in the one statement that it makes anyway.
"""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from .models import HostMapVersion
from .registry import stored_tokens

SITES_KEPT = 512
FRAMES = 2  # the row of HostMapVersion
T = TypeVar("T")


class VersionedCache(Generic[T]):
    """Values of the most recently asked sites in this process, each valid for one version."""

    def __init__(self, size: int = SITES_KEPT) -> None:
        self.size = size
        self._values: OrderedDict[Hashable, tuple[Hashable, T]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, request: HttpRequest, key: Hashable, load: Callable[[], T]) -> T:
        """The value of a key for this request, in the active language; loaded when it is not known.

        `key` names the site. Whatever `load` raises is raised, and nothing is kept.
        """
        place = (key, get_language())
        version = version_of(request)
        with self._lock:
            held = self._values.get(place)
            if held is not None and held[0] == version:
                self._values.move_to_end(place)
                return held[1]
        value = load()
        with self._lock:
            self._values[place] = (version, value)
            self._values.move_to_end(place)
            while len(self._values) > self.size:
                self._values.popitem(last=False)
        return value


def version_of(request: Any) -> Hashable:
    """What the request saw of the versions when it came in, and the date, which ends units."""
    version: Hashable = getattr(request, "frame_version", None)
    if version is None:
        tokens = stored_tokens()
        version = request.frame_version = (tokens.hosts, tokens.frame, timezone.localdate())
    return version


def frames_changed() -> None:
    """Let all processes read frames again: for what stands around pages and is in no table that
    the database watches."""
    HostMapVersion.objects.update_or_create(pk=FRAMES, defaults={"token": uuid.uuid4()})
