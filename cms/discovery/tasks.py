"""Drawing in the background."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef
from django_tasks import task

from cms.basepage.models import BasePage
from sites.units.models import AdministrativeUnit

from .models import DrawnPicture
from .sharing import card_look_of, draw_for

BATCH = 12
LOOKED_AT = 200
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


@task(priority=WHEN_IDLE)
def redraw_site(unit_id: int, after: int = 0) -> None:
    """Draw the pictures of a unit's pages again whose look or words have changed, by rising id.

    A batch at a time, like `draw_inserted`; what is as it should be costs a look at its record.
    """
    drawn = DrawnPicture.objects.filter(page=OuterRef("pk"))
    pages = BasePage.objects.filter(Exists(drawn), unit=unit_id, pk__gt=after).order_by("pk")
    looked_at = list(pages.select_related("unit", "section")[:LOOKED_AT])
    look = card_look_of(looked_at[0].unit) if looked_at else None
    count = 0
    for page in looked_at:
        count += draw_for(page, look)
        if count >= BATCH or page is looked_at[-1]:
            redraw_site.enqueue(unit_id, page.pk)
            return


@task(priority=WHEN_IDLE)
def redraw_sites(unit_id: int) -> None:
    """A look has changed: that of the unit, and by its locks those of the units below."""
    unit = AdministrativeUnit.objects.filter(pk=unit_id).first()
    if unit is None:
        return
    below = DrawnPicture.objects.filter(page__unit__path__startswith=unit.path)
    for pk in below.order_by().values_list("page__unit", flat=True).distinct():
        redraw_site.enqueue(pk)
