"""Numbers that identify people, found in texts before they are published."""

from __future__ import annotations

import re

# Citizen identity numbers have twelve digits and begin with a province's code (001 to 096).
IDENTITY = re.compile(r"(?<![\d.,])0(?:[ .]?\d){11}(?![\d])")
# Mobile numbers: ten digits after 0, or nine after +84.
PHONE = re.compile(r"(?<!\d)(?:\+84|0)[ .]?[35789](?:[ .-]?\d){8}(?!\d)")


def identity_numbers(text: str) -> list[str]:
    """Texts that look like citizen identity numbers."""
    return [match[0] for match in IDENTITY.finditer(text)]


def phone_numbers(text: str) -> list[str]:
    """Texts that look like mobile telephone numbers."""
    return [match[0] for match in PHONE.finditer(text)]
