"""Background work of forms."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from .actions import ForgetAction
from .models import FormPage, Submission

logger = logging.getLogger("liencap.forms")


@task()
def tell_of_submission(submission_id: int) -> None:
    """Tell a form's addresses that something came. The mail holds the reference, no data."""
    submission = Submission.objects.filter(pk=submission_id).first()
    page = FormPage.objects.filter(pk=submission.page_id).first() if submission else None
    if submission is None or page is None or not page.to_address:
        return
    path = reverse("wagtailforms:list_submissions", args=[page.pk], urlconf=settings.ROOT_URLCONF)
    send_mail(
        _("%(form)s: new submission %(reference)s")
        % {"form": page.title, "reference": submission.reference},
        _("Read it here: %(address)s") % {"address": settings.WAGTAILADMIN_BASE_URL + path},
        None,
        [address.strip() for address in page.to_address.split(",") if address.strip()],
    )


@task()
def forget_submissions() -> None:
    """Delete what forms keep no longer."""
    count = ForgetAction().execute()
    if count:
        logger.info("Deleted %d submissions at the end of their time.", count)
