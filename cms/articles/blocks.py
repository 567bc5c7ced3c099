"""The blocks of an article's body."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlparse

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript"]
VIDEO_HOSTS = {"youtube.com", "www.youtube.com", "youtu.be", "vimeo.com", "www.vimeo.com"}


class HeadingBlock(blocks.StructBlock):
    """A heading of the second or third level; the title is the first."""

    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Heading")), ("3", _("Subheading"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "themes/blocks/heading.html"


class FigureBlock(blocks.StructBlock):
    """A picture with its caption and a text for those who cannot see it."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    alt = blocks.CharBlock(
        label=_("Description for readers who cannot see it"),
        max_length=300,
        required=False,
        help_text=_("Empty: the picture is decoration only."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "themes/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    """Words of a document or a person, with their source."""

    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "themes/blocks/quote.html"


class NoteBlock(blocks.StructBlock):
    """A box that stands out: information, a warning, or whom to turn to."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Information")), ("warning", _("Warning")), ("contact", _("Contact"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Note")
        template = "themes/blocks/note.html"


class VideoBlock(blocks.StructBlock):
    """A video of YouTube or Vimeo. It loads nothing from there until the reader starts it."""

    url = blocks.URLBlock(label=_("Address of the video"))
    title = blocks.CharBlock(label=_("Title"), max_length=200)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "themes/blocks/video.html"

    def clean(self, value: Any) -> Any:
        """Refuse services that are not on the list, and addresses that name no video."""
        value = super().clean(value)
        if not embed_url(value["url"]):
            message = _("Only addresses of videos on YouTube or Vimeo can be embedded.")
            raise blocks.StructBlockValidationError({"url": ValidationError(message)})
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the address of the player."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["player"] = embed_url(value["url"])
        return context


def embed_url(url: str) -> str:
    """The player's address for a video on the allow-list, or an empty text."""
    parts = urlparse(url)
    if parts.hostname not in VIDEO_HOSTS:
        return ""
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    if parts.hostname.endswith("vimeo.com"):
        return f"https://player.vimeo.com/video/{last}?dnt=1" if last.isdigit() else ""
    video = parse_qs(parts.query).get("v", [last])[0]
    safe = video.replace("-", "").replace("_", "")
    if len(video) != 11 or not (safe.isascii() and safe.isalnum()):
        return ""
    return f"https://www.youtube-nocookie.com/embed/{video}"


class DocumentsBlock(blocks.ListBlock):
    """Files to download, with their type and size."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(DocumentChooserBlock(), **kwargs)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "themes/blocks/documents.html"


class GalleryBlock(blocks.ListBlock):
    """Several pictures that belong together."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(FigureBlock(), **kwargs)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "themes/blocks/gallery.html"


def table_block() -> TypedTableBlock:
    """A table whose header row and caption are part of it."""
    return TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.CharBlock(label=_("Number"), required=False)),
            ("rich_text", blocks.RichTextBlock(label=_("Rich text"), features=RICH_TEXT_FEATURES)),
        ],
        label=_("Table"),
        icon="table",
        template="themes/blocks/table.html",
    )


class ArticleBody(blocks.StreamBlock):
    """What an article is made of, in any order."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=RICH_TEXT_FEATURES,
        template="themes/blocks/paragraph.html",
    )  # fmt: skip
    image = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = table_block()
    documents = DocumentsBlock()
    video = VideoBlock()
    note = NoteBlock()
