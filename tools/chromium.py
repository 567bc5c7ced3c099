"""Debian's Chromium for the browser tests."""

import os
import shutil
import subprocess

from tools.errors import ToolError
from tools.progress import say, step

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """Return the browser's path, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> str:
    """Return the browser's path; installs Debian's package when root.  ``ToolError`` otherwise."""
    if path := find():
        return path
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        with step("Cài trình duyệt Chromium của Debian", "Install Debian's Chromium"):
            _apt(apt, "update", "-q")
            _apt(apt, "install", "-yq", "--no-install-recommends", "chromium")
        if path := find():
            return path
    raise ToolError(
        "Không có Chromium cho kiểm thử trình duyệt. Hãy chạy: sudo apt-get install chromium.",
        "Chromium, which the browser tests need, is missing. Run: sudo apt-get install chromium.",
    )


def _apt(apt: str, *arguments: str) -> None:
    """Run apt-get quietly; its last lines are shown when it fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        [apt, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        say("\n".join(done.stdout.splitlines()[-5:]))
