"""Words by which editors file pages, shared by all sites of the portal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from search.text import slugify

LONGEST = 60


def slug_of(name: str) -> str:
    """What stands in the address of a tag's page."""
    return slugify(name, max_length=LONGEST, fallback="the")


class Tag(TagBase):
    """One tag. Its slug stands in addresses: `/the/chuyen-doi-so/`.

    Names that differ only in accents or case are one tag (`naming.known_names`).
    """

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """In plain letters; taggit numbers those that are taken."""
        slug = slug_of(tag)
        return slug if i is None else f"{slug}-{i}"


class PageTag(ItemBase):
    """A tag of a page."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="page_tags")
    content_object = ParentalKey(
        "basepage.BasePage", on_delete=models.CASCADE, related_name="page_tags"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="page_tag_once")
        ]


class TaggedEntry(models.Model):
    """A row of the lists that carries a tag: what the page of a tag is read from.

    A read model, kept by `keeping.keep`. `token` and `dated` repeat the row's, so that the newest
    of a tag and an audience are found without reading the others.
    """

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+")
    entry = models.ForeignKey("listings.Entry", models.CASCADE, related_name="+")
    token = models.CharField(max_length=60)
    dated = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "tag"], name="tagged_entry_once")]
        indexes = [models.Index(fields=["tag", "token", "-dated"], name="tagged_newest_first")]

    def __str__(self) -> str:
        return f"{self.tag_id}: {self.entry_id}"
