"""Vocabularies that the project ships; an office's own changes are kept."""

from __future__ import annotations

import csv
from pathlib import Path

from .models import DocumentKind, Field, Issuer, Term

DATA = Path(__file__).parent / "data"
FILES: dict[str, type[Term]] = {
    "fields.csv": Field,
    "document_kinds.csv": DocumentKind,
    "issuers.csv": Issuer,
}


def load_vocabularies() -> None:
    """Create what is missing. Rows that exist stay as the office left them."""
    for name, model in FILES.items():
        known = set(model._default_manager.values_list("code", flat=True))
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for order, line in enumerate(csv.DictReader(file), start=1):
                if line["code"] not in known:
                    _create(model, line, order * 10)


def _create(model: type[Term], line: dict[str, str], order: int) -> None:
    values: dict[str, str | bool] = dict(line)
    if "is_local" in line:
        values["is_local"] = line["is_local"] == "1"
    model._default_manager.create(order=order, **values)
