"""A small checkout of its own for tools that keep their state under the checkout's ``var/``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psutil

from tools.paths import ROOT


def make_checkout(folder: Path) -> Path:
    """Copy the tools into ``folder``; they take it for the whole project."""
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run_code(checkout: Path, code: str) -> subprocess.Popen[str]:
    """Run Python code in the checkout and return the process, its output piped."""
    hidden = ("DATABASE_URL", "ELASTICSEARCH_URL", "LIENCAP_RUN")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=checkout,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def processes_of(checkout: Path) -> list[psutil.Process]:
    """Return all processes whose command line names the checkout."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if any(str(checkout) in part for part in process.info["cmdline"] or ()):
            found.append(process)
    return found
