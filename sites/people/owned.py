"""Screens for what belongs to a unit and is kept by its portal administrators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from wagtail.admin.views.generic import DeleteView, EditView, IndexView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from .models import Role
from .roles import has_role, units_with_role

ACTIONS = {"add", "change", "delete", "view"}


class AdministratorsPolicy(BasePermissionPolicy):
    """Portal administrators manage what belongs to their units; superusers everything, and what
    belongs to the whole installation (no unit).

    Registered for each model by the app that has it.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether a person may do this with some entry."""
        if user.is_superuser and user.is_active:
            return True
        return action in ACTIONS and bool(units_with_role(user, Role.ADMINISTRATOR))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Whether a person may do this with one entry."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        """Whether a person may do any of these with one entry."""
        return bool(set(actions) & ACTIONS) and has_role(user, instance.unit_id, Role.ADMINISTRATOR)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """The entries with which a person may do any of these. One condition."""
        everything = self.model._default_manager
        if user.is_superuser and user.is_active:
            return everything.all()
        if not set(actions) & ACTIONS:
            return everything.none()
        return everything.filter(unit__in=units_with_role(user, Role.ADMINISTRATOR))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        """People who may do any of these with some entry."""
        allowed = Q(is_superuser=True)
        if set(actions) & ACTIONS:
            allowed |= Q(memberships__role=Role.ADMINISTRATOR)
        return get_user_model()._default_manager.filter(allowed, is_active=True).distinct()


class OwnIndexView(IndexView):
    """Only entries that the person may change."""

    def get_base_queryset(self) -> QuerySet:
        """One condition, whatever the number of entries."""
        own = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, {"change"}
        )
        return own.select_related("unit")


class GuardedObjectMixin:
    """Wagtail's views ask only whether a person may change some entry, not whether this one."""

    def get_object(self, *args: Any) -> Any:
        """The entry. Raises PermissionDenied for another unit's."""
        entry = super().get_object(*args)  # type: ignore[misc]
        policy, user = self.permission_policy, self.request.user  # type: ignore[attr-defined]
        if not policy.user_has_permission_for_instance(user, "change", entry):
            raise PermissionDenied
        return entry


class OwnEditView(GuardedObjectMixin, EditView):
    """Change an own entry."""


class OwnDeleteView(GuardedObjectMixin, DeleteView):
    """Remove an own entry."""


class OwnHistoryView(GuardedObjectMixin, HistoryView):
    """The history of an own entry."""


class OwnUsageView(GuardedObjectMixin, UsageView):
    """Where an own entry is used."""


class OwnedViewSet(ModelViewSet):
    """Entries that belong to units."""

    index_view_class = OwnIndexView
    edit_view_class = OwnEditView
    delete_view_class = OwnDeleteView
    history_view_class = OwnHistoryView
    usage_view_class = OwnUsageView
    copy_view_enabled = False
    inspect_view_enabled = False
