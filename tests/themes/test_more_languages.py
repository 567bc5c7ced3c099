"""Chinese, Japanese and Korean need nothing but the setting and the migration that it asks for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """
from cms.settings import *
LANGUAGES = [*LANGUAGES, ("zh-hans", "中文"), ("ja", "日本語"), ("ko", "한국어")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES[:2]
"""
LOOK = """
import django; django.setup()
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override
from cms.home.blocks import TranslatedText, text_in_language
from cms.home.models import SiteHomePage
from sites.units.models import AdministrativeUnit, Kind
from themes import names
from themes.templatetags.portal_tags import language_links, short_date, clock
from django.utils import timezone

unit = AdministrativeUnit(name="Xã Thanh Sơn", short_name="Thanh Sơn", kind=Kind.XA)
for code in ("zh-hans", "ja", "ko"):
    with override(code):
        assert names.unit_name(unit) == "Thanh Son Commune"
        assert short_date(timezone.now()) and clock(timezone.now())
        assert resolve(f"/{code}/tim-kiem/", "cms.public_urls")
        assert text_in_language({"vi": "Tên"}) == "Tên"
        request = RequestFactory().get(f"/{code}/tin-tuc/?trang=2")
        links = {link["code"]: link["url"] for link in language_links({"request": request})}
        assert links["ko"] == "/ko/tin-tuc/?trang=2" and links["vi"] == "/tin-tuc/?trang=2"
    assert SiteHomePage._meta.get_field(f"welcome_{code.replace('-', '_')}")
    assert code.replace("-", "_") in TranslatedText().child_blocks
tabs = [str(tab.heading) for tab in SiteHomePage.edit_handler.children]
assert {"中文", "日本語", "한국어"} <= set(tabs), tabs
print("all there")
"""


def run(tmp_path: Path, *command: str) -> str:
    """Run Python with the further languages; its output. Fails when it fails."""
    (tmp_path / "more_languages.py").write_text(SETTINGS)
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "more_languages", "PYTHONPATH": f"{tmp_path}:{ROOT}",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_tabs_addresses_names_and_dates_follow_the_setting(tmp_path: Path) -> None:
    assert "all there" in run(tmp_path, "-c", LOOK)


def test_the_migration_that_is_missing_is_only_columns(tmp_path: Path) -> None:
    output = run(tmp_path, "-m", "django", "makemigrations", "--dry-run")
    assert "Add field headline_ja to basepage" in output
    changes = [line.strip() for line in output.splitlines() if line.strip()[:1] in "+-~"]
    assert all(line.startswith(("+ Add field", "~ Alter field")) for line in changes)


def test_letters_of_other_scripts_have_a_font() -> None:
    tokens = (ROOT / "themes/static/themes/tokens.css").read_text()
    assert '"Noto Sans CJK SC", system-ui, sans-serif' in tokens


@pytest.mark.parametrize("path", ["themes/static/themes/portal.css"])
def test_no_other_font_is_named_in_components(path: str) -> None:
    assert "font-family" not in (ROOT / path).read_text()
