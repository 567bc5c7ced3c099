"""Whose pictures and documents are whose."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy

from sites.people.policies import UnitMediaPolicy

from .models import PortalDocument, PortalImage

register_permission_policy(PortalImage, UnitMediaPolicy(PortalImage))
register_permission_policy(PortalDocument, UnitMediaPolicy(PortalDocument))
