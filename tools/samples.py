"""One address of every page type of the running demonstration, as ``page_samples`` tells them."""

import json
import subprocess
import sys

from tools import django
from tools.errors import ToolError
from tools.paths import ROOT


def samples(variables: dict[str, str]) -> dict[str, str]:
    """Return addresses by page type; ``variables`` name the services to ask."""
    command = [sys.executable, "manage.py", "page_samples", "--json"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=django.environment(**variables),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolError(
            "Không đọc được danh sách trang của cổng minh hoạ.",
            "The pages of the demonstration could not be listed.",
        )
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found
