"""The embedded PostgreSQL: made, repaired, shared and stopped."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.tools.checkout import make_checkout, processes_of, run_code
from tools import postgres
from tools.paths import LONGEST_SOCKET_FOLDER, socket_folder

ENSURE = "from tools.postgres import ensure_running; print(ensure_running(), flush=True); input()"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[postgres.Cluster]:
    """A cluster that is not running yet."""
    made = postgres.Cluster(tmp_path / "pg", socket_folder(tmp_path / "s"), careless=True)
    yield made
    postgres.stop(made)


def ask(cluster: postgres.Cluster, query: str) -> str:
    """Return the first value of a query's answer."""
    with psycopg.connect(cluster.url()) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def test_starts_twice_knows_vietnamese_letters_and_stops(cluster: postgres.Cluster) -> None:
    postgres.start(cluster)
    server = postgres.server_process(cluster)
    assert server is not None
    assert ask(cluster, "SELECT lower('ĐƯỜNG THÔN ẤP')") == "đường thôn ấp"
    assert ask(cluster, "SHOW fsync") == "off"
    assert ask(cluster, "SHOW listen_addresses") == ""
    postgres.start(cluster)
    assert postgres.server_process(cluster) == server
    postgres.stop(cluster)
    assert postgres.server_process(cluster) is None
    assert not server.is_running()


def test_data_survives_a_kill(tmp_path: Path) -> None:
    durable = postgres.Cluster(tmp_path / "pg", socket_folder(tmp_path / "s"))
    postgres.start(durable)
    try:
        with psycopg.connect(durable.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        server = postgres.server_process(durable)
        assert server is not None
        server.kill()
        server.wait(10)
        postgres.start(durable)
        assert ask(durable, "SELECT number FROM kept") == "7"
        assert ask(durable, "SHOW fsync") == "on"
    finally:
        postgres.stop(durable)


def test_half_made_folder_is_made_again(cluster: postgres.Cluster) -> None:
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("18\n", encoding="utf-8")
    postgres.start(cluster)
    assert ask(cluster, "SELECT 1") == "1"


def test_long_paths_get_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    made = postgres.Cluster(deep / "pg", socket_folder(deep / "s"), careless=True)
    assert len(str(made.sockets)) <= LONGEST_SOCKET_FOLDER
    deep.mkdir(parents=True)
    try:
        postgres.start(made)
        assert ask(made, "SELECT 1") == "1"
    finally:
        postgres.stop(made)
    assert not made.sockets.exists()


def test_last_command_stops_the_shared_server(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    with run_code(checkout, ENSURE) as first, run_code(checkout, ENSURE) as second:
        assert first.stdout is not None
        assert second.stdout is not None
        url = first.stdout.readline().strip()
        assert url == second.stdout.readline().strip()
        first.communicate("\n", timeout=60)
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        second.communicate("\n", timeout=60)
    assert (first.returncode, second.returncode) == (0, 0)
    assert processes_of(checkout / "var") == []


def test_supervisor_may_not_take_a_database_in_use(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    claim = "from tools import postgres, errors\ntry:\n postgres.claim()\n print('taken')\n"
    claim += "except errors.ToolError as error:\n print(error.en)"
    with run_code(checkout, ENSURE) as user:
        assert user.stdout is not None
        user.stdout.readline()
        with run_code(checkout, claim) as refused:
            assert "A manage.py command is using this database" in refused.communicate()[0]
        user.kill()
    with run_code(checkout, claim) as granted:
        assert "taken" in granted.communicate()[0]
    assert processes_of(checkout / "var") == []
