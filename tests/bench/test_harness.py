"""The benchmark's own parts that need no installation to measure."""

from __future__ import annotations

import gzip
import json
import os
import unicodedata
from pathlib import Path

import pytest

from cms.imports.lines import parse_line
from tests.bench import databases
from tests.bench.articles import articles, write_articles
from tests.bench.children import ChildFailed, peak_memory, python, run_child
from tests.bench.harness import Measurement, number
from tests.bench.report import summary, table


def test_a_goal_is_the_most_that_is_allowed() -> None:
    assert Measurement("push", "a", 0.25, "s", goal=0.25).met is True
    assert Measurement("push", "a", 0.26, "s", goal=0.25).met is False
    assert Measurement("push", "a", 0.26, "s").met is None


def test_the_ratio_says_how_many_times_more_the_peer_takes() -> None:
    assert Measurement("push", "a", 0.5, "s", peer=5).ratio == 10
    assert Measurement("push", "a", 0.5, "s").ratio is None


def test_the_table_and_the_summary_name_what_is_missed() -> None:
    found = [
        Measurement("push", "quick", 1, "s", goal=2, peer=8),
        Measurement("push", "slow", 3, "s", goal=2),
        Measurement("push", "told", 7, "MB"),
    ]
    lines = table(found).splitlines()
    assert len(lines) == 5
    assert "✓" in lines[2]
    assert "8 ×" in lines[2]
    assert "MISSED" in lines[3]
    assert summary(found) == "1 of 2 goals met. Missed: slow."


def test_numbers_keep_three_digits() -> None:
    assert [number(value) for value in (0, 0.00458, 12.34, 1_590_166)] == [
        "0", "0.00458", "12.3", "1,590,166",
    ]  # fmt: skip


def test_generated_articles_are_the_same_each_time_and_can_be_imported(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl.gz"
    size = write_articles(path, 40)
    lines = gzip.decompress(path.read_bytes()).splitlines()
    assert [json.loads(line) for line in lines] == list(articles(40))
    assert 2_500 < size / 40 < 5_000
    parsed = [parse_line(line) for line in lines]
    assert len({article.source_id for article in parsed}) == 40
    assert all(unicodedata.is_normalized("NFC", article.title) for article in parsed)


def test_a_childs_output_and_memory_are_its_own() -> None:
    ballast = bytearray(80_000_000)
    done = run_child(python("-c", "import time; print('done'); time.sleep(0.3)"), dict(os.environ))
    assert done.output == "done\n"
    assert 1 < done.peak < 60 < peak_memory()
    assert done.seconds >= 0.3
    del ballast


def test_a_child_that_fails_is_an_error() -> None:
    with pytest.raises(ChildFailed, match="status 3"):
        run_child(python("-c", "raise SystemExit(3)"), dict(os.environ))


def test_only_the_database_of_the_url_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres:@/postgres?host=/run/pg")
    assert databases.url_of("other") == "postgresql://postgres:@/other?host=/run/pg"
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:secret@db:5433/portal")
    assert databases.url_of("other") == "postgresql://me:secret@db:5433/other"
