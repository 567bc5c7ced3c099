"""How often one address may ask the API: a token bucket in a file that all workers share.

The file is mapped into memory: no query and no server for it, 10 µs a request. It holds keyed
hashes, no addresses. Several machines count for themselves.
"""

from __future__ import annotations

import fcntl
import hmac
import ipaddress
import logging
import mmap
import os
import struct
import threading
import time
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger("liencap.search")

# A page of suggestions while typing, and an office of people behind one address, fit in easily.
BURST = 300
PER_SECOND = 20.0
SLOTS = 1 << 16
RECORD = struct.Struct("<Qdd")  # whose, when last (seconds), tokens left then
FILE_NAME = "api-limits.bin"


class Buckets:
    """One bucket per address; two that fall into one slot take it from each other."""

    def __init__(self, path: Path) -> None:
        """Raises OSError where the file cannot be made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._file, SLOTS * RECORD.size)
        self._map = mmap.mmap(self._file, SLOTS * RECORD.size)
        self._lock = threading.Lock()

    def wait_for(self, address: str) -> float:
        """Take a token; 0.0 when there was one, else the seconds until there is."""
        digest = hmac.digest(settings.SECRET_KEY.encode(), address.encode(), "sha256")
        owner = int.from_bytes(digest[:8], "little")
        at = owner % SLOTS * RECORD.size
        with self._lock:  # threads; the lock on the file is between processes
            fcntl.lockf(self._file, fcntl.LOCK_EX, RECORD.size, at)
            try:
                return self._take(owner, at)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, RECORD.size, at)

    def _take(self, owner: int, at: int) -> float:
        known, last, tokens = RECORD.unpack_from(self._map, at)
        now = time.time()
        if known != owner or now < last:
            last, tokens = now, BURST
        tokens = min(BURST, tokens + (now - last) * PER_SECOND)
        wait = max(0.0, (1 - tokens) / PER_SECOND)
        RECORD.pack_into(self._map, at, owner, now, tokens if wait else tokens - 1)
        return wait


_buckets: Buckets | None = None
_is_broken = False


def seconds_to_wait(request: HttpRequest) -> float:
    """0.0 when a request may be answered, else the seconds until its address may ask again."""
    global _buckets, _is_broken
    address = client_address(request)
    if not address or _is_broken:
        return 0.0
    try:
        _buckets = _buckets or Buckets(settings.VAR_DIR / FILE_NAME)
        return _buckets.wait_for(address)
    except OSError as error:
        _is_broken = True
        logger.warning("The API answers without a limit: %s", error)
        return 0.0


def client_address(request: HttpRequest) -> str:
    """The address that a limit is kept for; "" for machines of the installation's own network.

    Behind a proxy it is the last entry of X-Forwarded-For, which our proxy wrote; the header
    counts only from private addresses, so nobody outside can choose his. IPv6 by its /64.
    """
    direct = _parsed(request.META.get("REMOTE_ADDR", ""))
    if direct is not None and not direct.is_private:
        return _grouped(direct)
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
    behind = _parsed(forwarded)
    return _grouped(behind) if behind is not None and not behind.is_private else ""


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _grouped(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
