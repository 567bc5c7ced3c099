"""The map of hosts: every process holds all of them and asks only whether they changed.

Stock Wagtail scans the list of sites for every address that it builds (1.3 ms each at 10,800
sites). Here each process keeps dictionaries and compares one token with the database: once per
request, and at most once per second elsewhere (docs/decisions/0004).
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from wagtail.models import Site

from sites.units.models import tokens_of

from .models import HostAlias, HostMapVersion

ROOT_PATH_LENGTH = 8  # treebeard: 4 characters per level; site roots are at depth 2
RECHECK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Portal:
    """One site as every request needs it."""

    site_id: int
    hostname: str
    root_page_id: int
    root_path: str
    unit_id: int

    @property
    def root_url(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        return f"{settings.PORTAL_SCHEME}://{self.hostname}{settings.PORTAL_PORT_SUFFIX}"


@dataclass(slots=True)
class HostMap:
    """All hosts at one version."""

    token: uuid.UUID | None = None
    by_host: dict[str, Portal] = field(default_factory=dict)
    by_root_path: dict[str, Portal] = field(default_factory=dict)
    by_unit: dict[int, Portal] = field(default_factory=dict)
    aliases: dict[str, Portal] = field(default_factory=dict)
    # How many sites answer to each audience token.
    sites_by_token: Counter[str] = field(default_factory=Counter)


_current = HostMap()
_checked_at = 0.0
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The versions of the map of hosts and of the frames of sites (see `versions.py`)."""

    hosts: uuid.UUID = uuid.UUID(int=0)
    frame: uuid.UUID = uuid.UUID(int=0)


def host_map(*, recheck: bool = False, tokens: Tokens | None = None) -> HostMap:
    """The map of hosts, no older than a second; with `recheck` not older than this call.

    `tokens` are the stored ones where the caller has just read them.
    """
    global _checked_at
    now = time.monotonic()
    if _current.token is None or recheck or tokens or now - _checked_at > RECHECK_SECONDS:
        _checked_at = now
        _refresh((tokens or stored_tokens()).hosts)
    return _current


def hosts_changed() -> None:
    """Tell all processes, at commit, to load the map of hosts again; this one at once."""
    global _checked_at
    _checked_at = 0.0
    HostMapVersion.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})


def stored_tokens() -> Tokens:
    """Both versions as they stand in the database. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, token FROM hosts_hostmapversion")
        rows = dict(cursor.fetchall())
    nothing = uuid.UUID(int=0)
    return Tokens(rows.get(1, nothing), rows.get(2, nothing))


def tokens_of_request() -> Tokens:
    """Both versions, at the beginning of a request: by a connection that works from here on.

    Django would first ask a connection that an earlier request has left whether it still works;
    this statement tells as well. One query.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return stored_tokens()
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return stored_tokens()


def _refresh(token: uuid.UUID) -> None:
    global _current
    if _current.token == token:
        return
    with _lock:
        if _current.token != token:
            _current = _load(token)


def _load(token: uuid.UUID) -> HostMap:
    fresh = HostMap(token)
    rows = Site.objects.order_by().values_list(
        "pk", "hostname", "root_page_id", "root_page__path", "root_page__unit_id",
        "root_page__unit__path", "root_page__unit__tier",
    )  # fmt: skip
    by_site: dict[int, Portal] = {}
    for *row, unit_path, tier in rows.iterator(chunk_size=5000):
        portal = Portal(*row)
        fresh.sites_by_token.update(tokens_of(unit_path, tier))
        by_site[portal.site_id] = portal
        fresh.by_host[portal.hostname] = portal
        fresh.by_root_path[portal.root_path] = portal
        fresh.by_unit[portal.unit_id] = portal
    for hostname, site_id in HostAlias.objects.order_by().values_list("hostname", "site_id"):
        fresh.aliases[hostname] = by_site[site_id]
    return fresh


def portal_of_path(path: str) -> Portal | None:
    """The site under whose home page a tree path lies."""
    return host_map().by_root_path.get(path[:ROOT_PATH_LENGTH])


def portal_of_unit(unit_id: int | None) -> Portal | None:
    """The site of a unit, if it has one."""
    return host_map().by_unit.get(unit_id) if unit_id else None
