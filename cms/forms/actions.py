"""Sending a form, and forgetting what was sent."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from . import guard
from .models import Attempt, FormPage, Submission

FORGET = """
    DELETE FROM forms_submission s USING forms_formpage f
    WHERE f.basepage_ptr_id = s.page_id
    AND s.submit_time < now() - make_interval(days => f.keep_days)
"""


@dataclass
class SubmitAction:
    """Keep what somebody sent; the same text sent again within a day is the same submission."""

    page: FormPage
    data: dict[str, Any]
    consent: str
    address_key: str

    def execute(self) -> Submission:
        """The submission, new or found. Tells the form's addresses about a new one."""
        key = guard.fingerprint(self.page, self.data)
        with transaction.atomic():
            FormPage.objects.select_for_update(of=("self",)).filter(pk=self.page.pk).first()
            Attempt.objects.create(key=self.address_key)
            since = timezone.now() - guard.SAME_TEXT
            same = Submission.objects.filter(page_id=self.page.pk, fingerprint=key)
            known = same.filter(submit_time__gt=since).first()
            if known is not None:
                return known
            made = Submission.objects.create(
                page_id=self.page.pk,
                form_data=self.data,
                consent=self.consent,
                fingerprint=key,
                reference=guard.new_reference(),
            )
            self._tell(made)
        return made

    def _tell(self, made: Submission) -> None:
        from .tasks import tell_of_submission

        if self.page.to_address:
            tell_of_submission.enqueue(made.pk)


@dataclass
class ForgetAction:
    """Delete submissions whose form keeps them no longer, and yesterday's counts of attempts."""

    def execute(self) -> int:
        """How many submissions were deleted. Two statements."""
        day_ago = timezone.now() - datetime.timedelta(days=1)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(FORGET)
            count: int = cursor.rowcount
            Attempt.objects.filter(at__lt=day_ago).delete()
        return count
