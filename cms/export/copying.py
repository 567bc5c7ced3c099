"""The folders of static copies: whole or not at all, files shared between hosts.

<out>/<host>             → link to the newest whole version of a site
<out>/.versions/<host>-… one version, replaced by switching the link
<out>/.shared/…          files that several hosts need, linked into their versions
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage


class SharedFiles:
    """Static files and media, read once and linked into every site that needs them."""

    def __init__(self, out: Path) -> None:
        self.folder = out / ".shared"
        self._ready: dict[str, bool] = {}

    def is_shared(self, path: str) -> bool:
        """Whether a path is a static file or lies in the media store of this portal."""
        return path.startswith((settings.STATIC_URL, settings.MEDIA_URL))

    def put(self, path: str, version: Path) -> bool:
        """Link a file into a version; False when the portal has no such file."""
        if path not in self._ready:
            self._ready[path] = self._fetch(path)
        if not self._ready[path]:
            return False
        link_or_copy(self.folder / path.lstrip("/"), version / path.lstrip("/"))
        return True

    def text(self, path: str) -> str:
        """A fetched file as text."""
        return (self.folder / path.lstrip("/")).read_text(encoding="utf-8")

    def prune(self) -> None:
        """Delete files that no version links any more."""
        for file in self.folder.rglob("*"):
            if file.is_file() and file.stat().st_nlink == 1:
                file.unlink()

    def _fetch(self, path: str) -> bool:
        target = self.folder / path.lstrip("/")
        if target.exists():
            return True
        data = self._read(path)
        if data is None:
            return False
        write_file(target, data)
        return True

    def _read(self, path: str) -> bytes | None:
        if path.startswith(settings.MEDIA_URL):
            name = path.removeprefix(settings.MEDIA_URL)
            if not default_storage.exists(name):
                return None
            with default_storage.open(name) as file:
                return file.read()
        name = path.removeprefix(settings.STATIC_URL)
        if settings.STATIC_ROOT and staticfiles_storage.exists(name):
            with staticfiles_storage.open(name) as file:
                return file.read()
        found = finders.find(name)
        return Path(found).read_bytes() if found else None


def write_file(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    draft.write_bytes(data)
    os.replace(draft, target)


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for a file; a copy where the file system has no links."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def file_of(path: str) -> str:
    """The file in which an address is kept: `/tin-tuc/` → `tin-tuc/index.html`."""
    inside = path.lstrip("/")
    return f"{inside}index.html" if not inside or inside.endswith("/") else inside


class SiteFolder:
    """One version of a site being written; `publish()` puts it in place of the former one."""

    def __init__(self, out: Path, host: str) -> None:
        self.out = out
        self.host = host
        self.version = out / ".versions" / f"{host}-{time.time_ns():x}"
        self.files = 0
        self.bytes = 0

    def write(self, path: str, data: bytes) -> None:
        """Keep what an address answers."""
        write_file(self.version / file_of(path), data)
        self.files += 1
        self.bytes += len(data)

    def publish(self) -> None:
        """Switch the host's link to this version, and drop older ones."""
        link = self.out / self.host
        draft = self.out / f".{self.host}.tmp"
        draft.unlink(missing_ok=True)
        draft.symlink_to(self.version.relative_to(self.out))
        os.replace(draft, link)
        for other in (self.out / ".versions").glob(f"{self.host}-*"):
            is_mine = other.name.removeprefix(f"{self.host}-").isalnum()
            if is_mine and other != self.version:
                shutil.rmtree(other)

    def abandon(self) -> None:
        """Drop a version that could not be finished."""
        shutil.rmtree(self.version, ignore_errors=True)
