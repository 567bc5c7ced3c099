"""Tells the caches in front of the portal what to forget, by key and not by address.

A change of a page that is shown on hundreds of sites is a handful of keys. The order is a task in
the transaction of the change, so none is lost; without `PURGE_URLS` nothing is ordered.
"""

from __future__ import annotations

import datetime
import logging
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete
from django.utils import timezone
from django_tasks import task
from wagtail.signals import page_published, page_unpublished

from cms.basepage.models import BasePage
from cms.basepage.signals import pages_changed
from sites.distribution.models import Distribution
from sites.distribution.signals import distribution_changed
from sites.units.models import AdministrativeUnit

from .caching import frame_keys, list_keys, page_key

logger = logging.getLogger("liencap.purging")
PER_REQUEST = 50
TRIES = 6
TIMEOUT = 5  # seconds


@task()
def purge(keys: list[str], attempt: int = 1) -> None:
    """Send keys to every cache; those that did not answer are asked again, ever later."""
    failed = [
        url for url in settings.PURGE_URLS if not all(_send(url, part) for part in _parts(keys))
    ]
    if not failed:
        return
    if attempt >= TRIES:
        raise ConnectionError(f"Caches do not answer: {', '.join(failed)}; {len(keys)} keys.")
    later = timezone.now() + datetime.timedelta(seconds=2**attempt)
    purge.using(run_after=later).enqueue(keys, attempt + 1)


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + PER_REQUEST] for start in range(0, len(keys), PER_REQUEST))


def _send(url: str, keys: Sequence[str]) -> bool:
    """One request as Varnish's xkey and the common CDNs understand it; whether it was accepted."""
    text = " ".join(keys)
    headers = {"xkey-purge": text, "Surrogate-Key": text}
    request = urllib.request.Request(url, method="PURGE", headers=headers)  # noqa: S310 (settings)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return 200 <= answer.status < 300
    except (urllib.error.URLError, OSError) as error:
        logger.warning("The cache %s did not take a purge: %s", url, error)
        return False


def order(keys: Iterable[str]) -> None:
    """Let the worker purge keys, if there are caches to purge."""
    wanted = list(dict.fromkeys(keys))
    if wanted and settings.PURGE_URLS:
        purge.enqueue(wanted)


# -------------------------------------------------------------------------------- what changes what


def keys_of(page_ids: Sequence[int]) -> list[str]:
    """What shows any of these pages: themselves, lists of their units, lists of all receivers."""
    pages = BasePage.objects.filter(pk__in=page_ids).values_list(
        "pk", "unit__code", "listed", named=True
    )
    keys = []
    for page in pages:
        own = [f"unit:{page.unit__code}"] if page.unit__code else []
        keys += [page_key(page.pk), *(list_keys(own) if page.listed else frame_keys(own))]
    audiences = Distribution.objects.filter(page__in=page_ids).values_list("audience", flat=True)
    return keys + list_keys(token for audience in audiences for token in audience)


def _page_changed(instance: Any, **kwargs: Any) -> None:
    if not settings.PURGE_URLS:
        return
    keys = keys_of([instance.pk])
    if getattr(instance, "urgent", None) is not None:  # such notices stand above every page
        keys += [key.replace("list-", "frame-", 1) for key in keys if key.startswith("list-")]
    order(keys)


def _pages_changed(page_ids: Sequence[int], **kwargs: Any) -> None:
    if settings.PURGE_URLS:
        order(keys_of(page_ids))


def _distribution_changed(page_id: int, **kwargs: Any) -> None:
    if settings.PURGE_URLS:
        order(keys_of([page_id]))


def _deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, BasePage) and settings.PURGE_URLS and instance.unit_id:
        unit = AdministrativeUnit.objects.get(pk=instance.unit_id)
        order([page_key(instance.pk), *list_keys([f"unit:{unit.code}"])])


def connect() -> None:
    """Listen to everything that changes what readers see."""
    page_published.connect(_page_changed, dispatch_uid="purge-published")
    page_unpublished.connect(_page_changed, dispatch_uid="purge-unpublished")
    pages_changed.connect(_pages_changed, dispatch_uid="purge-inserted")
    distribution_changed.connect(_distribution_changed, dispatch_uid="purge-distribution")
    post_delete.connect(_deleted, dispatch_uid="purge-deleted")
