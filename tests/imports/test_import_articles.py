"""Taking over an old portal's articles from JSON Lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from cms.articles.models import ArticlePage
from cms.imports.actions import ImportArticlesAction
from sites.distribution.measuring import counted_queries
from tests.conftest import Province, Reader
from tests.factories import make_unit


@pytest.fixture
def lines(tmp_path: Path) -> Any:
    """Write lines to a file and return its path."""

    def write(*values: Any, name: str = "bai.jsonl", raw: Any = b"") -> Any:
        path = tmp_path / name
        text = b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)
        data = text + raw
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


def article(number: int = 1, **values: Any) -> Any:
    return {
        "id": f"cu-{number}",
        "title": f"Bài số {number}",
        "summary": "Tóm tắt.",
        "body": ["Đoạn một.", "Đoạn <hai> & ba."],
        "published": "2024-05-06T07:08:09+07:00",
        **values,
    }


def run(path: Any, *units: Any) -> Any:
    return ImportArticlesAction(path, units).execute()


def test_articles_become_pages_that_readers_see(
    hai_duong: Province, lines: Any, reader: Reader
) -> None:
    report = run(lines(article()), hai_duong.thanh_son)

    assert (report.created, report.updated, report.unchanged, report.failed) == (1, 0, 0, [])
    page = reader(hai_duong.thanh_son).get("/tin-tuc/bai-so-1/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Đoạn &lt;hai&gt; &amp; ba." in text
    assert "06/05/2024" in text or "6 tháng 5 năm 2024" in text or "6/5/2024" in text
    assert "Bài số 1" in reader(hai_duong.thanh_son).get("/").content.decode()


def test_gzip_is_read_as_well(hai_duong: Province, lines: Any) -> None:
    assert run(lines(article(), name="bai.jsonl.gz"), hai_duong.thanh_son).created == 1


def test_articles_are_spread_over_the_units_in_turn(hai_duong: Province, lines: Any) -> None:
    units = (hai_duong.thanh_son, hai_duong.thanh_hong, hai_duong.hop_tien)
    run(lines(*(article(n) for n in range(7))), *units)
    counts = [ArticlePage.objects.filter(unit=unit).count() for unit in units]
    assert counts == [3, 2, 2]


def test_a_second_run_changes_only_what_changed(hai_duong: Province, lines: Any) -> None:
    run(lines(article(1), article(2)), hai_duong.thanh_son)
    again = run(lines(article(1), article(2, title="Tựa mới")), hai_duong.thanh_hong)
    assert (again.created, again.updated, again.unchanged) == (0, 1, 1)
    changed = ArticlePage.objects.get(source_id="cu-2")
    assert changed.title == "Tựa mới"
    assert changed.unit == hai_duong.thanh_son


def test_the_section_is_used_when_the_site_has_it(hai_duong: Province, lines: Any) -> None:
    run(lines(article(1, section="thong-bao"), article(2, section="khong-co")), hai_duong.thanh_son)
    codes = ArticlePage.objects.order_by("source_id").values_list("section__code", flat=True)
    assert list(codes) == ["thong-bao", "tin-tuc"]


def test_an_english_article_is_offered_in_english(hai_duong: Province, lines: Any) -> None:
    run(lines(article(1, language="en", title="Lychee season")), hai_duong.province)
    page = ArticlePage.objects.get()
    assert page.languages() == ["vi", "en"]
    assert page.headline_en == "Lychee season"


def test_equal_titles_get_different_addresses(hai_duong: Province, lines: Any) -> None:
    run(lines(*(article(n, title="Lịch tiếp dân") for n in range(3))), hai_duong.thanh_son)
    slugs = set(ArticlePage.objects.values_list("slug", flat=True))
    assert slugs == {"lich-tiep-dan", "lich-tiep-dan-2", "lich-tiep-dan-3"}


def test_text_is_stored_composed_and_legacy_fonts_are_decoded(
    hai_duong: Province, lines: Any
) -> None:
    decomposed = "Quye\u0302\u0301t đi\u0323nh"
    run(
        lines(article(1, title=decomposed), article(2, title="Uû ban nh©n d©n tØnh H¶i D\u00adng")),
        hai_duong.province,
    )
    assert ArticlePage.objects.get(source_id="cu-1").title == "Quyết định"
    assert ArticlePage.objects.get(source_id="cu-2").title.startswith("Uỷ ban nhân dân tỉnh")


@pytest.mark.parametrize(
    "bad",
    [
        b"not json\n",
        b"[1, 2]\n",
        b'{"id": "a"}\n',
        b'{"id": "a", "title": "  "}\n',
        b'{"id": "a", "title": 5}\n',
        b'{"id": "a", "title": "t", "body": {"x": 1}}\n',
        b'{"id": "a", "title": "t", "body": [1]}\n',
        b'{"id": "a", "title": "t", "published": "hom qua"}\n',
        b'{"id": "a", "title": "t", "published": "2024-13-45"}\n',
        b'{"id": "a", "title": "t", "language": "xx"}\n',
        b'{"id": "a", "title": "' + b"x" * 300 + b'"}\n',
        b"\xff\xfe\x00bad\n",
        b"[" * 100_000 + b"\n",
    ],
)
def test_a_bad_line_is_reported_with_its_number_and_skipped(
    hai_duong: Province, lines: Any, bad: bytes
) -> None:
    path = lines(article(1), raw=bad + json.dumps(article(2)).encode() + b"\n")
    report = run(path, hai_duong.thanh_son)
    assert report.created == 2
    assert [failure["line"] for failure in report.failed] == [2]
    assert report.failed[0]["error"]


def test_an_id_that_stands_twice_is_reported(hai_duong: Province, lines: Any) -> None:
    report = run(lines(article(1), article(1)), hai_duong.thanh_son)
    assert report.created == 1
    assert report.failed[0]["line"] == 2


def test_nul_and_control_characters_disappear(hai_duong: Province, lines: Any) -> None:
    run(lines(article(1, title="Bài\u0000 số\u0007 một", body=["a\u0000b"])), hai_duong.thanh_son)
    assert ArticlePage.objects.get().title == "Bài số một"


def test_ten_thousand_bad_lines_do_not_hurt(
    hai_duong: Province, lines: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lines(article(1), raw=b"nope\n" * 10_000)
    call_command("import_articles", path, unit="10867", json=True)
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert (result["created"], len(result["failed"])) == (1, 10_000)
    assert len(printed.err.splitlines()) < 50


def test_a_file_without_a_good_line_is_a_failure(hai_duong: Province, lines: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("import_articles", lines(raw=b"%PDF-1.7\n\x00\x01\n"), unit="10867", json=True)
    assert ended.value.code == 1


def test_a_damaged_archive_keeps_what_was_read(hai_duong: Province, lines: Any) -> None:
    path = lines(*(article(n) for n in range(1200)), name="bai.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ValidationError):
        run(path, hai_duong.thanh_son)
    assert ArticlePage.objects.count() in (500, 1000)


def test_a_missing_file_and_a_unit_without_a_site_are_refused(
    hai_duong: Province, lines: Any, tmp_path: Path
) -> None:
    with pytest.raises(ValidationError):
        run(tmp_path / "khong-co.jsonl", hai_duong.thanh_son)
    with pytest.raises(ValidationError):
        run(lines(article()), make_unit("292", "Kinh Môn", hai_duong.province))
    with pytest.raises(CommandError):
        call_command("import_articles", tmp_path / "x", unit="99999")


def test_statements_grow_with_batches_and_not_with_articles(
    hai_duong: Province, lines: Any
) -> None:
    run(lines(article(0)), hai_duong.thanh_son)
    with counted_queries() as ten:
        run(lines(*(article(n) for n in range(1, 11))), hai_duong.thanh_son)
    with counted_queries() as many:
        run(lines(*(article(n) for n in range(100, 400))), hai_duong.thanh_son)
    assert many.count <= ten.count + 5


def test_imported_pages_can_be_edited(hai_duong: Province, lines: Any) -> None:
    run(lines(article(1)), hai_duong.thanh_son)
    page = ArticlePage.objects.get()
    page.title = "Sửa tay"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.title == "Sửa tay"
    assert page.body_vi[0].value.source.startswith("<p>Đoạn một.</p>")
