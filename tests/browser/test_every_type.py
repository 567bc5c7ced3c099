"""One public page of every type of the demonstration: what it loads, and what it says of itself."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from cms.sections.kinds import page_types
from tests.discovery.schema import objects_in, problems
from tests.discovery.test_head import Loads, canonical, meta
from tests.stack import Stack

HOME_BYTES = 40_000  # before compression


@pytest.fixture(scope="module")
def pages(portal: Stack) -> dict[str, tuple[str, str, str]]:
    """Address, policy and HTML by the name of a type or section."""
    found = {}
    for name, url in portal.manage("page_samples", "--json").items():
        parts = urlsplit(url)  # Python does not know that *.localhost is this machine
        here = f"http://127.0.0.1:{parts.port}{parts.path}"
        with urlopen(Request(here, headers={"Host": parts.netloc})) as answer:
            policy = answer.headers["Content-Security-Policy"]
            found[name] = (url, policy, answer.read().decode())
    return found


def test_the_demonstration_has_every_type(pages: dict[str, tuple[str, str, str]]) -> None:
    assert not set(page_types()) - set(pages)


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(
    pages: dict[str, tuple[str, str, str]],
) -> None:
    for name, (url, policy, html) in pages.items():
        host = urlsplit(url).netloc
        found = Loads(html)
        foreign = [a for a in found.addresses if "//" in a and urlsplit(a).netloc != host]
        assert not foreign, f"{name}: {foreign}"
        assert not found.inline, f"{name}: {found.inline}"
        assert policy.startswith("default-src 'self'"), name
        assert "unsafe" not in policy


def test_home_pages_of_every_level_are_light(pages: dict[str, tuple[str, str, str]]) -> None:
    weights = {name: len(html.encode()) for name, (_, _, html) in pages.items() if "home" in name}
    assert len(weights) == 3
    assert max(weights.values()) <= HOME_BYTES, weights


def test_every_type_describes_itself_in_the_vocabulary(
    pages: dict[str, tuple[str, str, str]],
) -> None:
    for name, (_url, _policy, html) in pages.items():
        things = objects_in(html)
        assert not problems(things), f"{name}: {problems(things)}"
        kinds = {thing["@type"] for thing in things}
        expected = "GovernmentOrganization" if name.startswith("home") else "BreadcrumbList"
        assert expected in kinds, name


def test_every_type_is_titled_described_and_has_one_address(
    pages: dict[str, tuple[str, str, str]],
) -> None:
    for name, (url, _policy, html) in pages.items():
        head = html[: html.index("</head>")]
        assert canonical(head) == [url], name
        for tag in ("description", "og:title", "og:description", "og:image", "og:url"):
            values = meta(head, tag)
            assert len(values) == 1, f"{name}: {tag} {values}"
            assert values[0].strip(), f"{name}: {tag} is empty"
        assert len(re.findall(r"<h1[\s>]", html)) == 1, name
