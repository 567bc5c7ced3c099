"""Background work on what stands around the pages of a site."""

from __future__ import annotations

from django_tasks import task

from sites.hosts.versions import frames_changed
from themes.surroundings import make_look

from .models import SiteHomePage
from .signals import look_changed


@task()
def prepare_look(home_id: int) -> None:
    """Make emblem and banner in the sizes of the frame, and let all processes read it again.

    A home page deleted meanwhile needs none.
    """
    home = SiteHomePage.objects.select_related("logo", "banner").filter(pk=home_id).first()
    if home is None:
        return
    make_look(home)
    if home.logo_id or home.banner_id:
        frames_changed()
    if home.unit_id:
        look_changed.send(sender=SiteHomePage, unit_id=home.unit_id)
