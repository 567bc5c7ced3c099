"""Where the office's search screens stand, and who may use them."""

from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .models import Promotion, Synonym
from .policies import UnitOfficePolicy
from .viewsets import SearchGroup

for model in (Synonym, Promotion):
    register_permission_policy(model, UnitOfficePolicy(model))


@hooks.register("register_admin_viewset")
def search_screens() -> SearchGroup:
    """For portal administrators, each with the entries of her units."""
    return SearchGroup()
