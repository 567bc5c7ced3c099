"""Which tags are offered while an editor types one.

Wagtail's view offers every stored tag, those of other units' drafts among them. There is no hook:
`cms.urls` puts these addresses before Wagtail's.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import URLPattern, path
from taggit.models import Tag as MediaTag
from taggit.models import TaggedItem
from wagtail.admin.auth import require_admin_access
from wagtail.permissions import policy_registry
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.media.models import PortalDocument, PortalImage
from search.text import fold
from sites.people.roles import roles_of

from .models import PageTag, Tag, TaggedEntry, slug_of

MOST = 10


def complete_page_tag(request: HttpRequest, app_name: str, model_name: str) -> JsonResponse:
    """Tags of pages by the beginning of any of their words, typed with or without accents."""
    if (app_name, model_name) != (Tag._meta.app_label, Tag._meta.model_name):
        raise Http404("There are no such tags.")
    typed = request.GET.get("term", "").replace("\0", "")[:100]
    if not fold(typed).strip():
        return JsonResponse([], safe=False)
    begins = slug_of(typed)
    matching = Q(slug__startswith=begins) | Q(slug__contains=f"-{begins}")
    return _answer(offered_to(request.user).filter(matching))


def complete_media_tag(request: HttpRequest) -> JsonResponse:
    """Tags of the pictures and files that a person may use."""
    typed = request.GET.get("term", "").replace("\0", "")[:100]
    if not typed.strip():
        return JsonResponse([], safe=False)
    own = Q()
    for model in (PortalImage, PortalDocument):
        usable = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
            request.user, ["choose"]
        )
        items = TaggedItem.objects.filter(
            tag=OuterRef("pk"),
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            object_id__in=usable.order_by().values("pk"),
        )
        own |= Q(Exists(items))
    return _answer(MediaTag.objects.filter(own, name__istartswith=typed))


def offered_to(user: Any) -> QuerySet[Tag]:
    """Tags of what everybody may read, and those of the drafts of one's own units."""
    if user.is_superuser:
        return Tag.objects.all()
    own = PageTag.objects.filter(tag=OuterRef("pk"), content_object__unit__in=list(roles_of(user)))
    read = TaggedEntry.objects.filter(tag=OuterRef("pk"))
    return Tag.objects.filter(Exists(own) | Exists(read))


def _answer(tags: QuerySet) -> JsonResponse:
    names = tags.order_by("name").values_list("name", flat=True)[:MOST]
    return JsonResponse(list(names), safe=False)


def completing_urls() -> list[URLPattern]:
    """The two addresses, to stand before Wagtail's."""
    patterns = [
        path("tag-autocomplete/", complete_media_tag),
        path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", complete_page_tag),
    ]
    guarded: list[URLPattern] = decorate_urlpatterns(patterns, require_admin_access)
    return guarded
