"""Settings that are wrong stop the start with a sentence that says what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "LIENCAP_ENV": "production",
    "SECRET_KEY": "k3-Zq9!xWvT7mRbL2cYdHfGs8nPjUeAoi",
    "DATABASE_URL": "postgres://u:p@db.example/portal",
    "PORTAL_DOMAIN": "gov.vn",
    "EDITORS_HOSTS": "quantri.haiduong.gov.vn",
    "ALLOWED_HOSTS": ".haiduong.gov.vn",
}


def start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process with only this environment."""
    env = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", "import cms.settings"],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_complete_production_environment_starts() -> None:
    assert start().returncode == 0, start().stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 50}, "SECRET_KEY"),
        ({"SECRET_KEY": "for-demo-and-tests-only"}, "SECRET_KEY"),
        ({"DEBUG": "true"}, "DEBUG"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"EDITORS_HOSTS": None}, "EDITORS_HOSTS"),
        ({"PORTAL_DOMAIN": None}, "PORTAL_DOMAIN"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://u:p@db/portal"}, "DATABASE_URL"),
        ({"LIENCAP_ENV": "staging"}, "LIENCAP_ENV"),
        ({"PORT": "many"}, "PORT"),
        ({"ELASTICSEARCH_URL": "search:9200"}, "ELASTICSEARCH_URL"),
        ({"ELASTICSEARCH_CA_FILE": "/khong/co.pem"}, "ELASTICSEARCH_CA_FILE"),
    ],
)
def test_a_wrong_value_is_named(changes: dict[str, str | None], named: str) -> None:
    started = start(**changes)
    assert started.returncode != 0
    assert named in started.stderr.strip().splitlines()[-1]
