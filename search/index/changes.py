"""What follows the read model."""

from __future__ import annotations

from django.dispatch import Signal

# `documents` were written and those of the pages `gone` deleted, in the same transaction.
documents_changed = Signal()
