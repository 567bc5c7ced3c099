"""Message catalogs: extraction from code and templates, and what ``check`` finds."""

import gettext
from pathlib import Path

import polib
import pytest

from tools import messages
from tools.messages import Key

CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
TITLE = gettext_lazy("Council of %(name)s")
# Translators: a button
GO = _("Go")
MANY = ngettext("%(n)s commune", "%(n)s communes", 2)
NEXT = pgettext("pages of a list", "Next")
"""
TEMPLATE = """{% load i18n %}
  <p title="{% translate 'Search' %}">Không dịch "ở đây" ( [</p>
    {% blocktranslate trimmed count n=total %}
      {{ n }} result
    {% plural %}
      {{ n }} results
    {% endblocktranslate %}
 {% translate "Next" context "wizard" %}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one module and one template."""
    (tmp_path / "cms" / "templates").mkdir(parents=True)
    (tmp_path / "cms" / "views.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "cms" / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def catalog(project: Path) -> Path:
    """The project's catalog, completely translated."""
    path = project / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    messages.update(path, project)
    entries = polib.pofile(str(path))
    for entry in entries:
        text = " ".join(sorted(messages._placeholders(entry.msgid_plural or entry.msgid)))
        if entry.msgid_plural:
            entry.msgstr_plural = {0: f"bản dịch {text}"}
        else:
            entry.msgstr = f"bản dịch {text}"
    entries.save()
    return path


def test_messages_of_code_and_templates_are_found(project: Path) -> None:
    found = messages.extract_all(project)
    assert set(found) == {
        Key("Council of %(name)s"),
        Key("Go"),
        Key("%(n)s commune", "%(n)s communes"),
        Key("Next", context="pages of a list"),
        Key("Search"),
        Key("%(n)s result", "%(n)s results"),
        Key("Next", context="wizard"),
    }
    assert found[Key("Go")].comments == ["Translators: a button"]
    assert found[Key("Search")].files == {"cms/templates/page.html"}


def test_complete_catalog_has_no_problem(project: Path, catalog: Path) -> None:
    assert messages.problems(catalog, project) == []


def test_update_keeps_translations(project: Path, catalog: Path) -> None:
    (project / "cms" / "views.py").write_text(CODE.replace('"Go"', '"Stay"'), encoding="utf-8")
    assert messages.update(catalog, project) == (1, 1)
    assert messages.problems(catalog, project) == ["'Stay': no Vietnamese text"]


def test_catalog_out_of_sync_is_found(project: Path, catalog: Path) -> None:
    (project / "cms" / "views.py").write_text(CODE.replace('"Go"', '"Stay"'), encoding="utf-8")
    assert messages.problems(catalog, project) == [
        "missing in the catalog: 'Stay'",
        "no longer in the sources: 'Go'",
    ]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "problem"),
    [
        ("Council of %(name)s", "Hội đồng", "placeholders differ"),
        ("Council of %(name)s", "Hội đồng %(ten)s", "placeholders differ"),
        ("Tìm", "Tìm kiếm", "the msgid is Vietnamese"),
        ("Search", "  ", "no Vietnamese text"),
        ("Liên Cấp", "Liên Cấp", None),
        ("100%% of {count}", "{count}: 100%%", None),
    ],
)
def test_single_message(msgid: str, msgstr: str, problem: str | None) -> None:
    found = messages._entry_problem(Key(msgid), polib.POEntry(msgid=msgid, msgstr=msgstr))
    assert (found or "").startswith(problem or "")
    assert (found is None) == (problem is None)


def test_compiled_catalog_can_be_used(project: Path, catalog: Path) -> None:
    target = messages.compiled_path(catalog, project, project / "var")
    target.parent.mkdir(parents=True)
    polib.pofile(str(catalog)).save_as_mofile(str(target))
    with target.open("rb") as stream:
        translations = gettext.GNUTranslations(stream)
    assert translations.gettext("Go") == "bản dịch "
    assert translations.ngettext("%(n)s commune", "%(n)s communes", 5) == "bản dịch %(n)s"
