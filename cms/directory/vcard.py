"""Contacts as vCards (RFC 6350, version 4.0)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import ContactPage

MAX_OCTETS = 75


def as_vcard(contact: ContactPage) -> str:
    """One card; lines end by CRLF and are folded after 75 octets."""
    return "".join(_fold(line) for line in _lines(contact))


def _lines(contact: ContactPage) -> Iterator[str]:
    unit = contact.unit.name if contact.unit else ""
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "KIND:" + ("individual" if contact.person else "org")
    yield f"UID:urn:x-liencap:contact:{contact.pk}"
    yield f"FN:{_text(contact.person or f'{contact.display_title} – {unit}')}"
    yield f"ORG:{_text(unit)};{_text(contact.display_title)}"
    if contact.position:
        yield f"TITLE:{_text(contact.position)}"
    for number in contact.phones:
        yield f"TEL;TYPE=work,voice:{_text(number)}"
    if contact.email:
        yield f"EMAIL;TYPE=work:{_text(contact.email)}"
    if contact.address:
        yield f"ADR;TYPE=work:;;{_text(contact.address)};;;;Việt Nam"
    if contact.hours:
        yield f"NOTE:{_text(contact.hours)}"
    yield f"URL:{contact.website or contact.get_full_url() or ''}"
    yield "END:VCARD"


def _text(value: str) -> str:
    """A value with the marks escaped that separate values."""
    for mark in ("\\", ",", ";"):
        value = value.replace(mark, "\\" + mark)
    return value.replace("\r\n", "\\n").replace("\n", "\\n")


def _fold(line: str) -> str:
    """A line cut at 75 octets, never inside a letter; the rest follows after a blank."""
    pieces, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > MAX_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += width
    return "\r\n".join(pieces) + "\r\n"
