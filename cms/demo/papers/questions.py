"""Questions of residents, answered by the province for everybody below."""

from __future__ import annotations

import datetime
import random

from cms.questions.models import QuestionLink, QuestionPage
from cms.vocabularies.models import Field

from ..content_files import Raw
from .common import Desk, entries, morning, paragraphs

SECTION = "hoi-dap"
PROVINCE = "30"
FIRST_DAY = datetime.date(2024, 1, 8)
DAYS = 530


def fill_questions(desk: Desk) -> None:
    """Pages, links to procedures, distributions."""
    fields = {field.code: field for field in Field.objects.all()}
    written = [(raw, _page(raw, fields)) for raw in entries("questions", "question")]
    desk.insert([(PROVINCE, SECTION, page) for _raw, page in written])
    QuestionLink.objects.bulk_create(
        QuestionLink(page=page, target_id=desk.pages[key].pk, sort_order=order)
        for raw, page in written
        for order, key in enumerate(raw.get("links", []))
    )
    for _raw, page in written:
        desk.push(page, [f"under:{PROVINCE}"])


def _page(raw: Raw, fields: dict[str, Field]) -> QuestionPage:
    chance = random.Random(raw["key"])  # noqa: S311 (repeatable, not secret)
    asked = FIRST_DAY + datetime.timedelta(days=chance.randrange(DAYS))
    answered = asked + datetime.timedelta(days=chance.randint(2, 9))
    english = raw.get("en", {})
    return QuestionPage(
        source_id=f"demo:question:hoi-{raw['key']}",
        title=raw["title"],
        headline_en=english.get("title", ""),
        field=fields[raw["field"]],
        asked_on=asked,
        answered_on=answered,
        answered_by_vi=raw["by"],
        public_at=morning(answered),
        body_vi=paragraphs(raw["answer"]),
        body_en=paragraphs([english["answer"]]) if english else "[]",
    )
