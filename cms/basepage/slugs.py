"""The one rule for slugs that are taken: a number is added."""

from __future__ import annotations

from collections.abc import Callable

SLUG_LENGTH = 120


def first_free(base: str, is_free: Callable[[str], bool]) -> str:
    """`hop-dan`, or the first of `hop-dan-2`, `hop-dan-3` … that is free."""
    slug, suffix = base, 1
    while not is_free(slug):
        suffix += 1
        slug = f"{base}-{suffix}"
    return slug
