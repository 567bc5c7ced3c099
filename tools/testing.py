"""``make test``, ``make bench`` and the services that ``make check`` needs: own database and node.

Each run takes a slot (``var/test/0``, ``var/test/1`` …) with folders of its own, so that runs in
the same checkout do not disturb each other or the demonstration.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import chromium, django, locks, messages, ports, postgres, processes, search_node
from tools.disk import check_space
from tools.errors import ToolError, report
from tools.paths import CACHE, ROOT, VAR, socket_folder
from tools.progress import step

SLOTS = 8
NEEDED_BYTES = 1_000_000_000
IN_PARALLEL = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder", "--durations", "40"]


def is_ci() -> bool:
    """Whether a missing part must fail the run instead of leaving tests out."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


@contextlib.contextmanager
def slot(kind: str) -> Iterator[Path]:
    """Yield a folder that belongs to this run alone."""
    for number in range(SLOTS):
        folder = VAR / kind / str(number)
        with locks.open_lock(folder / "lock") as lock:
            if locks.try_exclusive(lock):
                yield folder
                return
    raise ToolError(
        f"{SLOTS} lượt chạy khác đang dùng thư mục này. Hãy đợi một lượt kết thúc.",
        f"{SLOTS} other runs use this checkout. Wait for one of them to end.",
    )


@contextlib.contextmanager
def database(folder: Path, *, careless: bool, fresh: str | None = None) -> Iterator[str]:
    """Run a PostgreSQL server during the block and yield its URL.

    ``fresh`` names a database that is dropped first.  A ``DATABASE_URL`` of the user's wins.
    """
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    cluster = postgres.Cluster(folder / "postgres", socket_folder(folder / "pg"), careless)
    with step("Khởi động PostgreSQL để kiểm thử", "Start PostgreSQL for the run"):
        postgres.stop(cluster)  # left behind by a run that was killed
        try:
            postgres.start(cluster)
            if fresh:
                postgres.drop_database(cluster, fresh)
                postgres.ensure_database(cluster, fresh)
        except BaseException:
            postgres.stop(cluster)
            raise
    try:
        yield cluster.url(fresh or postgres.DATABASE)
    finally:
        postgres.stop(cluster)


@contextlib.contextmanager
def elasticsearch(folder: Path) -> Iterator[str | None]:
    """Run a search node with an empty index during the block and yield its URL.

    None when it cannot be installed; in CI that is a failure.
    """
    if given := os.environ.get("ELASTICSEARCH_URL"):
        yield given
        return
    with step("Kiểm tra máy chủ tìm kiếm Elasticsearch", "Check the Elasticsearch node"):
        if not search_node.install():
            if is_ci():
                raise ToolError(
                    "CI cần máy chủ tìm kiếm nhưng không tải được.",
                    "CI needs the search node but it cannot be downloaded.",
                )
            yield None
            return
    data, log, port = folder / "search", folder / "search.log", ports.stable_free("es", folder)
    shutil.rmtree(data, ignore_errors=True)
    environment = django.environment(**{processes.MARK: str(folder)})
    with log.open("wb") as output:
        node = subprocess.Popen(
            search_node.command(data, port),
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        with step("Khởi động máy chủ tìm kiếm để kiểm thử", "Start the search node for the run"):
            search_node.wait_ready(port, node, log)
        yield search_node.url(port)
    finally:
        _end(node)


def _end(node: "subprocess.Popen[bytes]") -> None:
    node.terminate()
    try:
        node.wait(20)
    except subprocess.TimeoutExpired:
        node.kill()
        node.wait()


@contextlib.contextmanager
def all_services(
    kind: str, *, careless: bool, fresh: str | None = None
) -> Iterator[dict[str, str]]:
    """Run both services in a slot and yield the environment for the children."""
    check_space(VAR, NEEDED_BYTES)
    with slot(kind) as folder:
        processes.end_marked(str(folder))
        with (
            database(folder, careless=careless, fresh=fresh) as database_url,
            elasticsearch(folder) as search_url,
        ):
            variables = {
                "LIENCAP_ENV": "test",
                "DATABASE_URL": database_url,
                "MEDIA": str(folder / "media"),
                processes.MARK: str(folder),
                "HYPOTHESIS_STORAGE_DIRECTORY": str(CACHE / "hypothesis"),
            }
            if search_url:
                variables["ELASTICSEARCH_URL"] = search_url
            yield django.environment(**variables)


def _stop_politely() -> None:
    """Turn the signals that end a session into an exit that runs every ``finally``."""

    def leave(*_: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run a child on this terminal; on an interrupt it gets time to end by itself."""
    with subprocess.Popen(command, cwd=ROOT, env=environment) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(10)
            child.kill()
            raise


def _browser() -> dict[str, str]:
    """Return the browser's variable; without a browser its tests are left out, except in CI."""
    try:
        return {"CHROMIUM": chromium.ensure()}
    except ToolError as error:
        if is_ci():
            raise
        report(error)
        return {}


def test(arguments: list[str]) -> int:
    """Run pytest with everything it needs; returns its exit status.

    The whole suite runs in two processes, each with a database of its own.
    """
    _stop_politely()
    VAR.mkdir(exist_ok=True)
    browser = _browser()
    messages.compile_all()
    chosen = arguments or IN_PARALLEL
    command = [sys.executable, "-m", "pytest", "-o", f"cache_dir={CACHE / 'pytest'}", *chosen]
    with all_services("test", careless=True) as environment:
        return _run(command, environment | browser)


def bench(arguments: list[str]) -> int:
    """Run the benchmarks on durable settings and an empty, migrated database."""
    _stop_politely()
    VAR.mkdir(exist_ok=True)
    messages.compile_all()
    with all_services("bench", careless=False, fresh="liencap_bench") as environment:
        with step("Cập nhật lược đồ cơ sở dữ liệu", "Migrate the database"):
            django.migrate(environment)
        return _run([sys.executable, "-m", "tests.bench", *arguments], environment)
