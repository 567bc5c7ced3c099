"""The picture of a link: the page's own, or one drawn from its title after it was published.

A page never asks the database whether the drawn picture is there. Its address follows from what is
drawn (`/anh-chia-se/<page>-<language>-<digest>.png`); until the worker has drawn it, and for
pages that it has not come to, the address answers with the picture of the site.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import get_language, gettext, override
from PIL import Image

from cms.home.models import SiteHomePage
from cms.media.renditions import SHARED, made_renditions
from themes.names import unit_name
from themes.styles.locks import locking_homes
from themes.styles.looks import look_of

from .cards import HEIGHT, WIDTH, CardText, draw_card
from .models import DrawnPicture
from .palettes import CardPalette, palette_of

if TYPE_CHECKING:
    from cms.basepage.models import BasePage
    from sites.units.models import AdministrativeUnit

VERSION = "1"  # raise it when cards look different


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """Address without host, size in pixels and alternative text of a link's picture."""

    path: str
    width: int
    height: int
    alt: str


def shared_picture(page: BasePage) -> SharedPicture:
    """The picture for links to a page in the active language. Makes nothing."""
    if page.image_id and page.image is not None:
        ready = made_renditions(page.image).get(SHARED)
        if ready is not None:
            alt = page.image.description or page.display_title
            return SharedPicture(ready.url, ready.width, ready.height, alt)
    language = language_of(page)
    with override(language):
        text = card_text(page)
    path = f"/anh-chia-se/{page.pk}-{language}-{digest_of(text)}.png"
    return SharedPicture(path, WIDTH, HEIGHT, f"{text.title} – {text.unit}")


def language_of(page: BasePage) -> str:
    """The active language if the page is offered in it, else Vietnamese."""
    active = get_language() or settings.LANGUAGE_CODE
    offered = page.languages() if page.listed else [code for code, _ in settings.LANGUAGES]
    return active if active in offered else settings.LANGUAGE_CODE


def card_text(page: BasePage) -> CardText:
    """What the card of a page says in the active language."""
    unit = unit_name(page.unit) if page.unit else ""
    kind = gettext("Web portal")
    if page.depth == 2:
        return CardText(unit, "", kind, page.unit.hostname if page.unit else "")
    label = str(page.section) if page.listed and page.section else ""
    return CardText(page.display_title, label, kind, unit)


def digest_of(text: CardText) -> str:
    """Changes with everything that the card says."""
    words = "\0".join((VERSION, text.title, text.label, text.kind, text.unit))
    return hashlib.blake2s(words.encode(), digest_size=6).hexdigest()


def file_name(page_id: int, language: str, digest: str) -> str:
    """Where a drawn picture lies in the media store; a thousand pages to a folder."""
    return f"chia-se/{page_id // 1000}/{page_id}-{language}-{digest}.png"


def needs_card(page: BasePage) -> bool:
    """Whether readers may see the page, and it has no picture of its own."""
    if not page.live or page.depth < 2 or page.image_id:
        return False
    return not page.get_view_restrictions().exists()


def draw_for(page: BasePage, look: CardLook | None = None) -> int:
    """Draw the missing and outdated pictures of a page in its languages; returns how many.

    `look` is that of the page's site, where the caller knows it.
    """
    if not needs_card(page):
        return 0
    look = look or card_look_of(page.unit)
    offered = page.languages() if page.listed else [code for code, _ in settings.LANGUAGES]
    return sum(_draw(page, language, look) for language in offered)


def _draw(page: BasePage, language: str, look: CardLook) -> bool:
    with override(language):
        text = card_text(page)
    digest = digest_of(text)
    name = file_name(page.pk, language, digest)
    known = DrawnPicture.objects.filter(page_id=page.pk, language=language).first()
    is_stored = default_storage.exists(name)
    is_same = known is not None and (known.digest, known.look) == (digest, look.digest)
    if is_same and is_stored:
        return False
    if is_stored:
        default_storage.delete(name)
    default_storage.save(name, ContentFile(draw_card(text, look.palette, look.emblem())))
    DrawnPicture.objects.update_or_create(
        page_id=page.pk,
        language=language,
        defaults={"digest": digest, "look": look.digest, "file": name},
    )
    if known and known.name != name:
        forget_file(known.name)
    return True


def forget_file(name: str) -> None:
    """Delete a drawn picture from the store once the change that replaced it is certain."""
    transaction.on_commit(lambda: default_storage.delete(name))


@dataclass(frozen=True, slots=True)
class CardLook:
    """In what the cards of a site are drawn: its colours, and its own emblem if it has one."""

    palette: CardPalette
    logo: Any = None

    @property
    def digest(self) -> str:
        """Changes with everything that cards look like besides what they say."""
        file = self.logo.file.name if self.logo else ""
        return hashlib.blake2s(f"{self.palette}\0{file}".encode(), digest_size=6).hexdigest()

    def emblem(self) -> Image.Image | None:
        """The emblem; None when there is none or its file is lost."""
        if self.logo is None:
            return None
        try:
            with self.logo.file.open("rb") as file:
                return Image.open(io.BytesIO(file.read()))
        except OSError:
            return None


def card_look_of(unit: AdministrativeUnit | None) -> CardLook:
    """The look of a unit's site, locks of higher levels heeded. A few queries."""
    home = SiteHomePage.objects.select_related("logo").filter(unit=unit).first()
    above = locking_homes(unit)
    marked = next((one for one in above if one.lock_logo), home)
    return CardLook(palette_of(look_of(home, above)), marked.logo if marked else None)
