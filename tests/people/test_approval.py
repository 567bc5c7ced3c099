"""Contributors submit, approvers of the same unit publish."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import TaskState, WorkflowState

from sites.people.models import Role
from tests.conftest import Province
from tests.factories import make_article, make_person


@pytest.fixture
def submitted(hai_duong: Province) -> Any:
    """A draft that a contributor of Thanh Sơn has handed in."""
    author = make_person(hai_duong.thanh_son, Role.CONTRIBUTOR)
    draft = make_article(hai_duong.thanh_son, "Bài chờ duyệt", live=False, owner=author)
    draft.get_workflow().start(draft, author)
    return draft


def reviewable(person: Any) -> list[TaskState]:
    return list(TaskState.objects.reviewable_by(person))


def test_one_workflow_serves_every_site(hai_duong: Province) -> None:
    own = make_article(hai_duong.thanh_son)
    other = make_article(hai_duong.province)
    assert own.get_workflow() == other.get_workflow()
    assert own.has_workflow


def test_the_units_approver_publishes_it(submitted: Any, hai_duong: Province) -> None:
    approver = make_person(hai_duong.thanh_son, Role.APPROVER)
    [state] = reviewable(approver)
    task = state.task.specific
    assert [name for name, *_ in task.get_actions(submitted, approver)] == [
        "reject", "approve", "approve",
    ]  # fmt: skip
    task.on_action(state, approver, "approve")
    submitted.refresh_from_db()
    assert submitted.live


def test_it_can_be_handed_back(submitted: Any, hai_duong: Province) -> None:
    approver = make_person(hai_duong.thanh_son, Role.APPROVER)
    [state] = reviewable(approver)
    state.task.specific.on_action(state, approver, "reject", comment="Thiếu ngày.")
    submitted.refresh_from_db()
    assert not submitted.live
    assert submitted.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR])
def test_lower_roles_do_not_review(submitted: Any, hai_duong: Province, role: Any) -> None:
    person = make_person(hai_duong.thanh_son, role)
    assert reviewable(person) == []
    assert submitted.current_workflow_task.specific.get_actions(submitted, person) == []


@pytest.mark.parametrize("unit", ["province", "thanh_ha", "thanh_hong"])
def test_approvers_of_other_units_see_nothing_of_it(
    submitted: Any, hai_duong: Province, unit: Any
) -> None:
    stranger = make_person(getattr(hai_duong, unit), Role.ADMINISTRATOR)
    assert reviewable(stranger) == []
    assert not submitted.current_workflow_task.specific.user_can_access_editor(submitted, stranger)


def test_while_it_waits_only_approvers_change_it(submitted: Any, hai_duong: Province) -> None:
    editor = make_person(hai_duong.thanh_son, Role.EDITOR)
    approver = make_person(hai_duong.thanh_son, Role.APPROVER)
    lock = submitted.get_lock()
    assert lock.for_user(editor)
    assert not lock.for_user(approver)
