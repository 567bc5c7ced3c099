"""``var/run/services.json``: where a plain ``manage.py`` finds the services that run."""

import json
import os
import socket

from tools.paths import RUN, socket_folder

FILE = RUN / "services.json"


def write(values: dict[str, str]) -> None:
    """Publish the environment variables of the running services, whole or not at all."""
    RUN.mkdir(parents=True, exist_ok=True)
    draft = FILE.with_suffix(".tmp")
    draft.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, FILE)


def read() -> dict[str, str]:
    """Return what :func:`write` published, or nothing."""
    try:
        values: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values


def running() -> dict[str, str]:
    """Return :func:`read` if the supervisor is alive; a crashed machine leaves a stale file."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(socket_folder(RUN) / "supervisor.sock"))
        except OSError:
            return {}
    return read()


def remove() -> None:
    """Withdraw the file when the services stop."""
    FILE.unlink(missing_ok=True)
