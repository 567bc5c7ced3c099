"""All papers of the demonstration."""

from __future__ import annotations

from collections.abc import Iterable

from sites.units.models import AdministrativeUnit

from .common import Desk, Sections
from .disclosure import fill_disclosure
from .documents import fill_documents
from .notices import fill_notices
from .procedures import fill_procedures
from .questions import fill_questions


def fill_papers(sections: Sections, units: Iterable[AdministrativeUnit]) -> None:
    """Documents first, as the others name them; procedures before the questions that link them."""
    desk = Desk({unit.code: unit for unit in units}, sections)
    fill_documents(desk)
    fill_procedures(desk)
    fill_notices(desk)
    fill_disclosure(desk)
    fill_questions(desk)
