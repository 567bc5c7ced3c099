"""What editors type becomes a tag that is there already, wherever one means the same."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.text import clean

from .models import LONGEST, Tag, slug_of

MOST = 10


def known_names(typed: Sequence[str]) -> list[str]:
    """Names of tags for what was typed: of known ones where only accents or case differ.

    Raises ValidationError for too many, for long ones, and for those without a letter or digit.
    One query.
    """
    names = list(dict.fromkeys(filter(None, (" ".join(clean(name).split()) for name in typed))))
    if len(names) > MOST:
        message = ngettext("At most %(n)d tag.", "At most %(n)d tags.", MOST)
        raise ValidationError(message % {"n": MOST})
    for name in names:
        _check(name)
    slugs = {name: slug_of(name) for name in names}
    known = dict(Tag.objects.filter(slug__in=slugs.values()).values_list("slug", "name"))
    found = {slug: known.get(slug, name) for name, slug in slugs.items()}
    return list(found.values())


def _check(name: str) -> None:
    if len(name) > LONGEST:
        message = _("“%(tag)s” is longer than %(n)d letters; a tag is a short word or name.")
        raise ValidationError(message % {"tag": name, "n": LONGEST})
    if not any(char.isalnum() for char in name):
        raise ValidationError(_("“%(tag)s” has no letter or digit.") % {"tag": name})
