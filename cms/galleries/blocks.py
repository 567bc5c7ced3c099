"""Pictures, videos and recordings of a gallery."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.articles.blocks import embed_url
from cms.articles.languages import in_each_language

VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
AUDIO_TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg"}


class PhotoBlock(blocks.StructBlock):
    """A picture; what it shows must be said in words, as the pictures are the content here."""

    image = ImageChooserBlock(label=_("Picture"))

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        described = in_each_language(
            "alt", _("What the picture shows"), blocks.CharBlock, required=True, max_length=300
        )
        captions = in_each_language(
            "caption", _("Caption"), blocks.CharBlock, required=False, max_length=300
        )
        credit = blocks.CharBlock(label=_("Photographer or source"), required=False, max_length=150)
        super().__init__([*described, *captions, ("credit", credit)], **kwargs)

    class Meta:
        icon = "image"
        label = _("Picture")


class VideoBlock(blocks.StructBlock):
    """A video of the unit's own, or one on an allow-listed service."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        parts = [
            *in_each_language("title", _("Title"), blocks.CharBlock, required=True, max_length=200),
            ("file", DocumentChooserBlock(label=_("Video file (MP4, WebM)"), required=False)),
            ("url", blocks.URLBlock(label=_("Address on YouTube or Vimeo"), required=False)),
            ("poster", ImageChooserBlock(label=_("Still picture"), required=False)),
            *in_each_language("transcript", _("Transcript"), blocks.TextBlock, required=False),
        ]
        super().__init__(parts, **kwargs)

    def clean(self, value: Any) -> Any:
        """Exactly one source, of a kind that browsers play or that the portal allows."""
        value = super().clean(value)
        file, url = value.get("file"), value.get("url")
        if bool(file) == bool(url):
            raise _problem("file", _("Choose a file or give an address, one of the two."))
        if url and not embed_url(url):
            message = _("Only addresses of videos on YouTube or Vimeo can be embedded.")
            raise _problem("url", message)
        if file and not mime_type(file.filename, VIDEO_TYPES):
            raise _problem("file", _("Browsers play MP4 and WebM files."))
        return value

    class Meta:
        icon = "media"
        label = _("Video")


class AudioBlock(blocks.StructBlock):
    """A recording, for example a broadcast of the commune's loudspeakers."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        parts = [
            *in_each_language("title", _("Title"), blocks.CharBlock, required=True, max_length=200),
            ("file", DocumentChooserBlock(label=_("Recording (MP3, M4A, OGG)"))),
            *in_each_language("transcript", _("Transcript"), blocks.TextBlock, required=False),
        ]
        super().__init__(parts, **kwargs)

    def clean(self, value: Any) -> Any:
        """A file that browsers play."""
        value = super().clean(value)
        if not mime_type(value["file"].filename, AUDIO_TYPES):
            raise _problem("file", _("Browsers play MP3, M4A and OGG files."))
        return value

    class Meta:
        icon = "volume"
        label = _("Recording")


class GalleryItems(blocks.StreamBlock):
    """What a gallery is made of."""

    photo = PhotoBlock()
    video = VideoBlock()
    audio = AudioBlock()


def _problem(field: str, message: Any) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError({field: ValidationError(message)})


def mime_type(filename: str, types: dict[str, str]) -> str:
    """The media type of a file by its extension, or empty."""
    return types.get(PurePath(filename).suffix.lower().lstrip("."), "")
