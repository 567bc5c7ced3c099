"""Running ``manage.py`` and the one-off steps before the web server starts."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.bootstrap import STAMP
from tools.errors import ToolError
from tools.paths import ROOT, VAR
from tools.progress import Counter, step

STATIC = VAR / "static"
STATIC_STAMP = VAR / "static.sha256"


def environment(**values: str) -> dict[str, str]:
    """Return our environment plus ``values``, without bytecode files beside the sources."""
    return os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"} | values


def manage(env: dict[str, str], *arguments: str) -> None:
    """Run one management command on this terminal; :class:`ToolError` when it fails."""
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=False)
    if done.returncode:
        raise _failed(arguments[0])


def _failed(name: str) -> ToolError:
    return ToolError(
        f"Lệnh manage.py {name} không thành công (lý do ở ngay trên).",
        f"The command manage.py {name} failed (its reason is right above).",
    )


def migrate(env: dict[str, str]) -> None:
    """Bring the database's schema up to date, counting the migrations."""
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--no-color"]
    counter, lines = Counter("migrations"), []
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            if line.startswith("  Applying "):
                counter.add(line.split()[1].removesuffix("..."))
    counter.finish()
    if process.returncode:
        print("\n".join(lines[-15:]), file=sys.stderr)
        raise _failed("migrate")


def _static_sources() -> Iterable[Path]:
    for folder in ("cms", "sites", "themes", "search"):
        yield from sorted(p for p in (ROOT / folder).glob("**/static/**/*") if p.is_file())


def _static_fingerprint() -> str:
    """Return a digest that changes with the project's static files and with the packages."""
    digest = hashlib.sha256(STAMP.read_bytes() if STAMP.exists() else b"")
    for path in _static_sources():
        state = path.stat()
        digest.update(f"{path}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static(env: dict[str, str]) -> None:
    """Collect static files, only when they changed."""
    fingerprint = _static_fingerprint()
    known = STATIC_STAMP.read_text(encoding="utf-8") if STATIC_STAMP.exists() else ""
    if known == fingerprint and STATIC.exists():
        return
    with step("Gom tệp tĩnh", "Collect static files"):
        manage(env, "collectstatic", "--no-input", "--clear", "--verbosity", "0")
    STATIC_STAMP.write_text(fingerprint, encoding="utf-8")
