"""The lock file: which jars make up the node, and proof that a file is one of them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from search.node.errors import JarMismatchError, NodeError

LOCK_FILE = Path(__file__).with_name("jars.lock.json")
CHUNK = 1 << 20


@dataclass(frozen=True)
class Jar:
    """One locked jar: Maven coordinates and the SHA-256 of its bytes (64 hex digits)."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def filename(self) -> str:
        """The file's name in the node's folders."""
        return f"{self.artifact}-{self.version}.jar"

    @property
    def is_transport(self) -> bool:
        """Whether the jar belongs to the HTTP module instead of the server's class path."""
        return self.group == "io.netty" or self.artifact == "transport-netty4"


@dataclass(frozen=True)
class Lock:
    """Contents of the lock file."""

    elasticsearch: str
    jars: tuple[Jar, ...]


def read_lock(path: Path = LOCK_FILE) -> Lock:
    """Return the locked jars; :class:`NodeError` when the file is missing or damaged."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Lock(data["elasticsearch"], tuple(Jar(**jar) for jar in data["jars"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NodeError(f"The lock file {path.name} cannot be read: {error}.") from error


def write_lock(lock: Lock, path: Path = LOCK_FILE) -> None:
    """Write ``lock`` in a stable order, so that an upgrade is a readable diff."""
    jars = sorted(lock.jars, key=lambda jar: (jar.group, jar.artifact))
    data = {"elasticsearch": lock.elasticsearch, "jars": [asdict(jar) for jar in jars]}
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hex, read in chunks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def verify(path: Path, jar: Jar) -> None:
    """Raise :class:`JarMismatchError` unless ``path`` holds exactly the locked bytes."""
    found = sha256_of(path)
    if found != jar.sha256:
        raise JarMismatchError(
            f"{path.name} differs from search/node/jars.lock.json (expected SHA-256 "
            f"{jar.sha256[:16]}…, found {found[:16]}…): the search node is not started. "
            f"Delete {path} and try again; if it differs again, do not use that repository."
        )


def unexpected(folder: Path, jars: Iterable[Jar]) -> list[Path]:
    """Return jars in ``folder`` that the lock does not name: the JVM would load them too."""
    known = {jar.filename for jar in jars}
    return sorted(path for path in folder.glob("*.jar") if path.name not in known)
