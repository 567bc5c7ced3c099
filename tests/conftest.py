"""What most tests share: a province with two districts and three communes, each with its site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter
from django.test import Client
from django.utils import translation
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from sites.people.models import User
from sites.units.models import AdministrativeUnit
from tests.factories import make_site, make_unit
from tests.snapshots import Snapshot
from tests.stack import Stack

Reader = Callable[[AdministrativeUnit], Client]
SignedIn = Callable[[User], Client]
RunTasks = Callable[[], None]

OF_THE_PORTAL = ("tests/browser/", "tests/lighthouse/")
EDITORS_HOST = "quantri.haiduong.localhost"


@dataclass(frozen=True)
class Province:
    """Units of a small province, all with sites."""

    province: AdministrativeUnit
    thanh_ha: AdministrativeUnit
    nam_sach: AdministrativeUnit
    thanh_son: AdministrativeUnit
    thanh_hong: AdministrativeUnit
    hop_tien: AdministrativeUnit


def commits(item: pytest.Item) -> bool:
    """Whether a test writes for good, after which the database is emptied."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


class OneStack(LoadScopeScheduling):
    """Several processes share the tests in their order; one does all that need the demonstration.

    That takes minutes to make. Tests that commit stay behind all others, where pytest-django puts
    them. (xdist's own groups do nothing under pytest 9: they rename items by `_nodeid`.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return "portal" if nodeid.startswith(OF_THE_PORTAL) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Used with `--dist loadscope`."""
    return OneStack(config, log)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what tests measured: each `record_property("figures", …)`."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in report.user_properties:
                if name == "figures":
                    terminalreporter.section(report.nodeid, sep="-")
                    terminalreporter.write_line(str(value))


def make_hai_duong() -> None:
    """Units and sites of `Province`."""
    province = make_unit("30", "Hải Dương")
    thanh_ha = make_unit("294", "Thanh Hà", province)
    nam_sach = make_unit("291", "Nam Sách", province)
    thanh_son = make_unit("10867", "Thanh Sơn", thanh_ha)
    thanh_hong = make_unit("10879", "Thanh Hồng", thanh_ha)
    hop_tien = make_unit("10615", "Hợp Tiến", nam_sach)
    make_site(province, thanh_ha, nam_sach, thanh_son, thanh_hong, hop_tien)


@pytest.fixture(scope="session")
def rows_of_hai_duong(django_db_setup: None, django_db_blocker: Any) -> Snapshot:
    """Making six sites takes ten times as long as putting their rows back."""
    with django_db_blocker.unblock(), translation.override("vi"):
        return Snapshot.of(make_hai_duong)


@pytest.fixture
def hai_duong(request: pytest.FixtureRequest, rows_of_hai_duong: Snapshot, db: Any) -> Province:
    """Hải Dương in small: two districts, two communes in one and one in the other."""
    if commits(request.node):
        make_hai_duong()  # on a database that was emptied, with content types of other numbers
    else:
        rows_of_hai_duong.restore()
    codes = ("30", "294", "291", "10867", "10879", "10615")
    return Province(*(AdministrativeUnit.objects.get(code=code) for code in codes))


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demonstration province, served by processes of its own."""
    require("DATABASE_URL" in os.environ, "run the tests of the whole portal with `make test`")
    with Stack(tmp_path_factory.mktemp("portal")) as stack:
        yield stack


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Every test begins in Vietnamese, whatever page the test before asked for."""
    with translation.override("vi"):
        yield


@pytest.fixture
def reader() -> Reader:
    """A browser pointed at a unit's host: `reader(unit).get("/tin-tuc/")`."""
    return lambda unit: Client(HTTP_HOST=unit.hostname)


@pytest.fixture
def signed_in() -> SignedIn:
    """A browser on the editors' host in which a person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client(HTTP_HOST=EDITORS_HOST)
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def run_tasks() -> RunTasks:
    """Do everything that waits, as a worker does, but inside the test's own transaction."""

    def run() -> None:
        worker = Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id="tests", excluded_queue_names=[],
        )  # fmt: skip
        while task := DBTaskResult.objects.ready().first():
            task.claim("tests")
            worker.run_task(task)

    return run


def require(available: bool, what_to_install: str) -> None:
    """Skip a test that cannot run here; under CI=true fail instead."""
    if available:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have this: {what_to_install}")
    pytest.skip(what_to_install)
