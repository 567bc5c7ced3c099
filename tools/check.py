"""``make check``: everything about the code that can be judged without running the tests."""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tools import messages, testing
from tools.django import environment
from tools.paths import CACHE, ROOT, VAR
from tools.progress import say

PACKAGES = ("cms", "sites", "themes", "search", "tools", "tests", "manage.py")


@dataclass(frozen=True)
class Check:
    """One tool with its arguments; run with this Python's ``-m`` unless it is a script."""

    title: str
    command: Sequence[str]

    def run(self, env: dict[str, str]) -> bool:
        """Run the check; its output is shown only when it finds something."""
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, *self.command],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        good = done.returncode == 0
        say(f"{'✓' if good else '✗'} {self.title} ({time.monotonic() - start:.1f} s)")
        if not good:
            say(done.stdout.rstrip())
        return good


def _templates() -> list[str]:
    return [folder for folder in PACKAGES if any((ROOT / folder).glob("**/templates/**/*.html"))]


def checks() -> list[Check]:
    """Return all checks in the order of their speed."""
    packages = [name for name in PACKAGES if (ROOT / name).exists()]
    ruff_cache = ["--cache-dir", str(CACHE / "ruff")]
    mypy_cache = ["--cache-dir", str(CACHE / "mypy")]
    return [
        Check("định dạng · formatting", ["-m", "ruff", "format", "--check", *ruff_cache, "."]),
        Check("lint", ["-m", "ruff", "check", *ruff_cache, "."]),
        Check("bản dịch · messages", ["-m", "tools.messages", "check"]),
        Check("mẫu trang · templates", ["-m", "djlint", "--lint", "--quiet", *_templates()]),
        Check("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"]),
        Check("hệ thống · system check", ["manage.py", "check", "--fail-level", "WARNING"]),
        Check("kiểu · types", ["-m", "mypy", *mypy_cache, *packages]),
    ]


def main(arguments: list[str]) -> int:
    """Run every check even when one fails; returns 1 when any failed."""
    VAR.mkdir(exist_ok=True)
    messages.compile_all()
    wanted = [check for check in checks() if not arguments or check.title in arguments]
    with testing.slot("test") as folder, testing.database(folder, careless=True) as url:
        env = environment(LIENCAP_ENV="test", DATABASE_URL=url)
        failed = [check.title for check in wanted if not check.run(env)]
    if failed:
        say(f"\n{len(failed)} mục chưa đạt · failed: {', '.join(failed)}")
    return 1 if failed else 0
