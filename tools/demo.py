"""``make demo``, ``make up`` and ``make down``: all services of the demonstration."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tools import django, locks, messages, ports, postgres, processes, search_node, services
from tools.disk import check_space
from tools.errors import ToolError
from tools.paths import RUN, VAR, remove_socket_folder
from tools.progress import say, step
from tools.supervision import Program, Supervisor, launch, write_config

LOCK = RUN / "demo.lock"
READY_SECONDS = 180
PROVINCE_HOST, EDITORS_HOST = "haiduong.localhost", "quantri.haiduong.localhost"
PROVINCE, DISTRICT, COMMUNE = "30", "294", "10867"  # units of the demonstration accounts
PASSWORD = "liencap-demo"  # noqa: S105 (public on purpose, refused outside the demonstration)


@dataclass
class Services:
    """The programs of one start and the environment they get."""

    port: int
    programs: list[Program] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The whole environment of the children; the mark lets us find them again."""
        return django.environment(**self.variables, **{processes.MARK: str(RUN)})

    def named(self, *names: str) -> list[str]:
        """Return those of ``names`` that this start has."""
        return [program.name for program in self.programs if program.name in names]


def plan(port: int) -> Services:
    """Decide what to run: services that the user's environment names are used, not started."""
    result = Services(port, variables={"PORT": str(port), "LIENCAP_ENV": "demo"})
    _plan_database(result)
    _plan_search(result)
    python, binds = sys.executable, [f"127.0.0.1:{port}"]
    if ports.has_ipv6():
        binds.append(f"[::1]:{port}")
    web = [python, "-m", "gunicorn", "cms.wsgi:application", "--preload", "--workers", "2"]
    web += [
        "--timeout",
        "60",
        "--graceful-timeout",
        "8",
        *(part for bind in binds for part in ("--bind", bind)),
    ]
    result.programs += [
        Program("worker", [python, "manage.py", "worker"], 30, stop_seconds=15),
        Program("web", web, 40, stop_seconds=12),
    ]
    return result


def _plan_database(result: Services) -> None:
    if given := os.environ.get("DATABASE_URL"):
        result.variables["DATABASE_URL"] = given
        return
    cluster = postgres.demo_cluster()
    result.variables["DATABASE_URL"] = cluster.url()
    # SIGINT is PostgreSQL's "fast" stop: it does not wait for connections to close.
    result.programs.append(
        Program(
            "postgres",
            postgres.command(cluster),
            10,
            stop_signal="INT",
            stop_seconds=30,
            user=postgres.run_user(),
            directory=cluster.data,
        )
    )


def _plan_search(result: Services) -> None:
    if given := os.environ.get("ELASTICSEARCH_URL"):
        result.variables["ELASTICSEARCH_URL"] = given
        return
    with step("Kiểm tra máy chủ tìm kiếm Elasticsearch", "Check the Elasticsearch node"):
        if not search_node.install():
            return
    port = ports.stable_free("search", RUN)
    result.variables["ELASTICSEARCH_URL"] = search_node.url(port)
    result.programs.append(Program("search", search_node.command(VAR / "search", port), 20))


# ------------------------------------------------------------------------------- starting, stopping


@contextlib.contextmanager
def _starting_alone() -> Iterator[None]:
    """Refuse two starts of one checkout at the same time."""
    with locks.open_lock(LOCK) as lock:
        if not locks.try_exclusive(lock):
            raise ToolError(
                "Một lệnh make demo hoặc make up khác đang khởi động ở thư mục này. Hãy đợi nó.",
                "Another make demo or make up is starting in this checkout. Wait for it.",
            )
        yield


def _check_room() -> int:
    """Check space and port before anything is started; returns the port.

    What a killed run left behind goes first: it may hold the port.
    """
    port = ports.web_port()
    check_space(VAR)
    if left := processes.end_marked(str(RUN)):
        say(f"  Đã dọn {left} tiến trình sót lại · Ended {left} processes left behind")
    services.remove()
    ports.check_free(port)
    return port


def _start(port: int) -> "tuple[Services, subprocess.Popen[bytes]]":
    """Start everything and return when ``/readyz`` answers 200."""
    result = plan(port)
    if result.named("postgres"):
        postgres.claim()
    write_config(result.programs)
    process = launch(result.environment)
    services.write(result.variables)
    supervisor = Supervisor()
    supervisor.start(*result.named("postgres", "search"))
    _fill(result)
    with step("Khởi động tiến trình nền và máy chủ web", "Start the worker and the web server"):
        supervisor.start("worker", "web")
        _wait_until_served(result, supervisor)
    return result, process


def _fill(result: Services) -> None:
    """Bring database, translations and static files up to date; fill an empty database."""
    if result.named("postgres"):
        with step("Khởi động PostgreSQL", "Start PostgreSQL"):
            postgres.wait_ready(postgres.demo_cluster())
            postgres.ensure_database(postgres.demo_cluster())
    messages.compile_all()
    with step("Cập nhật lược đồ cơ sở dữ liệu", "Migrate the database"):
        django.migrate(result.environment)
    django.collect_static(result.environment)
    with step("Dữ liệu minh hoạ", "Demonstration content"):
        django.manage(result.environment, "demo_fill")


def _get(port: int, path: str, host: str = PROVINCE_HOST) -> tuple[int, bytes]:
    """GET from our web server; status 0 when it does not answer."""
    request = urllib.request.Request(  # noqa: S310 (always http to loopback)
        f"http://127.0.0.1:{port}{path}", headers={"Host": f"{host}:{port}"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=15) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""
    except (urllib.error.URLError, OSError):
        return 0, b""


def _wait_until_served(result: Services, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while _get(result.port, "/readyz")[0] != 200:
        supervisor.check(result.programs)
        if time.monotonic() > deadline:
            raise _not_ready()
        time.sleep(0.2)


def _not_ready() -> ToolError:
    return ToolError(
        f"Cổng chưa sẵn sàng sau {READY_SECONDS} giây; xem nhật ký trong var/log.",
        f"The portal is not ready after {READY_SECONDS} seconds; see the logs in var/log.",
    )


def stop() -> bool:
    """Stop all services, in order where possible; returns whether anything ran."""
    supervisor = Supervisor()
    ran = supervisor.is_alive()
    supervisor.shutdown()
    ran = processes.end_marked(str(RUN)) > 0 or ran
    cluster = postgres.demo_cluster()
    ran = postgres.server_process(cluster) is not None or ran
    postgres.stop(cluster)
    services.remove()
    remove_socket_folder(RUN)
    return ran


def _stop_visibly() -> None:
    """Stop; a second Ctrl-C must not leave half of it running."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with step("Dừng các dịch vụ", "Stop the services"):
        stop()


# ---------------------------------------------------------------------------------------- printing


def _hosts(port: int) -> dict[str, str]:
    """Return the hosts of the demonstration's district and commune by unit code."""
    status, body = _get(port, f"/api/v1/units?under={DISTRICT}")
    if status != 200:
        return {}
    answer: Any = json.loads(body)
    rows = answer if isinstance(answer, list) else answer.get("units", answer.get("results", []))
    return {row["code"]: row["host"] for row in rows if row.get("host")}


def _announce(result: Services) -> None:
    """Print the addresses and the demonstration accounts."""
    hosts = _hosts(result.port)
    rows = [
        ("Tỉnh · Province", PROVINCE_HOST),
        ("Huyện Thanh Hà · District", hosts.get(DISTRICT, "")),
        ("Xã · Commune", hosts.get(COMMUNE, "")),
        ("Trang quản trị · Editors' side", EDITORS_HOST),
    ]
    say("\nLiên Cấp đã sẵn sàng · Liên Cấp is ready\n")
    for label, host in rows:
        if host:
            say(f"  {label:32} http://{host.split(':')[0]}:{result.port}/")
    engine = "Elasticsearch" if "ELASTICSEARCH_URL" in result.variables else "PostgreSQL"
    say(f"  {'Tìm kiếm · Search':32} {engine}")
    say(f"\n  Tài khoản minh hoạ · Demonstration accounts (mật khẩu · password: {PASSWORD})")
    for label, accounts in (
        ("Tỉnh · Province", "bientap.tinh  duyet.tinh  quantri.tinh"),
        ("Huyện Thanh Hà · District", "bientap.huyen  duyet.huyen"),
        ("Xã · Commune", "bientap.xa  duyet.xa"),
        ("Toàn hệ thống · Superuser", "quantri"),
    ):
        say(f"  {label:32} {accounts}")
    say("")


# ---------------------------------------------------------------------------------------- commands


def _raise_interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _listen_to_signals() -> None:
    """Treat the end of the terminal or of ``make`` like Ctrl-C.

    Installed explicitly: shells start background jobs with SIGINT ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_interrupt)


def _refuse_when_running() -> None:
    if Supervisor().is_alive():
        port = services.read().get("PORT", "8000")
        raise ToolError(
            f"Cổng minh hoạ đang chạy tại http://{PROVINCE_HOST}:{port}/. Dừng bằng: make down.",
            f"The demonstration is already running at http://{PROVINCE_HOST}:{port}/. "
            "Stop it with: make down.",
        )


def demo() -> int:
    """Serve in the foreground until Ctrl-C; returns the exit status."""
    _listen_to_signals()
    VAR.mkdir(exist_ok=True)
    _refuse_when_running()
    with _starting_alone():
        port = _check_room()
        try:
            result, process = _start(port)
            _announce(result)
            say("Nhấn Ctrl-C để dừng · Press Ctrl-C to stop\n")
            process.wait()
            say("Các dịch vụ đã bị dừng từ nơi khác · The services were stopped from elsewhere")
        except KeyboardInterrupt:
            say("")
        finally:
            _stop_visibly()
    return 0


def _wait_for_the_other() -> int:
    """Wait until services that another command started are ready."""
    deadline = time.monotonic() + READY_SECONDS
    port = int(services.read().get("PORT", "8000"))
    while _get(port, "/readyz")[0] != 200:
        if time.monotonic() > deadline:
            raise _not_ready()
        time.sleep(0.5)
    say(f"  http://{PROVINCE_HOST}:{port}/")
    return 0


def up() -> int:
    """Start in the background; returns when ``/readyz`` answers 200."""
    _listen_to_signals()
    VAR.mkdir(exist_ok=True)
    if Supervisor().is_alive():
        say("Đang chạy sẵn · Already running")
        return _wait_for_the_other()
    with _starting_alone():
        port = _check_room()
        try:
            result, _ = _start(port)
        except BaseException:
            _stop_visibly()
            raise
    _announce(result)
    say("Dừng bằng make down · Stop with make down")
    return 0


def down() -> int:
    """Stop everything that ``demo`` or ``up`` started, also after a kill."""
    if stop():
        say("Đã dừng mọi dịch vụ · All services are stopped")
    else:
        say("Không có gì đang chạy · Nothing is running")
    return 0


ACTIONS = {"demo": demo, "up": up, "down": down}
