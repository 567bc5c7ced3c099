"""Who may do what with pages."""

from __future__ import annotations

from wagtail.models import AbstractPage
from wagtail.permissions import register_permission_policy

from .policies import UnitPagePolicy

register_permission_policy(AbstractPage, UnitPagePolicy())
