"""When all processes have to load the office's entries again."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models.signals import post_delete, post_save

from sites.units.models import AdministrativeUnit, Succession

from . import vocabulary
from .models import OfficeVersion, Promotion, Synonym

WATCHED = (Synonym, Promotion, AdministrativeUnit, Succession)


def office_changed(**kwargs: Any) -> None:
    """Tell all processes, at commit, that something is new; this one at once."""
    vocabulary.forget()
    OfficeVersion.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})


def connect() -> None:
    """Listen to everything that the vocabulary is made of."""
    for model in WATCHED:
        uid = f"search-office-{model.__name__}"
        post_save.connect(office_changed, sender=model, dispatch_uid=uid)
        post_delete.connect(office_changed, sender=model, dispatch_uid=uid + "-gone")
