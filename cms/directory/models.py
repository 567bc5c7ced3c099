"""Contacts: whom to call for what. The spokesperson is published by Decree 244/2026/NĐ-CP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from cms.articles.body import BodyPage
from cms.basepage.panels import page_tabs
from cms.basepage.structured import stated
from cms.organisation.forms import with_own_offices
from search.index.facts import AnswerCard, Facts

from .views import cards_file, directory_context, one_card

if TYPE_CHECKING:
    from cms.sections.models import SectionPage


class ContactKind(models.TextChoices):
    """The groups of the directory, in their order."""

    HOTLINE = "hotline", _("Hotlines")
    SPOKESPERSON = "spokesperson", _("Spokesperson and official channels")
    OFFICE = "office", _("Offices")
    VILLAGE = "village", _("Villages and residential groups")
    POLICE = "police", _("Police")
    HEALTH = "health", _("Health care")
    SCHOOL = "school", _("Schools")
    UTILITY = "utility", _("Electricity, water, transport")


class ContactPage(BodyPage):
    """One entry of the directory. The title names the service or the office."""

    kind = models.CharField(
        _("kind"), max_length=12, choices=ContactKind.choices, default=ContactKind.OFFICE
    )
    person = models.CharField(_("person"), max_length=150, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    other_phone = models.CharField(_("second telephone"), max_length=50, blank=True)
    is_hotline = models.BooleanField(
        _("hotline"), default=False, help_text=_("Shown first and large.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("official channel or website"), blank=True)
    hours = models.CharField(_("hours"), max_length=300, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    office = models.ForeignKey(
        "organisation.OfficePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("office"),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Smaller numbers come first.")
    )

    searched_fields = ("position", "hours", "address")
    template = "themes/contact.html"
    section_template = "themes/directory.html"
    section_routes = {"danh-ba.vcf": cards_file}
    page_description = _("An entry of the directory: a hotline, an office, a village head.")

    edit_handler = with_own_offices(
        page_tabs(
            translated={
                "position": _("Position"),
                "hours": _("Hours"),
                "address": _("Address"),
                "summary": _("Summary"),
                "body": _("Body"),
            },
            shared=[
                FieldRowPanel([FieldPanel("kind"), FieldPanel("order"), FieldPanel("is_hotline")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("other_phone")]),
                FieldRowPanel([FieldPanel("email"), FieldPanel("website")]),
                FieldPanel("person"),
                PageChooserPanel("office", "organisation.OfficePage"),
            ],
        )
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    @property
    def phones(self) -> list[str]:
        """The telephone numbers that are there."""
        return [number for number in (self.phone, self.other_phone) if number]

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
        """The directory by kind, filtered as the address asks."""
        return directory_context(request, section_page)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; with `?dang=vcf` a card for address books."""
        if request.GET.get("dang") == "vcf":
            return one_card(self)
        return super().serve(request, *args, **kwargs)

    def search_body(self, language: str) -> str:
        """Person, numbers and mailbox as well: people search by what they half remember."""
        known = [self.person, *self.phones, self.email]
        return "\n".join([text for text in known if text] + [super().search_body(language)])

    def search_facts(self) -> Facts:
        """The group of the directory."""
        with override("vi"):
            return Facts(kind=str(ContactKind(self.kind).label))

    def answer(self) -> AnswerCard | None:
        """Telephone first."""
        rows = [
            (_now("Telephone"), " · ".join(self.phones)),
            (_now("Person"), ", ".join(text for text in (self.person, self.position) if text)),
            (_now("E-mail"), self.email),
            (_now("Hours"), self.hours),
            (_now("Address"), self.address),
        ]
        filled = tuple((label, value) for label, value in rows if value)
        return AnswerCard(filled) if filled else None

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """A GovernmentOrganization with its contact point."""
        point = {
            "@type": "ContactPoint",
            "contactType": self.display_title,
            "telephone": self.phone,
            "email": self.email,
            "url": address,
        }
        return [
            {
                "@type": "GovernmentOrganization",
                "name": self.unit.name if self.unit else self.display_title,
                "contactPoint": stated(point),
            }
        ]
