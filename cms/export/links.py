"""What a page needs from its host, and where its links lead in a static copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from django.conf import settings

# The page that explains why a link leads nowhere in the copy.
MISSING = "/khong-co-trong-ban-sao/"
ANCHORS = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
FORMS = re.compile(r"<form\b[^>]*>")
FORM_ACTION = re.compile(r'\saction="([^"]*)"')
LOADED = re.compile(r"<(?:img|script|source|video|audio|use|link)\b[^>]*>", re.IGNORECASE)
LINK_REL = re.compile(r'\srel="(?:stylesheet|preload|icon|manifest)"')
VALUES = re.compile(r'\s(?:src|href|poster)="([^"]*)"')
SRCSETS = re.compile(r'\ssrcset="([^"]*)"')
IN_STYLES = re.compile(r"""(?:url\(\s*|@import\s+)['"]?([^'")]+)['"]?""")
LANGUAGE = re.compile(rf"^/(?:{'|'.join(code for code, _ in settings.LANGUAGES)})/")
MAIN = '<main id="noi-dung"'


def loads_of(html: str) -> set[str]:
    """The paths on the same host that a browser loads for a page by itself."""
    found: set[str] = set()
    for tag in LOADED.findall(html):
        if tag.startswith("<link") and not LINK_REL.search(tag):
            continue
        values = VALUES.findall(tag)
        for candidates in SRCSETS.findall(tag):
            values += [part.split()[0] for part in candidates.split(",") if part.strip()]
        found.update(path for value in values if (path := local_path(unescape(value))))
    return found


def loads_of_style(path: str, css: str) -> set[str]:
    """The paths that a style sheet at a path loads."""
    folder = path.rsplit("/", 1)[0]
    found = set()
    for value in IN_STYLES.findall(css):
        if value.startswith(("data:", "#")) or "//" in value:
            continue
        target = value.split("#")[0].split("?")[0]
        found.add(target if target.startswith("/") else resolve(f"{folder}/{target}"))
    return found


def resolve(path: str) -> str:
    """A path without `.` and `..`."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1] if len(parts) > 1 else parts
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def local_path(value: str) -> str:
    """The path of an address on the same host, unquoted; empty for all others and for fragments."""
    parts = urlsplit(value)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return ""
    return unquote(parts.path)


def rewritten(html: str, root_url: str, is_there: Callable[[str], bool], note: str) -> str:
    """A page whose links work in the copy.

    `is_there` tells whether a path is part of the copy. Links to what is not, variants by query
    and forms other than the search lead to the page that explains; other hosts stay.
    """

    def link(match: re.Match[str]) -> str:
        target = _target(unescape(match[2]), root_url, is_there)
        return match[1] + escape(target) + match[3]

    html = FORMS.sub(_form, ANCHORS.sub(link, html))
    return html.replace(
        MAIN, f'<p class="wrap language-note" role="note">{escape(note)}</p>{MAIN}', 1
    )


def _target(value: str, root_url: str, is_there: Callable[[str], bool]) -> str:
    inside = value.removeprefix(root_url) if value.startswith(f"{root_url}/") else value
    parts = urlsplit(inside)
    if parts.scheme or parts.netloc or inside.startswith("#"):
        return value
    if parts.query:
        return MISSING
    if is_there(unquote(parts.path)):
        return inside
    # Only home pages are copied in every language.
    plain = LANGUAGE.sub("/", parts.path)
    return plain if plain != parts.path and is_there(unquote(plain)) else MISSING


def _form(match: re.Match[str]) -> str:
    tag = match[0]
    action = FORM_ACTION.search(tag)
    if action and unescape(action[1]).endswith("/tim-kiem/"):
        return tag
    plain = re.sub(r'\s(?:action|method)="[^"]*"', "", tag)
    return plain.replace("<form", f'<form method="get" action="{MISSING}"', 1)
