"""Sign-in, and the few permissions that are not about one page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import Model
from django.http import HttpRequest

from .roles import roles_of

ACCESS_ADMIN = "wagtailadmin.access_admin"


class MembershipBackend(ModelBackend):
    """Members of a unit may enter the editors' side; what they see there their units decide."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Check the password; the public one of the documentation opens only the demonstration."""
        if password == settings.DEMO_PASSWORD and not settings.DEMO:
            return None
        return super().authenticate(request, username=username, password=password, **kwargs)

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        """Add the permission to enter the editors' side for members of a unit."""
        permissions = super().get_all_permissions(user_obj, obj)
        if roles_of(user_obj):
            return permissions | {ACCESS_ADMIN}
        return permissions
