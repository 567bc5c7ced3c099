"""The one approval step that serves every site."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from sites.hosts.pages import get_page_model
from sites.people.models import Role
from sites.people.roles import has_role, units_with_role


class UnitApprovalTask(Task):
    """Approval by the approvers of the page's own unit: no group and no workflow per site."""

    class Meta:
        verbose_name = _("approval by the unit")
        verbose_name_plural = _("approvals by the unit")

    @staticmethod
    def _may_approve(page: Any, user: Any) -> bool:
        return has_role(user, page.unit_id, Role.APPROVER)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Approvers open what waits for them."""
        return self._may_approve(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While it waits, only approvers change it."""
        return not self._may_approve(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Approvers may lock what they review."""
        return self._may_approve(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Request changes, approve, approve with a comment."""
        if not self._may_approve(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet:
        """What waits for a person on the dashboard and in the reports."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting
        units = units_with_role(user, Role.APPROVER)
        pages = get_page_model().objects.filter(unit__in=units)
        candidates = waiting.filter(workflow_state__base_content_type__model="basepage")
        object_ids = [str(pk) for pk in pages.filter(
            pk__in=[int(s) for s in candidates.values_list("workflow_state__object_id", flat=True)]
        ).values_list("pk", flat=True)]  # fmt: skip
        return waiting.filter(workflow_state__object_id__in=object_ids)

    @classmethod
    def get_description(cls) -> str:
        """What the step does, for people who arrange workflows."""
        return str(_("Approvers of the page's own unit approve it."))
