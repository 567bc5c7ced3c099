"""Helpers of `BasePage.structured_data`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def stated(found: Mapping[str, Any]) -> dict[str, Any]:
    """Only the properties that have a value: schema.org objects name no empty ones."""
    return {name: value for name, value in found.items() if value}
