"""Every address of the editors' side, with the keys of somebody else's objects filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
GROUP = re.compile(r"\(\?P<(?P<name>\w+)>[^)]*\)")


@dataclass(frozen=True)
class Address:
    """One address to try: its path, and the route it came from for messages."""

    path: str
    route: str


def addresses(values: dict[str, str], prefixes: dict[str, dict[str, str]]) -> Iterator[Address]:
    """All routes of the editors' host with their parameters replaced.

    `values` are replacements by parameter name; `prefixes` replace them for routes that start with
    a text (what `pk` means depends on the app). A route with an unknown parameter is an error, so
    that a new view cannot escape the walk.
    """
    for route in sorted(routes("cms.urls")):
        known = dict(values)
        for prefix, more in prefixes.items():
            if route.startswith(prefix):
                known |= more
        path = GROUP.sub(partial(_value, known), PARAMETER.sub(partial(_value, known), route))
        yield Address("/" + path.replace("^", "").replace("$", "").replace("\\", ""), route)


def routes(urlconf: str) -> Iterator[str]:
    """All routes of a URL configuration."""
    return _routes(get_resolver(urlconf).url_patterns, "")


def _value(known: dict[str, str], match: re.Match[str]) -> str:
    return known[match["name"]]


def _routes(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route
