"""Things that tests need, made the way the product makes them."""

from __future__ import annotations

import itertools
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from cms.articles.models import ArticlePage
from cms.basepage.models import BasePage
from cms.home.models import SiteHomePage
from cms.sections.models import SectionPage
from sites.blueprints.loading import load_blueprints
from sites.blueprints.models import BlueprintSection
from sites.distribution.actions import PushAction
from sites.distribution.models import Distribution
from sites.people.models import Membership, Role, User
from sites.provisioning.actions import make_sites
from sites.units.models import AdministrativeUnit, Kind, Tier

PASSWORD = "mot-mat-khau-du-dai"
KIND_NAMES: dict[str, str] = {
    Kind.TINH: "Tỉnh",
    Kind.THANH_PHO: "Thành phố",
    Kind.HUYEN: "Huyện",
    Kind.THI_XA: "Thị xã",
    Kind.PHUONG: "Phường",
    Kind.XA: "Xã",
    Kind.THI_TRAN: "Thị trấn",
}
_numbers = itertools.count(1)


def make_unit(
    code: str,
    name: str,
    parent: AdministrativeUnit | None = None,
    kind: str | None = None,
    **values: Any,
) -> AdministrativeUnit:
    """An administrative unit; tier and kind follow from the length of the code."""
    tier, default_kind = {
        2: (Tier.PROVINCE, Kind.TINH),
        3: (Tier.DISTRICT, Kind.HUYEN),
        5: (Tier.COMMUNE, Kind.XA),
    }[len(code)]
    kind = kind or default_kind
    return AdministrativeUnit.objects.create(
        code=code,
        kind=kind,
        tier=tier,
        short_name=name,
        name=f"{KIND_NAMES[kind]} {name}",
        parent=parent,
        **values,
    )


def make_site(*units: AdministrativeUnit) -> list[SiteHomePage]:
    """Sites from the default blueprints; returns the home pages in the order of the units."""
    load_blueprints()
    plans: dict[str, list[BlueprintSection]] = {}
    for tier in Tier:
        entries = BlueprintSection.objects.filter(blueprint__tier=tier, blueprint__is_default=True)
        plans[tier] = list(entries.select_related("section", "blueprint"))
    make_sites(units, plans)
    return [home_of(unit) for unit in units]


def home_of(unit: AdministrativeUnit) -> SiteHomePage:
    """The home page of a unit's site."""
    return SiteHomePage.objects.get(unit=unit)


def site_of(unit: AdministrativeUnit) -> Site:
    """The site of a unit."""
    return Site.objects.get(root_page__unit=unit)


def section_of(unit: AdministrativeUnit, code: str = "tin-tuc") -> SectionPage:
    """A section page of a unit's site."""
    return SectionPage.objects.get(unit=unit, section__code=code)


def paragraph(text: str) -> list[dict[str, Any]]:
    """A body of one paragraph."""
    return [{"type": "paragraph", "value": f"<p>{text}</p>"}]


def make_article(
    unit: AdministrativeUnit,
    title: str = "Lịch tiêm chủng tháng Sáu",
    *,
    section: str = "tin-tuc",
    live: bool = True,
    body: str = "Trạm y tế tổ chức tiêm chủng mở rộng cho trẻ em.",
    **values: Any,
) -> ArticlePage:
    """An article with a revision, published unless `live=False`."""
    values.setdefault("public_at", timezone.now())
    page = ArticlePage(title=title, live=live, body_vi=paragraph(body), **values)
    section_of(unit, section).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def make_person(unit: AdministrativeUnit | None, role: Role = Role.EDITOR, **values: Any) -> User:
    """Someone who works for a unit (None: a superuser)."""
    values.setdefault("username", f"nguoi-{next(_numbers)}")
    if unit is None:
        return User.objects.create_superuser(password=PASSWORD, email="", **values)
    user = User.objects.create_user(password=PASSWORD, **values)
    Membership.objects.create(user=user, unit=unit, role=role)
    return user


def push(
    page: BasePage, *audience: str, policy: str = "recommended", **values: Any
) -> Distribution:
    """Distribute a page as the system does from the command line."""
    return PushAction(page, list(audience), policy, **values).execute()
