"""Which command needs what, and the step from bare Python into the virtual environment."""

import os
import sys

from tools.bootstrap import DEVELOPMENT, RUNTIME, prepare
from tools.errors import ToolError, report
from tools.paths import ROOT, VENV_PYTHON
from tools.progress import say

NEEDS: dict[str, tuple[str, ...]] = {
    "demo": RUNTIME,
    "up": RUNTIME,
    "down": (),
    "test": DEVELOPMENT,
    "bench": DEVELOPMENT,
    "check": DEVELOPMENT,
    "messages": DEVELOPMENT,
    "lighthouse": DEVELOPMENT,
    "screenshots": DEVELOPMENT,
}


def main(arguments: list[str]) -> int:
    """Prepare the environment and hand over to ``tools.work`` inside it; returns a status."""
    if not arguments or arguments[0] not in NEEDS:
        print(f"usage: python3 -m tools {{{','.join(NEEDS)}}} [ARGS…]", file=sys.stderr)
        return 2
    try:
        if needs := NEEDS[arguments[0]]:
            prepare(needs)
    except ToolError as error:
        return report(error)
    except KeyboardInterrupt:
        say("\nĐã dừng; chạy lại sẽ làm tiếp. · Interrupted; run again to go on.")
        return 130
    if not VENV_PYTHON.exists():
        say("Không có gì đang chạy. · Nothing is running.")
        return 0
    os.chdir(ROOT)
    command = [str(VENV_PYTHON), "-m", "tools.work", *arguments]
    return os.execv(VENV_PYTHON, command)  # noqa: S606 (replaces this process, never returns)
