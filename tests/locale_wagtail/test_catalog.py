"""The Vietnamese catalogs of Wagtail's administration are complete, safe to format and in use.

Wagtail ships about a fifth of its texts in Vietnamese; ``locale/wagtail`` holds the others. These
tests read the catalogs of the installed packages, so they fail when an upgrade brings new texts:
translate what the failure lists (see ``locale/wagtail/README.md``).
"""

import importlib.util
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.test import override_settings
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JavaScriptCatalog

ROOT = Path(__file__).resolve().parents[2]
CATALOGS = ROOT / "locale" / "wagtail" / "vi" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
PACKAGES = (
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
)
# Django keeps the texts of its core in conf/locale, for one domain only.
CORE = ("django.conf",)

PLACEHOLDER = re.compile(r"%\(\w+\)[srd]|%[srd]|\{\w*\}|</?[a-zA-Z][^>]*>")
# Old-style tone placement (hòa, khóa, thủy) is the rule of the project; "quý", "quỹ" and the like
# are the same in both styles because the u belongs to the initial.
NEW_STYLE_TONE = re.compile(r"(o[àáảãạ]|o[èéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\w)")

Key = tuple[str | None, str]


def _catalog_file(package: str, language: str, domain: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None, f"{package} is not installed"
    assert spec.submodule_search_locations, f"{package} is not a package"
    folder = Path(spec.submodule_search_locations[0])
    return folder / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def _entries(path: Path) -> list[polib.POEntry]:
    if not path.exists():
        return []
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def _translated(path: Path) -> set[Key]:
    return {_key(entry) for entry in _entries(path) if entry.translated()}


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _own(domain: str) -> list[polib.POEntry]:
    return _entries(CATALOGS / f"{domain}.po")


def _untranslated(domain: str) -> Iterator[tuple[str, Key]]:
    own = _translated(CATALOGS / f"{domain}.po")
    for package in PACKAGES + CORE:
        shipped = _translated(_catalog_file(package, "vi", domain))
        for entry in _entries(_catalog_file(package, "en", domain)):
            if _key(entry) not in own | shipped:
                yield package, _key(entry)


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_message_is_untranslated(domain: str) -> None:
    missing = list(_untranslated(domain))
    listing = "\n".join(f"{package}: {key!r}" for package, key in missing)
    assert not missing, f"{len(missing)} messages without Vietnamese:\n{listing}"


@pytest.mark.parametrize("package", PACKAGES)
def test_installed_source_catalogs_are_found(package: str) -> None:
    """Without its English catalog a package would count as complete."""
    assert _entries(_catalog_file(package, "en", "django"))


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_tags_are_kept(domain: str) -> None:
    wrong: list[str] = []
    for entry in _own(domain):
        # Vietnamese has one form, used for every count: it needs what the English plural needs.
        source = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        wrong += [
            entry.msgid for text in _texts(entry) if Counter(PLACEHOLDER.findall(text)) != source
        ]
    assert not wrong


@pytest.mark.parametrize("domain", DOMAINS)
def test_white_space_at_the_ends_is_kept(domain: str) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [
        entry.msgid
        for entry in _own(domain)
        for text in _texts(entry)
        if ends(text) != ends(entry.msgid)
    ]
    assert not wrong


@pytest.mark.parametrize("domain", DOMAINS)
def test_spelling_is_composed_and_of_one_tone_style(domain: str) -> None:
    texts = [text for entry in _own(domain) for text in _texts(entry)]
    assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []
    assert [text for text in texts if NEW_STYLE_TONE.search(text)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_entries_are_unique_complete_and_of_one_plural_form(domain: str) -> None:
    catalog = polib.pofile(str(CATALOGS / f"{domain}.po"))
    assert catalog.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert [key for key, times in Counter(map(_key, catalog)).items() if times > 1] == []
    assert [entry.msgid for entry in catalog if not entry.translated()] == []
    assert all(set(entry.msgstr_plural) == {0} for entry in catalog if entry.msgid_plural)


@pytest.fixture
def compiled(tmp_path: Path) -> Iterator[Path]:
    """Our catalogs compiled into a folder of their own, which is the only LOCALE_PATHS."""
    target = tmp_path / "vi" / "LC_MESSAGES"
    target.mkdir(parents=True)
    for domain in DOMAINS:
        catalog = polib.pofile(str(CATALOGS / f"{domain}.po"))
        catalog.save_as_mofile(str(target / f"{domain}.mo"))
    with override_settings(LOCALE_PATHS=[tmp_path]):
        yield tmp_path


@pytest.mark.usefixtures("compiled")
def test_our_texts_win_over_those_of_the_packages() -> None:
    vietnamese = DjangoTranslation("vi", domain="django")
    assert vietnamese.gettext("Dashboard") == "Bảng điều khiển"
    assert vietnamese.gettext("Unpublish") == "Gỡ xuất bản"
    assert vietnamese.gettext("Password reset unsuccessful") == "Đặt lại mật khẩu không thành công"


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("count", [0, 1, 2, 219])
def test_counts_are_shown_in_one_form(count: int) -> None:
    vietnamese = DjangoTranslation("vi", domain="django")
    text = vietnamese.ngettext("%(num)d minute", "%(num)d minutes", count) % {"num": count}
    assert text == f"{count} phút"
    pages = vietnamese.ngettext("Delete 1 page", "Delete %(counter)s pages", count)
    assert pages % {"counter": count} == f"Xóa {count} trang"


@pytest.mark.usefixtures("compiled")
def test_scripts_of_the_admin_get_our_texts() -> None:
    view = JavaScriptCatalog(domain="djangojs")
    paths = view.get_paths(["wagtail.admin"])
    view.translation = DjangoTranslation("vi", domain="djangojs", localedirs=paths)
    catalog = view.get_catalog()
    assert catalog["Settings"] == "Thiết lập"
    assert catalog["%(num)s error"] == ["%(num)s lỗi"]
