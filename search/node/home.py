"""The node's home folder: jars, module descriptor, configuration, logs."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from search.node.errors import JarMismatchError
from search.node.lock import Jar, Lock, unexpected, verify
from search.node.repository import download

# Elasticsearch 9.5 wants Java 21 or newer; the wheel brings 25.
DESCRIPTOR = """\
name=transport-netty4
description=Netty 4 based transport implementation
version={version}
elasticsearch.version={version}
java.version=21
classname=org.elasticsearch.transport.netty4.Netty4Plugin
has.native.controller=false
licensed=false
"""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Home:
    """Folders of one installation; several nodes can share it, each with its own data folder."""

    path: Path

    @property
    def lib(self) -> Path:
        """The server's class path."""
        return self.path / "lib"

    @property
    def module(self) -> Path:
        """The HTTP and transport module."""
        return self.path / "modules" / "transport-netty4"

    @property
    def config(self) -> Path:
        """The (empty) configuration folder; settings are given by code."""
        return self.path / "config"

    def place(self, jar: Jar) -> Path:
        """Return where ``jar`` belongs."""
        return (self.module if jar.is_transport else self.lib) / jar.filename


def verify_home(home: Home, lock: Lock) -> list[Jar]:
    """Check every jar that is there; return those that are missing.

    Raises ``JarMismatchError`` for a jar that differs or one that the lock does not know.
    """
    missing: list[Jar] = []
    for jar in lock.jars:
        path = home.place(jar)
        if not path.exists():
            missing.append(jar)
            continue
        verify(path, jar)
    for folder in (home.lib, home.module):
        if strangers := unexpected(folder, lock.jars):
            raise JarMismatchError(
                f"{strangers[0]} is not named in search/node/jars.lock.json: the search node is "
                "not started. Delete that file and try again."
            )
    return missing


def _remove_outdated(home: Home, lock: Lock) -> None:
    """Drop jars of another version of the server; they would be on the class path otherwise."""
    stamp = home.path / "elasticsearch.version"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock.elasticsearch:
        return
    for folder in (home.lib, home.module):
        for path in unexpected(folder, lock.jars):
            path.unlink()


def _write_fixed_files(home: Home, lock: Lock) -> None:
    """Write what does not come from a jar repository."""
    for folder in (home.lib, home.module, home.config, home.path / "plugins"):
        folder.mkdir(parents=True, exist_ok=True)
    descriptor = home.module / "plugin-descriptor.properties"
    descriptor.write_text(DESCRIPTOR.format(version=lock.elasticsearch), encoding="utf-8")


def install(home: Home, lock: Lock, progress: Progress | None = None) -> int:
    """Make ``home`` complete and verified; return the number of jars downloaded.

    Repeatable at any point: jars are moved into place only when checked.  Raises
    ``JarMismatchError`` or ``DownloadError``.
    """
    _write_fixed_files(home, lock)
    _remove_outdated(home, lock)
    missing = verify_home(home, lock)
    incoming = home.path / "incoming"
    places = {jar.filename: home.place(jar) for jar in missing}
    done = 0
    for path in download(missing, incoming) if missing else ():
        os.replace(path, places[path.name])
        done += 1
        if progress:
            progress(done, len(missing))
    (home.path / "elasticsearch.version").write_text(lock.elasticsearch, encoding="utf-8")
    return done
