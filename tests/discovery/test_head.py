"""What a page tells search engines and networks, and that it asks nobody else for anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.conftest import Province, Reader
from tests.discovery.schema import objects_in, problems
from tests.factories import make_article, push
from tests.themes.reading import text_of

ROOT = "http://thanhson.thanhha.haiduong.localhost:8000"
PROVINCE_ROOT = "http://haiduong.localhost:8000"
LOADS = {
    "img": ("src", "srcset"), "script": ("src",), "iframe": ("src",), "source": ("src", "srcset"),
    "video": ("src", "poster"), "audio": ("src",), "embed": ("src",), "object": ("data",),
    "use": ("href",), "input": ("src",),
}  # fmt: skip
LOADING_LINKS = {"stylesheet", "preload", "icon", "manifest", "modulepreload", "preconnect",
                 "dns-prefetch", "prefetch"}  # fmt: skip


class Loads(HTMLParser):
    """Collects everything that a browser would load by itself, and what is inline."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self._script: dict[str, str | None] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        names = LOADS.get(tag, ())
        if tag == "link" and LOADING_LINKS & set((values.get("rel") or "").split()):
            names = ("href",)
        for name in names:
            for part in (values.get(name) or "").split(","):
                if part.strip():
                    self.addresses.append(part.split()[0])
        self.inline += [
            f"<{tag} {name}>" for name in values if name == "style" or name.startswith("on")
        ]
        if (
            tag == "style"
            or tag == "script"
            and "src" not in values
            and "json" not in (values.get("type") or "")
        ):
            self.inline.append(f"<{tag}>")


def meta(html: str, name: str) -> list[str]:
    """The contents of meta elements by name or property."""
    return re.findall(rf'<meta (?:name|property)="{re.escape(name)}" content="([^"]*)"', html)


def canonical(html: str) -> list[str]:
    return re.findall(r'<link rel="canonical" href="([^"]+)"', html)


def alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))


def test_an_article_carries_everything_that_networks_and_portals_read(
    hai_duong: Province, reader: Reader
) -> None:
    page = make_article(
        hai_duong.thanh_son,
        "Hội làng",
        summary_vi="Rước kiệu “từ đình” & về đền.",
        author="Ban Biên tập",
    )
    html = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/hoi-lang/"))
    address = f"{ROOT}/tin-tuc/hoi-lang/"
    assert canonical(html) == [address]
    assert meta(html, "og:url") == [address]
    assert meta(html, "og:type") == ["article"]
    assert meta(html, "og:title") == ["Hội làng"]
    assert meta(html, "og:description") == ["Rước kiệu “từ đình” &amp; về đền."]
    assert meta(html, "description") == meta(html, "og:description")
    assert meta(html, "twitter:card") == ["summary_large_image"]
    assert meta(html, "og:image:width") == ["1200"]
    assert meta(html, "og:image")[0].startswith(f"{ROOT}/anh-chia-se/{page.pk}-vi-")
    assert meta(html, "DC.title") == ["Hội làng"]
    assert meta(html, "DC.creator") == ["Ban Biên tập"]
    assert meta(html, "DC.publisher") == ["Xã Thanh Sơn"]
    assert meta(html, "DC.identifier") == [address]
    assert meta(html, "DC.language") == ["vi"]
    assert meta(html, "DC.date") == [page.public_at.date().isoformat()]


def test_a_received_article_points_to_its_origin(hai_duong: Province, reader: Reader) -> None:
    page = make_article(hai_duong.province, "Bão số 3", headline_en="Storm no. 3")
    push(page, "under:30")
    html = text_of(reader(hai_duong.thanh_son).get(f"/tin-tuc/bao-so-3~{page.pk}/"))
    assert canonical(html) == [f"{PROVINCE_ROOT}/tin-tuc/bao-so-3/"]
    assert alternates(html)["en"] == f"{PROVINCE_ROOT}/en/tin-tuc/bao-so-3/"
    assert alternates(html)["x-default"] == f"{PROVINCE_ROOT}/tin-tuc/bao-so-3/"
    assert meta(html, "DC.publisher") == ["Tỉnh Hải Dương"]
    crumbs = next(thing for thing in objects_in(html) if thing["@type"] == "BreadcrumbList")
    assert crumbs["itemListElement"][1]["item"].startswith(ROOT)


def test_pages_of_a_list_are_canonical_themselves_and_variants_are_not(
    hai_duong: Province, reader: Reader
) -> None:
    for number in range(21):
        make_article(hai_duong.thanh_son, f"Tin {number}")
    client = reader(hai_duong.thanh_son)
    for query, expected in (
        ("", "/tin-tuc/"),
        ("?trang=1", "/tin-tuc/"),
        ("?trang=2", "/tin-tuc/?trang=2"),
        ("?utm_source=zalo", "/tin-tuc/"),
        ("?trang=2&utm_source=zalo", "/tin-tuc/"),
    ):
        assert canonical(text_of(client.get(f"/tin-tuc/{query}"))) == [ROOT + expected]
    english = alternates(text_of(client.get("/tin-tuc/?trang=2")))["en"]
    assert english == f"{ROOT}/en/tin-tuc/?trang=2"


def test_structured_data_holds_to_the_vocabulary(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Hội làng", summary_vi="Rước kiệu.")
    kinds: dict[str, list[str]] = {}
    for path in ("/", "/tin-tuc/", "/tin-tuc/hoi-lang/", "/en/"):
        things = objects_in(text_of(reader(hai_duong.thanh_son).get(path)))
        assert problems(things) == []
        kinds[path] = [thing["@type"] for thing in things]
    assert kinds["/"] == ["GovernmentOrganization", "WebSite"]
    assert kinds["/tin-tuc/"] == ["BreadcrumbList"]
    assert kinds["/tin-tuc/hoi-lang/"] == ["NewsArticle", "BreadcrumbList"]


def test_the_rules_of_the_vocabulary_find_mistakes() -> None:
    wrong = {"@type": "NewsArticle", "headlin": "x", "datePublished": "hôm qua", "url": "/a/"}
    found = " ".join(problems(wrong))
    for part in ("headline is missing", "no property headlin", "no date", "no whole address"):
        assert part in found


def test_the_home_page_names_the_unit_and_the_one_above(
    hai_duong: Province, reader: Reader
) -> None:
    unit = objects_in(text_of(reader(hai_duong.thanh_son).get("/")))[0]
    assert unit["alternateName"] == "Xã Thanh Sơn"
    assert unit["parentOrganization"]["name"] == "Huyện Thanh Hà"
    assert unit["parentOrganization"]["url"].startswith("http://thanhha.haiduong")


def test_a_title_cannot_leave_the_script(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "</script><script>alert(1)</script>", slug="ma-doc")
    html = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/ma-doc/"))
    assert "<script>alert" not in html
    article = objects_in(html)[0]
    assert article["headline"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("title", ["Tăng cường " * 24, "K" * 255])
def test_long_titles_are_cut_for_networks(hai_duong: Province, reader: Reader, title: str) -> None:
    make_article(hai_duong.thanh_son, title.strip()[:255], slug="dai")
    html = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/dai/"))
    assert len(meta(html, "og:title")[0]) <= 150
    assert len(meta(html, "description")[0]) <= 200
    assert len(objects_in(html)[0]["headline"]) <= 110


def addresses_of_every_kind(hai_duong: Province) -> list[str]:
    make_article(hai_duong.thanh_son, "Hội làng")
    return ["/", "/en/", "/tin-tuc/", "/tin-tuc/hoi-lang/", "/tim-kiem/", "/tim-kiem/?q=hoi",
            "/so-do/", "/khong-co/"]  # fmt: skip


def test_no_page_loads_anything_from_elsewhere_or_inline(
    hai_duong: Province, reader: Reader
) -> None:
    for path in addresses_of_every_kind(hai_duong):
        found = Loads(text_of(reader(hai_duong.thanh_son).get(path)))
        foreign = [a for a in found.addresses if "//" in a and not a.startswith(ROOT)]
        assert not foreign, f"{path} loads {foreign}"
        assert not found.inline, f"{path} has inline {found.inline}"


def test_every_page_has_one_title_one_description_and_at_most_one_canonical(
    hai_duong: Province, reader: Reader
) -> None:
    for path in addresses_of_every_kind(hai_duong):
        html = text_of(reader(hai_duong.thanh_son).get(path))
        head = html[: html.index("</head>")]
        assert head.count("<title>") == 1
        assert len(meta(head, "description")) == 1, path
        assert len(canonical(head)) <= 1, path
        assert len(meta(head, "og:image")) == 1, path
