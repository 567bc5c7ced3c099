"""Fill an empty database with the demonstration province."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from cms.media.models import PortalImage
from cms.media.renditions import NEEDED_SPECS, make_renditions
from cms.sections.models import SectionPage
from cms.tags.keeping import tag_in_bulk
from search.index.drain import drain
from search.index.elastic import Unavailable
from sites.distribution.actions import PushAction
from sites.people.models import User
from sites.provisioning.actions import ProvisionAction
from sites.units.loading import load_units
from sites.units.models import AdministrativeUnit, Tier
from themes.illustrations import MOTIFS, draw

from .accounts import make_accounts
from .contacts import give_contacts
from .content_files import Raw, articles, stream
from .local.fill import fill_local_life
from .notices import about, notices_of
from .office import fill_office
from .papers.fill import fill_papers

PROVINCE = "30"
VARIANTS = 2
BATCH = 400
Say = Callable[[str], None]


@dataclass
class FillDemonstrationAction:
    """Units, sites, accounts, pictures, articles, distributions. Does nothing when articles exist.

    Each step is repeatable, so an interrupted fill can be run again.
    """

    say: Say = print
    pages: dict[str, ArticlePage] = field(default_factory=dict)
    images: dict[tuple[str, int], int] = field(default_factory=dict)

    def execute(self) -> bool:
        """Fill; returns False when the demonstration was already there."""
        if ArticlePage.objects.filter(source_id__startswith="demo:").exists():
            return False
        self.say("Nạp đơn vị hành chính…")
        load_units()
        self.say("Lập 220 trang của tỉnh Hải Dương…")
        ProvisionAction(under=PROVINCE).execute()
        give_contacts()
        users = make_accounts()
        with transaction.atomic():
            self.say("Vẽ hình minh họa…")
            self.draw_pictures()
            self.say("Viết bài của tỉnh và các huyện…")
            self.write_articles(users)
            self.say("Viết thông báo của 207 xã, phường, thị trấn…")
            self.write_notices()
            self.say("Lập sơ đồ tổ chức, lịch, danh bạ, thư viện…")
            self.write_local_life()
            self.say("Phân phối bài…")
            self.distribute(users["bientap.tinh"], users["bientap.huyen"])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # by itself PostgreSQL would look at the new rows too late
        self.say("Lập chỉ mục tìm kiếm…")
        with suppress(Unavailable):
            drain()
        fill_office()
        return True

    # ------------------------------------------------------------------------------- pictures

    def draw_pictures(self) -> None:
        """Every motif in a few variants, with the sizes that pages show."""
        province = AdministrativeUnit.objects.with_code(PROVINCE)
        for motif in MOTIFS:
            for variant in range(VARIANTS):
                data = draw(motif, variant, "quoc-gia")
                name = f"minh-hoa-{motif}-{variant + 1}.webp"
                image = PortalImage(
                    title=f"Hình minh họa: {motif} {variant + 1}", unit=province,
                    credit="Ban Biên tập", file=ContentFile(data, name=name),
                )  # fmt: skip
                image.save()
                make_renditions(image, NEEDED_SPECS)  # the lighter ones are the worker's
                self.images[motif, variant] = image.pk

    def picture(self, motif: str | None, seed: int = 0) -> int | None:
        """The key of a picture of a motif."""
        return self.images.get((motif or "", seed % VARIANTS))

    # ------------------------------------------------------------------------------- articles

    def write_articles(self, users: dict[str, User]) -> None:
        """The province's and the districts' articles; bodies last, as they link to each other."""
        written = [("30", raw) for raw in articles("province")]
        written += [(raw["unit"], raw) for raw in articles("districts")]
        sections = section_pages({code for code, _ in written})
        pairs = []
        for number, (code, raw) in enumerate(written):
            page = self.new_page(raw, number)
            page.owner = users["bientap.tinh" if code == PROVINCE else "bientap.huyen"]
            self.pages[raw["key"]] = page
            pairs.append((sections[code][raw["section"]], page))
        insert_in_batches(pairs)
        for _code, raw in written:
            page = ArticlePage.objects.get(pk=self.pages[raw["key"]].pk)
            page.body_vi = self.body(raw["body"])
            english = raw.get("en")
            if english:
                page.headline_en = english["title"]
                page.summary_en = english["summary"]
                page.body_en = self.body(english["body"])
            page.tags.add(*raw.get("tags", ()))
            page.save_revision(user=page.owner).publish()

    def new_page(self, raw: Raw, seed: int) -> ArticlePage:
        """An article without its body."""
        return ArticlePage(
            source_id=f"demo:{raw['key']}",
            title=raw["title"],
            summary_vi=raw["summary"],
            author=raw.get("author", "Ban Biên tập"),
            public_at=raw["published"],
            first_published_at=raw["published"],
            image_id=self.picture(raw.get("illustration"), seed),
        )

    def body(self, blocks: list[Raw]) -> str:
        """A body as StreamField JSON."""
        keys = {key: page.pk for key, page in self.pages.items()}
        return json.dumps(stream(blocks, keys.get, self.picture))

    def write_notices(self) -> None:
        """An introduction and the notices of every commune."""
        province = AdministrativeUnit.objects.with_code(PROVINCE)
        communes = list(province.descendants().filter(tier=Tier.COMMUNE).select_related("parent"))
        sections = section_pages(unit.code for unit in communes)
        pairs = []
        tags = []
        for number, unit in enumerate(communes):
            for raw in [about(unit), *notices_of(unit)]:
                page = self.new_page(raw, number)
                page.body_vi = self.body(raw["body"])
                pairs.append((sections[unit.code][raw["section"]], page))
                tags.append((page, raw.get("tags", ())))
        insert_in_batches(pairs)
        tag_in_bulk({page.pk: names for page, names in tags})

    def write_local_life(self) -> None:
        """Offices, calendars, contacts, places, galleries, statistics and forms."""
        province = AdministrativeUnit.objects.with_code(PROVINCE)
        units = [province, *province.descendants().select_related("parent")]
        sections = section_pages(unit.code for unit in units)
        fill_local_life(sections, self.images, units)
        self.say("Viết văn bản, thủ tục, thông báo, mục công khai, hỏi đáp…")
        fill_papers(sections, units)

    # --------------------------------------------------------------------------- distribution

    def distribute(self, of_province: User, of_district: User) -> None:
        """Push what the files say, as the accounts of the demonstration where they may."""
        for folder in ("province", "districts"):
            for raw in articles(folder):
                order = raw.get("distribution")
                if order is None:
                    continue
                user = of_province if folder == "province" else None
                if raw.get("unit") == "294":
                    user = of_district
                PushAction(
                    ArticlePage.objects.select_related("unit").get(pk=self.pages[raw["key"]].pk),
                    order["audience"],
                    order["policy"],
                    user=user,
                    starts_at=moment(order.get("starts")),
                    ends_at=moment(order.get("ends")),
                    reason=order.get("reason", ""),
                ).execute()


def moment(value: Any) -> datetime.datetime | None:
    """A date-time of a file, or None."""
    return value if isinstance(value, datetime.datetime) else None


def section_pages(codes: Iterable[str]) -> dict[str, dict[str, SectionPage]]:
    """Section pages by unit code and section code. One query."""
    found: dict[str, dict[str, SectionPage]] = {}
    pages = SectionPage.objects.filter(unit__code__in=list(codes), unit__valid_from=None)
    for page in pages.select_related("unit", "section"):
        found.setdefault(page.unit.code, {})[page.section.code] = page
    return found


def insert_in_batches(pairs: list[tuple[Any, Any]]) -> None:
    """Insert pages a few hundred at a time."""
    for start in range(0, len(pairs), BATCH):
        insert_pages(pairs[start : start + BATCH])
