"""Getting jars from Maven Central with jgo's resolver and downloader (pure Python, no Java)."""

import logging
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

import requests
from jgo.maven import MavenContext

from search.node.errors import DownloadError
from search.node.lock import Jar, Lock, sha256_of, verify

TIMEOUT = 60
PARALLEL = 4


@contextmanager
def _maven(scratch_parent: Path) -> Iterator[MavenContext]:
    """Yield a context with an empty cache: jgo refuses to overwrite a half-made file in an old one.

    jgo's own log is silenced meanwhile; its failures come back as exceptions.
    """
    logging.getLogger("jgo").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(dir=scratch_parent, prefix="download-") as scratch:
        yield MavenContext(repo_cache=Path(scratch), timeout=TIMEOUT)


def _fetch(context: MavenContext, jar: Jar, folder: Path) -> Path:
    """Download one jar, check it, and only then move it to its place."""
    component = context.project(jar.group, jar.artifact).at_version(jar.version)
    downloaded = Path(component.artifact().resolve())
    verify(downloaded, jar)
    target = folder / jar.filename
    downloaded.replace(target)
    return target


def download(jars: list[Jar], folder: Path) -> Iterator[Path]:
    """Download ``jars`` into ``folder`` and yield each path as it arrives.

    Raises :class:`DownloadError` when the repository does not answer and ``JarMismatchError`` when
    it delivers something else than what is locked.  What was finished stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _maven(folder) as context, ThreadPoolExecutor(PARALLEL) as pool:
        futures = [pool.submit(_fetch, context, jar, folder) for jar in jars]
        try:
            for future in as_completed(futures):
                yield future.result()
        except (requests.RequestException, RuntimeError) as error:
            raise DownloadError(
                "The search node's jars cannot be downloaded (no connection to Maven Central): "
                f"{type(error).__name__}. Check the network or the proxy and run again."
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def resolve(version: str, scratch_parent: Path) -> Lock:
    """Resolve the server's dependencies afresh and return a new lock (for upgrades only)."""
    roots = (
        f"org.elasticsearch:elasticsearch:{version}",
        f"org.elasticsearch.plugin:transport-netty4:{version}",
    )
    with _maven(scratch_parent) as context:
        inputs, others = context.resolver.resolve([context.create_dependency(r) for r in roots])
        jars = tuple(
            Jar(d.groupId, d.artifactId, d.version, sha256_of(Path(d.artifact.resolve())))
            for d in [*inputs, *others]
        )
    return Lock(version, jars)
