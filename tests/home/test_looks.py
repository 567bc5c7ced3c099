"""Palette, own colours, emblem and locks of a site, and who may change them."""

from __future__ import annotations

from typing import Any

import pytest

from cms.home.models import SiteHomePage
from cms.media.models import PortalImage
from sites.people.models import Role
from tests.conftest import Province, Reader, RunTasks, SignedIn
from tests.factories import home_of, make_person
from tests.themes.pictures import make_image
from tests.themes.reading import part, text_of

OWN = {"theme": "rieng", "own_primary": "#0b5fa5", "own_accent": "#f2a900"}
LOOK = ("theme", "own_primary", "own_accent", "layout-count", "lock_palette")


def form_of(client: Any, home: SiteHomePage) -> dict[str, str]:
    """What the edit form of a home page would send unchanged."""
    answer = client.get(f"/pages/{home.pk}/edit/")
    assert answer.status_code == 200
    form = answer.context["form"]
    data = {
        name: str(value)
        for name, value in ((f.html_name, f.value()) for f in form)
        if value not in (None, False) and isinstance(value, str | int)
    }
    return data | {"layout-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


def save(client: Any, home: SiteHomePage, **changes: str) -> Any:
    """Publish a home page through its form."""
    data = form_of(client, home) | {"action-publish": "1"} | changes
    return client.post(f"/pages/{home.pk}/edit/", data)


def test_an_administrator_gives_the_site_own_colours(
    hai_duong: Province, signed_in: SignedIn, reader: Reader
) -> None:
    home = home_of(hai_duong.thanh_son)
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    assert save(client, home, **OWN).status_code == 302
    text = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/"))
    assert 'data-theme="rieng"' in text
    assert 'href="/giao-dien/0b5fa5-f2a900-' in text


def test_colours_that_cannot_be_read_are_refused_with_the_nearest_that_can(
    hai_duong: Province, signed_in: SignedIn, reader: Reader
) -> None:
    home = home_of(hai_duong.thanh_son)
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    answer = save(client, home, theme="rieng", own_primary="#f2c200", own_accent="#ffe9a8")
    assert answer.status_code == 200
    offers = part(text_of(answer), "data-offer=", "</button>")
    offered = offers.split('"')[1]
    assert (
        save(client, home, theme="rieng", own_primary=offered, own_accent="#ffe9a8").status_code
        == 302
    )
    assert SiteHomePage.objects.get(pk=home.pk).own_primary == offered


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#7d1a1f;}body{display:none"])
def test_what_is_no_colour_is_refused(
    hai_duong: Province, signed_in: SignedIn, colour: str
) -> None:
    home = home_of(hai_duong.thanh_son)
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    answer = save(client, home, theme="rieng", own_primary=colour, own_accent="#f2a900")
    assert answer.status_code == 200
    assert SiteHomePage.objects.get(pk=home.pk).theme != "rieng"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER])
def test_editors_see_no_look_and_cannot_send_one(
    hai_duong: Province, signed_in: SignedIn, role: Role
) -> None:
    home = home_of(hai_duong.thanh_son)
    client = signed_in(make_person(hai_duong.thanh_son, role))
    form = client.get(f"/pages/{home.pk}/edit/").context["form"]
    assert not {"theme", "layout", "logo", "lock_palette"} & set(form.fields)
    before = home.theme
    save(client, home, phone="0220 3555 111", **OWN)
    home.refresh_from_db()
    assert (home.phone, home.theme) == ("0220 3555 111", before)


def test_an_earlier_look_can_be_restored(
    hai_duong: Province, signed_in: SignedIn, reader: Reader
) -> None:
    home = home_of(hai_duong.thanh_son)
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    save(client, home, theme="chu-dau")
    first = SiteHomePage.objects.get(pk=home.pk).latest_revision_id
    save(client, home, theme="tim-sim")
    page = client.get(f"/pages/{home.pk}/revisions/{first}/revert/")
    form = page.context["form"]
    assert form["theme"].value() == "chu-dau"
    save(client, home, theme="chu-dau", revision=str(first))
    assert 'data-theme="chu-dau"' in text_of(reader(hai_duong.thanh_son).get("/"))


def test_the_preview_shows_the_look_that_is_being_tried(
    hai_duong: Province, signed_in: SignedIn, reader: Reader
) -> None:
    home = home_of(hai_duong.thanh_son)
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    data = form_of(client, home) | OWN
    address = f"/pages/{home.pk}/edit/preview/"
    assert client.post(address, data).json()["is_valid"]
    shown = text_of(client.get(address))
    assert 'data-theme="rieng"' in shown
    assert "/giao-dien/0b5fa5-f2a900-" in shown
    assert 'data-theme="rieng"' not in text_of(reader(hai_duong.thanh_son).get("/"))


def test_the_province_locks_the_palette_of_all_sites_below(
    hai_duong: Province, signed_in: SignedIn, reader: Reader
) -> None:
    SiteHomePage.objects.filter(unit=hai_duong.thanh_ha).update(theme="tim-sim", lock_palette=True)
    commune = home_of(hai_duong.thanh_son)
    SiteHomePage.objects.filter(pk=commune.pk).update(theme="lua-chin")
    assert 'data-theme="tim-sim"' in text_of(reader(hai_duong.thanh_son).get("/"))
    SiteHomePage.objects.filter(unit=hai_duong.province).update(theme="chu-dau", lock_palette=True)
    for unit in (hai_duong.thanh_ha, hai_duong.thanh_son, hai_duong.hop_tien):
        assert 'data-theme="chu-dau"' in text_of(reader(unit).get("/"))
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    answer = client.get(f"/pages/{commune.pk}/edit/")
    fields = set(answer.context["form"].fields)
    assert not {"theme", "own_primary", "lock_palette"} & fields
    assert {"layout", "logo"} <= fields
    assert "do Tỉnh Hải Dương khóa" in text_of(answer)
    SiteHomePage.objects.filter(lock_palette=True).update(lock_palette=False)
    assert 'data-theme="lua-chin"' in text_of(reader(hai_duong.thanh_son).get("/"))


def test_emblem_and_banner_are_shown_and_locked(
    hai_duong: Province, reader: Reader, run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    emblem = make_image(hai_duong.province)
    home = home_of(hai_duong.province)
    home.logo = home.banner = emblem
    home.lock_logo = True
    home.save_revision().publish()
    with monkeypatch.context() as patched:
        patched.setattr(PortalImage, "get_rendition", made_for_a_reader)
        patched.setattr(PortalImage, "create_renditions", made_for_a_reader)
        assert 'class="logo"' not in text_of(reader(hai_duong.thanh_son).get("/"))
    run_tasks()
    with monkeypatch.context() as patched:
        patched.setattr(PortalImage, "get_rendition", made_for_a_reader)
        patched.setattr(PortalImage, "create_renditions", made_for_a_reader)
        for unit in (hai_duong.province, hai_duong.thanh_son):
            text = text_of(reader(unit).get("/"))
            assert 'class="logo"' in text
            assert 'class="banner"' in text
    emblem.renditions.all().delete()
    emblem.save()  # as when its file was replaced
    run_tasks()
    assert 'class="logo"' in text_of(reader(hai_duong.thanh_son).get("/"))
    emblem.file.storage.delete(emblem.file.name)
    emblem.renditions.all().delete()
    emblem.save()
    run_tasks()
    assert 'class="logo"' not in text_of(reader(hai_duong.thanh_son).get("/"))


def made_for_a_reader(*args: Any, **kwargs: Any) -> None:
    """Stands where sizes of pictures are made."""
    raise AssertionError("a reader waited for a picture")


def test_locks_are_only_offered_where_something_is_below(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    for unit, offered in ((hai_duong.thanh_ha, True), (hai_duong.thanh_son, False)):
        client = signed_in(make_person(unit, Role.ADMINISTRATOR))
        form = client.get(f"/pages/{home_of(unit).pk}/edit/").context["form"]
        assert ("lock_layout" in form.fields) is offered


def test_nobody_changes_the_look_of_another_unit(hai_duong: Province, signed_in: SignedIn) -> None:
    home = home_of(hai_duong.thanh_hong)
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    answer = client.post(f"/pages/{home.pk}/edit/", OWN | {"action-publish": "1"})
    assert answer.status_code in (302, 403)
    home.refresh_from_db()
    assert home.theme != "rieng"


def test_the_page_of_patterns_is_for_staff_on_the_editors_host(
    hai_duong: Province, signed_in: SignedIn, reader: Reader, client: Any
) -> None:
    page = signed_in(make_person(hai_duong.thanh_son)).get("/_kieu-mau/")
    text = text_of(page)
    for palette in ("quoc-gia", "song-hong", "lua-chin", "chu-dau", "tim-sim", "da-nui"):
        for scheme in ("sang", "toi", "cao"):
            assert f'data-theme="{palette}" data-mau="{scheme}"' in text
    assert reader(hai_duong.thanh_son).get("/_kieu-mau/").status_code == 404
    client.defaults["HTTP_HOST"] = "quantri.haiduong.localhost"
    assert client.get("/_kieu-mau/").status_code == 302
