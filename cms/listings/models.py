"""What filtered lists are read from: one narrow row per page and per audience that it reaches."""

from __future__ import annotations

from django.conf import settings
from django.db import models

# What index-only scans need besides the key: the filters, and whether a row shows at this moment.
SHOWN = (
    "kind", "field", "issuer", "starts_on", "ends_on", "changed_on", "shows_from", "shows_until",
    "several", "policy", "distribution",
)  # fmt: skip
PLACE = ("token", "section", "type")


class Entry(models.Model):
    """One readable page as one audience sees it: `own:<unit id>`, or a token of a distribution.

    A read model, kept by `keeping.keep`; nothing is edited here. `kind`, `field` and `issuer` are
    codes ("" where a page has none) that are also the values in addresses. `dated` is the day that
    the list is sorted by. `starts_on`, `ends_on` and `changed_on` bound what the page is about:
    from when a document is in force, from when it no longer is, from when only in part; the last
    day of a deadline. `several` marks rows whose distribution has other tokens as well.
    """

    page = models.ForeignKey(settings.WAGTAIL_PAGE_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=60)
    section = models.ForeignKey("blueprints.Section", models.CASCADE, null=True, related_name="+")
    type = models.CharField(max_length=30)
    kind = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=60, blank=True)
    dated = models.DateField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    changed_on = models.DateField(null=True)
    distribution = models.ForeignKey(
        "distribution.Distribution", models.CASCADE, null=True, related_name="+"
    )
    policy = models.CharField(max_length=11, blank=True)
    several = models.BooleanField(default=False)
    shows_from = models.DateTimeField(null=True)
    shows_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "token"], name="entry_once")]
        indexes = [
            models.Index(
                fields=[*PLACE, "-dated", "-page"], include=SHOWN, name="entry_newest_first"
            ),
            models.Index(fields=[*PLACE, "kind", "-dated"], name="entry_kind"),
            models.Index(fields=[*PLACE, "field"], name="entry_field"),
            models.Index(fields=[*PLACE, "issuer", "-dated"], name="entry_issuer"),
        ]

    def __str__(self) -> str:
        return f"{self.token}: {self.page_id}"
