"""Columns that a row computes whenever it is written, in bulk or one by one."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


class _Computed:
    """Asks the row (`compute_<name>()`) instead of keeping what the column holds."""

    name: str
    attname: str

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The value to write."""
        value = getattr(model_instance, f"compute_{self.name}")()
        setattr(model_instance, self.attname, value)
        return value


class ComputedArray(_Computed, ArrayField):
    """An array."""


class ComputedText(_Computed, models.TextField):
    """A text."""
