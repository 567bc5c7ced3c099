"""Message catalogs: extract, check and compile them without GNU gettext.

``locale/vi`` is the project's own catalog (msgids are the English texts).  ``locale/wagtail``
holds translations of Wagtail's own texts; it is compiled but never extracted.
"""

import hashlib
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.errors import ToolError
from tools.paths import ROOT, VAR
from tools.progress import say, step

CATALOG = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
COMPILED_STAMP = VAR / "messages.sha256"
SOURCES = ("cms", "sites", "themes", "search")
KEYWORDS = {
    name + lazy: arguments
    for lazy in ("", "_lazy")
    for name, arguments in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
} | {"_": None, "gettext_noop": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
# Letters that English (almost) never uses; msgids must be English.
VIETNAMESE = re.compile(
    "[àáãèìíòóõùúýăâđêôơưạảãầấậẩẫằắặẳẵẹẻẽềếệểễịỉĩọỏõồốộổỗờớợởỡụủũừứựửữỳỵỷỹ]", re.IGNORECASE
)
# Examples of what is typed in Vietnamese: words in quotation marks, document numbers.
EXAMPLE = re.compile(r"“[^”]*”|\S*/\S*")
HEADER = {
    "Project-Id-Version": "liencap",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@dataclass(frozen=True)
class Key:
    """What identifies a message in a catalog."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass
class Found:
    """A message in the sources: the files it occurs in and the translators' comments."""

    files: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)


# ---------------------------------------------------------------------------------------- compiling


def catalogs(root: Path = ROOT) -> list[Path]:
    """Return every catalog of the project."""
    return sorted((root / "locale").glob("**/*.po"))


def compiled_path(catalog: Path, root: Path = ROOT, var: Path = VAR) -> Path:
    """Return where a catalog's compiled form goes: under ``var/``, where settings look for it."""
    return var / catalog.relative_to(root).with_suffix(".mo")


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()


def compile_all() -> int:
    """Compile the catalogs when one changed; returns the number of compiled files."""
    import polib

    paths = catalogs()
    fingerprint = _fingerprint(paths)
    known = COMPILED_STAMP.read_text(encoding="utf-8") if COMPILED_STAMP.exists() else ""
    if known == fingerprint and all(compiled_path(path).exists() for path in paths):
        return 0
    with step("Biên dịch bản dịch giao diện", "Compile translations"):
        for path in paths:
            compiled_path(path).parent.mkdir(parents=True, exist_ok=True)
            try:
                polib.pofile(str(path)).save_as_mofile(str(compiled_path(path)))
            except (OSError, ValueError) as error:
                raise ToolError(
                    f"Tệp bản dịch {path} bị lỗi: {error}. Hãy sửa tệp đó rồi chạy lại.",
                    f"The catalog {path} is damaged: {error}. Mend it and run again.",
                ) from error
    COMPILED_STAMP.parent.mkdir(parents=True, exist_ok=True)
    COMPILED_STAMP.write_text(fingerprint, encoding="utf-8")
    return len(paths)


# --------------------------------------------------------------------------------------- extracting


def source_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield Python files and templates that may hold messages."""
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            parts = path.relative_to(root).parts
            is_code = path.suffix == ".py" and "migrations" not in parts
            is_template = path.suffix in (".html", ".txt", ".xml") and "templates" in parts
            if is_code or is_template:
                yield path


def _as_python(path: Path) -> str:
    """Return Python code with the file's messages; templates are turned by Django's own function.

    Django blanks everything but the messages; brackets around it make the odd indentation legal.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    from django.utils.translation.template import templatize

    return f"(\n{templatize(text, origin=str(path))}\n)"


def _messages_in(path: Path) -> Iterator[tuple[Key, list[str]]]:
    """Yield the messages of one file with their translators' comments."""
    from babel.messages.extract import extract

    stream = io.BytesIO(_as_python(path).encode())
    found = extract("python", stream, keywords=KEYWORDS, comment_tags=("Translators",))
    for _line, message, comments, context in found:
        parts = message if isinstance(message, tuple) else (message,)
        # With a context, Babel leaves it out of the message and hands it over by itself.
        if parts[0]:
            plural = parts[1] if len(parts) > 1 else ""
            yield Key(parts[0], plural or "", context or ""), comments


def extract_all(root: Path = ROOT) -> dict[Key, Found]:
    """Return all messages of the sources."""
    result: dict[Key, Found] = {}
    for path in source_files(root):
        try:
            for key, comments in _messages_in(path):
                found = result.setdefault(key, Found())
                found.files.add(str(path.relative_to(root)))
                found.comments += [line for line in comments if line not in found.comments]
        except (SyntaxError, UnicodeDecodeError) as error:
            raise ToolError(
                f"Không đọc được {path}: {error}.", f"{path} cannot be read: {error}."
            ) from error
    return _merge_plurals(result)


def _merge_plurals(found: dict[Key, Found]) -> dict[Key, Found]:
    """Join a singular use with the plural use of the same text: a catalog holds it once."""
    plurals = {(key.text, key.context): key for key in found if key.plural}
    merged: dict[Key, Found] = {}
    for key, value in found.items():
        target = merged.setdefault(plurals.get((key.text, key.context), key), Found())
        target.files |= value.files
        target.comments += value.comments
    return merged


# -------------------------------------------------------------------------------- catalog and check


def _read(path: Path) -> "dict[Key, object]":
    import polib

    if not path.exists():
        return {}
    return {
        Key(entry.msgid, entry.msgid_plural or "", entry.msgctxt or ""): entry
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def update(path: Path = CATALOG, root: Path = ROOT) -> tuple[int, int]:
    """Bring the catalog in line with the sources; returns (new, dropped).

    Translations are kept; a new message gets an empty one, which :func:`problems` reports.
    """
    import polib

    known, found = _read(path), extract_all(root)
    catalog = polib.POFile(wrapwidth=100)
    catalog.metadata = HEADER
    for key in sorted(found, key=lambda key: (sorted(found[key].files), key.text, key.context)):
        catalog.append(_entry(key, found[key], known.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.save(str(path))
    return len(found.keys() - known.keys()), len(known.keys() - found.keys())


def _entry(key: Key, found: Found, old: "object | None") -> "object":
    """Return the catalog's entry; files without line numbers keep the diffs small."""
    import polib

    entry = polib.POEntry(
        msgid=key.text,
        msgid_plural=key.plural,
        msgctxt=key.context or None,
        comment="\n".join(found.comments),
        occurrences=[(name, "") for name in sorted(found.files)],
    )
    if key.plural:
        entry.msgstr_plural = getattr(old, "msgstr_plural", None) or {0: ""}
    else:
        entry.msgstr = getattr(old, "msgstr", "")
    if re.search(r"%\(\w+\)[sd]|%[sd]", key.text):
        entry.flags = ["python-format"]
    return entry


def _placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _entry_problem(key: Key, entry: object) -> str | None:
    """Return what is wrong with one message, or None."""
    plural = getattr(entry, "msgstr_plural", {})
    text = plural.get(0, "") if key.plural else getattr(entry, "msgstr", "")
    if not text.strip():
        return "no Vietnamese text"
    if getattr(entry, "fuzzy", False):
        return "marked fuzzy"
    if VIETNAMESE.search(EXAMPLE.sub("", key.text)) and text != key.text:
        return "the msgid is Vietnamese; write English in the code"
    wanted = _placeholders(key.plural or key.text)
    if not _placeholders(text) <= wanted | _placeholders(key.text) or wanted - _placeholders(text):
        return f"placeholders differ: {sorted(wanted)} and {sorted(_placeholders(text))}"
    return None


def problems(path: Path = CATALOG, root: Path = ROOT) -> list[str]:
    """Return every way in which the catalog and the sources disagree; empty when all is well."""
    known, found = _read(path), extract_all(root)
    result = [f"missing in the catalog: {key.text!r}" for key in found.keys() - known.keys()]
    result += [f"no longer in the sources: {key.text!r}" for key in known.keys() - found.keys()]
    for key, entry in known.items():
        if problem := _entry_problem(key, entry):
            result.append(f"{key.text!r}: {problem}")
    return sorted(result)


def main(arguments: list[str]) -> int:
    """``compile``, ``check`` or (default) ``update``; returns the exit status."""
    action = arguments[0] if arguments else "update"
    if action == "compile":
        compile_all()
        return 0
    if action == "check":
        found = problems()
        for line in found:
            print(line, file=sys.stderr)
        return 1 if found else 0
    if action != "update":
        print("usage: python -m tools.messages [update|check|compile]", file=sys.stderr)
        return 2
    new, dropped = update()
    say(f"{CATALOG.relative_to(ROOT)}: +{new} −{dropped}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ToolError as error:
        from tools.errors import report

        sys.exit(report(error))
