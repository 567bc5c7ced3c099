"""Where the distribution screens stand in the admin, and how their acts read in the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.log_actions import LogFormatter

from sites.people.models import Role
from sites.people.roles import has_role, roles_of

from . import urls
from .models import LocalDecision, Policy, RecallReason


@hooks.register("register_admin_urls")
def distribution_urls() -> list[URLResolver]:
    """Below `/phan-phoi/`."""
    return [path("phan-phoi/", include(urls))]


class MembersMenuItem(MenuItem):
    """Shown to everybody who works for a unit."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person works for a unit."""
        user: Any = request.user
        return user.is_superuser or bool(roles_of(user))


@hooks.register("register_admin_menu_item")
def board_item() -> MenuItem:
    """What our units push."""
    return MembersMenuItem(
        _("Distribution"), reverse("distribution:board"), name="distribution",
        icon_name="liencap-share", order=120,
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def inbox_item() -> MenuItem:
    """What reaches our units."""
    return MembersMenuItem(
        _("From the levels above"), reverse("distribution:inbox"), name="inbox",
        icon_name="liencap-inbox", order=121,
    )  # fmt: skip


class DistributeButton(PageMenuItem):
    """In the header menu of a published article of one's own unit."""

    label = _("Distribute to lower levels")
    icon_name = "liencap-share"
    url_name = "distribution:push"

    def is_shown(self, user: Any) -> bool:
        """Whether there is something to push and somewhere to push it."""
        page = self.page
        has_levels_below = page.unit_id is not None and page.unit.tier != "commune"
        return (
            page.listed
            and page.live
            and has_levels_below
            and has_role(user, page.unit_id, Role.EDITOR)
        )


@hooks.register("register_page_header_buttons")
def distribute_button(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[PageMenuItem]:
    """Offer the push where the page is edited and listed."""
    yield DistributeButton(page=page, priority=12)


@hooks.register("register_icons")
def icons(known: list[str]) -> list[str]:
    """Icons drawn for these screens."""
    return [*known, "distribution/icons/liencap-share.svg", "distribution/icons/liencap-inbox.svg"]


def in_words(data: dict[str, Any]) -> dict[str, Any]:
    """A log entry's data with labels in the place of stored values."""
    labels = dict(Policy.choices) | dict(LocalDecision.State.choices) | {"follow": _("follow")}
    return {
        key: labels.get(value, value) if isinstance(value, str) else value
        for key, value in data.items()
    }


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """How the acts read in a page's history and in the site history."""

    @actions.register_action("liencap.distribution.push")
    class Push(LogFormatter):
        label = _("Distribute")

        def format_message(self, entry: Any) -> str:
            return _("Distributed to %(sites)s sites (%(policy)s)") % in_words(entry.data)

    @actions.register_action("liencap.distribution.change")
    class Change(LogFormatter):
        label = _("Change distribution")

        def format_message(self, entry: Any) -> str:
            return _("Distribution changed: %(sites)s sites (%(policy)s)") % in_words(entry.data)

    @actions.register_action("liencap.distribution.recall")
    class Recall(LogFormatter):
        label = _("Recall")

        def format_message(self, entry: Any) -> str:
            reason = RecallReason(entry.data["reason"]).label
            return _("Recalled from every site: %(reason)s") % {"reason": reason}

    @actions.register_action("liencap.distribution.decide")
    class Decide(LogFormatter):
        label = _("Local decision")

        def format_message(self, entry: Any) -> str:
            return _("Unit %(unit)s decided: %(state)s") % in_words(entry.data)
