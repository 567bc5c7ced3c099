"""The jars are exactly those of the lock file, or the node does not start."""

import json
import shutil
from pathlib import Path

import pytest

from search.node.errors import JarMismatchError, NodeError
from search.node.home import Home, install, verify_home
from search.node.lock import LOCK_FILE, Jar, Lock, read_lock, sha256_of, write_lock


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose folders exist."""
    made = Home(tmp_path / "home")
    made.lib.mkdir(parents=True)
    made.module.mkdir(parents=True)
    return made


@pytest.fixture
def lock(home: Home) -> Lock:
    """A lock of two small jars that are in place."""
    jars = []
    for group, artifact in (("org.example", "server"), ("io.netty", "wire")):
        jar = Jar(group, artifact, "1.0", "")
        home.place(jar).write_bytes(artifact.encode())
        jars.append(Jar(group, artifact, "1.0", sha256_of(home.place(jar))))
    return Lock("9.9.9", tuple(jars))


def test_the_projects_lock_names_every_jar_and_no_host() -> None:
    text = LOCK_FILE.read_text(encoding="utf-8")
    lock = read_lock()
    assert len({jar.filename for jar in lock.jars}) == len(lock.jars) > 40
    assert all(len(jar.sha256) == 64 and int(jar.sha256, 16) for jar in lock.jars)
    assert {jar.version for jar in lock.jars if jar.artifact == "elasticsearch"} == {
        lock.elasticsearch
    }
    assert "://" not in text


def test_whole_home_passes(home: Home, lock: Lock) -> None:
    assert verify_home(home, lock) == []
    assert install(home, lock) == 0


def test_http_jars_lie_apart_from_the_class_path(home: Home, lock: Lock) -> None:
    server, wire = (home.place(jar) for jar in lock.jars)
    assert server.parent == home.lib
    assert wire.parent == home.module


def test_changed_jar_is_refused_with_its_name(home: Home, lock: Lock) -> None:
    changed = home.place(lock.jars[0])
    changed.write_bytes(changed.read_bytes() + b"!")
    with pytest.raises(JarMismatchError, match=r"server-1.0.jar differs .* not started"):
        install(home, lock)


def test_jar_that_nobody_locked_is_refused(home: Home, lock: Lock) -> None:
    install(home, lock)
    shutil.copy(home.place(lock.jars[0]), home.lib / "stranger-1.0.jar")
    with pytest.raises(JarMismatchError, match="stranger-1.0.jar is not named"):
        install(home, lock)


def test_upgrade_drops_the_old_versions_jars(home: Home, lock: Lock) -> None:
    install(home, lock)
    newer = Lock("9.9.10", lock.jars[1:])
    assert install(home, newer) == 0
    assert not home.place(lock.jars[0]).exists()


def test_lock_survives_writing_and_reading(tmp_path: Path, lock: Lock) -> None:
    path = tmp_path / "lock.json"
    write_lock(lock, path)
    assert set(read_lock(path).jars) == set(lock.jars)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"elasticsearch": "9"}', '{"jars": [{}]}'])
def test_damaged_lock_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lock.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NodeError, match="lock.json cannot be read"):
        read_lock(path)


def test_lock_file_is_sorted_for_readable_diffs() -> None:
    jars = json.loads(LOCK_FILE.read_text(encoding="utf-8"))["jars"]
    assert jars == sorted(jars, key=lambda jar: (jar["group"], jar["artifact"]))
