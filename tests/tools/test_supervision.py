"""Supervision: what dies is restarted, what is stopped leaves nothing behind."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.tools.checkout import make_checkout, processes_of, run_code

START = """
import sys
from tools import django, processes, services
from tools.paths import RUN
from tools.supervision import Program, Supervisor, launch, write_config
sleeper = [sys.executable, "-c", "import time; time.sleep(600)", "100%"]
write_config([Program("sleeper", sleeper, 10)])
launch(django.environment(**{processes.MARK: str(RUN)}))
services.write({"PORT": "1"})
Supervisor().start("sleeper")
print("started", flush=True)
import os; os._exit(0)
"""
STATE = "from tools.supervision import Supervisor; print(Supervisor().states())"
DOWN = "import sys; from tools import demo; sys.exit(demo.down())"


def run(checkout: Path, code: str) -> str:
    """Run code in the checkout and return its output; it must succeed."""
    with run_code(checkout, code) as process:
        output = process.communicate(timeout=90)[0]
    assert process.returncode == 0, output
    return output


def sleepers(checkout: Path) -> list[psutil.Process]:
    """Return the supervised program's processes."""
    parent = [p for p in processes_of(checkout) if "supervisor.supervisord" in p.cmdline()]
    return [child for process in parent for child in process.children()]


def eventually(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether the condition becomes true in time."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def test_killed_program_is_restarted_and_down_ends_all(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    run(checkout, START)
    try:
        assert eventually(lambda: "RUNNING" in run(checkout, STATE))
        first = sleepers(checkout)[0]
        assert first.cmdline()[-1] == "100%"
        first.kill()
        assert eventually(lambda: [p.pid for p in sleepers(checkout)] not in ([], [first.pid]))
    finally:
        assert "All services are stopped" in run(checkout, DOWN)
    assert processes_of(checkout) == []
    assert not (checkout / "var" / "run" / "services.json").exists()
    assert "Nothing is running" in run(checkout, DOWN)


def test_down_finds_the_children_of_a_killed_supervisor(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    run(checkout, START)
    assert eventually(lambda: sleepers(checkout) != [])
    orphan = sleepers(checkout)[0]
    for process in processes_of(checkout):
        process.kill()
    assert orphan.is_running()
    assert run(checkout, "from tools import services; print(services.running())").strip() == "{}"
    assert "All services are stopped" in run(checkout, DOWN)
    assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
