"""Sums of money as Vietnamese readers write them."""

from __future__ import annotations

from django.utils.translation import gettext


def in_dong(amount: int) -> str:
    """ "1.250.000.000 đồng"."""
    return gettext("%(amount)s đồng") % {"amount": f"{amount:,}".replace(",", ".")}
