"""The permission policies of the editors' side, all computed from `Membership`.

Registered through Wagtail's registry, so every admin view, chooser, report and preview asks them.
There are no per-site groups: stock Wagtail adds one OR branch per permission row, 14.5 s for the
explorer at 400 groups (docs/decisions/0005).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from sites.hosts.pages import get_page_model
from sites.hosts.registry import host_map

from .models import Role
from .roles import RANK, roles_of

PAGE_ACTIONS: dict[Role, set[str]] = {
    Role.CONTRIBUTOR: {"add"},
    Role.EDITOR: {"add", "change", "publish", "lock"},
    Role.APPROVER: {"add", "change", "publish", "lock", "unlock"},
    Role.ADMINISTRATOR: {"add", "change", "publish", "lock", "unlock", "bulk_delete"},
}
MEDIA_ACTIONS = {"add", "choose", "change", "delete", "view"}


@dataclass(frozen=True)
class Codename:
    """Stands where Wagtail expects a row of Django's permissions."""

    codename: str


@dataclass(frozen=True)
class Grant:
    """One action that a person may do at a home page and everything below it."""

    page: Any
    permission: Codename

    @property
    def page_id(self) -> int:
        """The home page's key."""
        return int(self.page.pk)


def roles_allowing(actions: Iterable[str]) -> list[Role]:
    """The roles that allow any of some page actions."""
    wanted = set(actions)
    return [role for role, allowed in PAGE_ACTIONS.items() if allowed & wanted]


class UnitPagePolicy(PagePermissionPolicy):
    """Pages: a role for a unit allows its actions on the pages of that unit's site, no others."""

    def get_all_permissions_for_user(self, user: Any) -> list[Grant]:
        """One grant per unit and action. One query for the home pages."""
        if user.is_superuser:
            return []
        roles = roles_of(user)
        homes = host_map().by_unit
        role_at = {homes[unit].root_page_id: role for unit, role in roles.items() if unit in homes}
        pages = get_page_model().objects.filter(pk__in=role_at)
        return [
            Grant(page, Codename(self._get_permission_codename(action)))
            for page in pages
            for action in sorted(PAGE_ACTIONS[Role(role_at[page.pk])])
        ]

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """Pages by their unit: one condition, however many units a person serves."""
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        actions = set(actions)
        pages = self.model._default_manager.filter(unit__in=self._units(user, actions))
        if "change" in actions and "add" not in actions:
            own = Q(unit__in=self._units(user, {"add"}), owner=user)
            pages = self.model._default_manager.filter(Q(unit__in=self._units(user, actions)) | own)
        return pages

    def explorable_instances(self, user: Any) -> QuerySet:
        """The pages of a person's units; with several units also the root, to move between them."""
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        units = self._units(user, {"add", "change", "publish"})
        visible = Q(unit__in=units)
        if len(units) > 1:
            visible |= Q(depth=1)
        return self.model._default_manager.filter(visible)

    def users_with_any_permission(
        self, actions: Iterable[str], include_superusers: bool = True
    ) -> QuerySet:
        """People who may do any of the actions somewhere."""
        return _people(Q(memberships__role__in=roles_allowing(actions)), include_superusers)

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any, include_superusers: bool = True
    ) -> QuerySet:
        """People who may do any of the actions with one page."""
        actions = set(actions)
        roles = roles_allowing(actions)
        people = Q(memberships__unit_id=instance.unit_id, memberships__role__in=roles)
        if "change" in actions:
            people |= Q(pk=instance.owner_id, memberships__unit_id=instance.unit_id)
        return _people(people, include_superusers)

    @staticmethod
    def _units(user: Any, actions: set[str]) -> list[int]:
        roles = set(roles_allowing(actions))
        return [unit for unit, role in roles_of(user).items() if role in roles]


class UnitMediaPolicy(BasePermissionPolicy):
    """Pictures and documents: members use their unit's; contributors change only their own."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether a person may do this with some picture or document."""
        if user.is_superuser and user.is_active:
            return True
        return action in MEDIA_ACTIONS and bool(roles_of(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Whether a person may do this with one picture or document."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        """Whether a person may do any of these with one picture or document."""
        if user.is_superuser and user.is_active:
            return True
        role = roles_of(user).get(instance.unit_id)
        if role is None:
            return False
        wanted = set(actions) & MEDIA_ACTIONS
        if wanted & {"add", "choose", "view"}:
            return True
        is_editor = RANK[role] >= RANK[Role.EDITOR]
        return bool(wanted) and (is_editor or instance.uploaded_by_user_id == user.pk)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """The pictures or documents with which a person may do any of these."""
        everything = self.model._default_manager
        if user.is_superuser and user.is_active:
            return everything.all()
        wanted = set(actions) & MEDIA_ACTIONS
        roles = roles_of(user)
        if wanted & {"choose", "view"}:
            return everything.filter(unit__in=list(roles))
        if not wanted:
            return everything.none()
        editing = [unit for unit, role in roles.items() if RANK[role] >= RANK[Role.EDITOR]]
        own = Q(unit__in=list(roles), uploaded_by_user=user)
        return everything.filter(Q(unit__in=editing) | own)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        """People who may do any of these with some picture or document."""
        member = Q(memberships__isnull=False) if set(actions) & MEDIA_ACTIONS else Q(pk__in=[])
        return _people(member, include_superusers=True)

    def collections_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet:
        """Collections play no part in permissions here; everything lies in the root one."""
        allowed = self.user_has_any_permission(user, actions)
        roots = Collection.objects.filter(depth=1)
        return roots if allowed else roots.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet:
        """The root collection for anyone who may do this somewhere."""
        return self.collections_user_has_any_permission_for(user, [action])


def _people(condition: Q, include_superusers: bool) -> QuerySet:
    if include_superusers:
        condition |= Q(is_superuser=True)
    users = get_user_model()._default_manager.filter(condition, is_active=True)
    return users.distinct()
