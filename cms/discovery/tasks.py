"""Drawing in the background."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef
from django_tasks import task

from cms.basepage.models import BasePage

from .models import DrawnPicture
from .sharing import draw_for

BATCH = 12
HOME_DEPTH = 2
WHEN_IDLE = -50  # of -100 to 100: an import of thousands of pages must not hold up the search


@task()
def draw_page(page_id: int) -> None:
    """Draw the picture of a page that was published; a page deleted meanwhile needs none."""
    page = BasePage.objects.filter(pk=page_id).select_related("unit", "section").first()
    if page is not None:
        draw_for(page)


@task(priority=WHEN_IDLE)
def draw_inserted(after: int) -> None:
    """Draw pictures for home pages that were inserted in bulk, a batch at a time, by rising id.

    Pages below show their site's until somebody publishes them: drawing an archive of 100,000
    imported pages would keep the worker busy for hours. Each batch orders the next, so that
    everything that was ordered meanwhile comes first.
    """
    drawn = DrawnPicture.objects.filter(page=OuterRef("pk"), language=settings.LANGUAGE_CODE)
    waiting = BasePage.objects.filter(
        ~Exists(drawn), pk__gt=after, live=True, image=None, depth=HOME_DEPTH
    )
    pages = list(waiting.order_by("pk").select_related("unit", "section")[:BATCH])
    for page in pages:
        draw_for(page)
    if len(pages) == BATCH:
        draw_inserted.enqueue(pages[-1].pk)
