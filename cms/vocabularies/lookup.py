"""Names of terms by their code, kept in the process for some minutes.

The tables are small and hardly ever change; lists and the search ask for their names all the time.
"""

from __future__ import annotations

import time
from typing import Any, Final

from django.db.models.signals import post_delete, post_save

from sites.units.models import AdministrativeUnit
from themes.names import unit_in_sentence

from .models import DocumentKind, Field, Issuer, Term

SECONDS: Final = 300.0
_kept: dict[type[Term], tuple[float, dict[str, Term]]] = {}


def terms(model: type[Term]) -> dict[str, Term]:
    """All terms of a vocabulary by code, in their order. At most one query."""
    read_at, found = _kept.get(model, (0.0, {}))
    if not found or time.monotonic() - read_at > SECONDS:
        found = {term.code: term for term in model._default_manager.all()}
        _kept[model] = (time.monotonic(), found)
    return found


def term(model: type[Term], pk: int | None) -> Term | None:
    """The term with a key, or None."""
    if pk is None:
        return None
    known = next((term for term in terms(model).values() if term.pk == pk), None)
    return known or model._default_manager.filter(pk=pk).first()


def name_of(model: type[Term], code: str) -> str:
    """The name in the active language; the code itself when there is no such term any more."""
    found = terms(model).get(code)
    return found.name if found else code


def issuer_code(issuer: Issuer | None, unit_code: str) -> str:
    """The issuer as lists know it: a local body together with its unit ("ubnd.30")."""
    if issuer is None:
        return ""
    return f"{issuer.code}.{unit_code}" if issuer.is_local else issuer.code


def issuer_name(issuer: Issuer | None, unit: AdministrativeUnit | None) -> str:
    """The whole name of an issuing body: "Ủy ban nhân dân huyện Thanh Hà"."""
    if issuer is None:
        return ""
    if not issuer.is_local or unit is None:
        return issuer.name
    from django.utils.translation import pgettext

    name: str = pgettext("issuing body", "%(body)s of %(unit)s") % {
        "body": issuer.name,
        "unit": unit_in_sentence(unit),
    }
    return name


def _forget(sender: Any, **kwargs: Any) -> None:
    _kept.pop(sender, None)


def connect() -> None:
    """Forget a vocabulary as soon as this process changes it."""
    for model in (Field, DocumentKind, Issuer):
        for signal in (post_save, post_delete):
            signal.connect(
                _forget, sender=model, dispatch_uid=f"names-{model.__name__}-{id(signal)}"
            )
