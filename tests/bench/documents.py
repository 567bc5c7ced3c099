"""The list of documents: 100,000 in one commune beside 100 in another, filtered and far back.

Both communes show the same received documents as well; the pages are rendered whole, uncached.
"""

from __future__ import annotations

import datetime
import json
import statistics
import uuid
from functools import partial
from typing import Any

from django.db import connection

from cms.basepage.models import BasePage
from cms.documents.models import DocumentPage
from cms.listings.keeping import keep
from cms.vocabularies.models import DocumentKind, Issuer
from sites.units.models import AdministrativeUnit
from tests.documents.factories import make_document
from tests.factories import push, section_of

from . import databases
from .harness import Recorder, repeated, say, timed
from .world import ON, World, province, reader_of

MANY, FEW, RECEIVED = 100_000, 100, 40
LARGE_UNIT, SMALL_UNIT = "10879", "10615"
KINDS = ("quyet-dinh", "ke-hoach", "thong-bao", "bao-cao", "cong-van")
FIRST_YEAR, YEARS = 2005, 20
BATCH = 5_000
ROUNDS, PER_ROUND, WARM_UP = 6, 5, 2
FILTER = "/van-ban/?loai=ke-hoach&nam=2020&co-quan=ubnd.{code}"
RATIO, DEEP_RATIO, QUERIES = 3.0, 1.2, 15


def measure(world: World, recorder: Recorder) -> None:
    """Fill the two lists once, then ask in turns."""
    databases.use(world.small)
    units = {
        code: AdministrativeUnit.objects.with_code(code, ON) for code in (LARGE_UNIT, SMALL_UNIT)
    }
    fill(units, recorder)
    large, small = (reader_of(units[code]) for code in (LARGE_UNIT, SMALL_UNIT))
    asked = {
        "filtered, 100": partial(small.get, FILTER.format(code=SMALL_UNIT)),
        "filtered, 100,000": partial(large.get, FILTER.format(code=LARGE_UNIT)),
        "page 1": partial(large.get, "/van-ban/"),
        "page 2,000": partial(large.get, "/van-ban/?trang=2000"),
        "page 5,001": partial(large.get, "/van-ban/?trang=5001"),
        "one word": partial(large.get, "/van-ban/?tu-khoa=muong"),
    }
    durations: dict[str, list[float]] = {name: [] for name in asked}
    most = 0
    for _round in range(ROUNDS):
        for name, ask in asked.items():
            assert ask().status_code == 200, name
            values, count = repeated(ask, PER_ROUND, "ms", WARM_UP)
            durations[name] += values
            most = max(most, count)
    for name, values in durations.items():
        recorder.median(f"list of documents, {name}", values, "ms")
    middle = {name: statistics.median(values) for name, values in durations.items()}
    recorder.add(
        "list of documents by kind, year, issuer, 100,000 / 100",
        middle["filtered, 100,000"] / middle["filtered, 100"], "×", goal=RATIO,
    )  # fmt: skip
    recorder.add(
        "list of documents, page 2,000 / page 1",
        middle["page 2,000"] / middle["page 1"], "×", goal=DEEP_RATIO,
    )  # fmt: skip
    recorder.add("list of documents, queries", most, "queries", goal=QUERIES)


def fill(units: dict[str, AdministrativeUnit], recorder: Recorder) -> None:
    """100,000 and 100 own documents, and 40 of the province for both; nothing when kept."""
    if DocumentPage.objects.filter(unit=units[LARGE_UNIT]).count() > FEW:
        return
    say(f"    Write {MANY:,} documents")
    of_province = [
        make_document(province(), f"{n}/2024/QĐ-UBND", f"Văn bản chung {n}")
        for n in range(RECEIVED)
    ]
    for page in of_province:
        push(page, "under:30")
    for code, count in ((SMALL_UNIT, FEW), (LARGE_UNIT, MANY)):
        template = make_document(units[code], "0/KH-UBND", "Văn bản mẫu", kind="ke-hoach")
        ids = copy_document(template, count)
        seconds = timed(partial(keep, ids))
        if count == MANY:
            recorder.add(f"file {count:,} documents in lists", seconds, "s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def copy_document(template: DocumentPage, count: int) -> list[int]:
    """Rows as the template's with other numbers, kinds, dates and titles, straight into SQL."""
    kinds = [DocumentKind.objects.get(code=code).pk for code in KINDS]
    issuers = [Issuer.objects.get(code=code).pk for code in ("ubnd", "hdnd")]
    assert template.unit
    parent = section_of(template.unit, "van-ban")
    ids: list[int] = []
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        rows = [_row(n, parent, kinds, issuers) for n in numbers]
        ids += _insert(template, rows)
    BasePage.objects.filter(pk=parent.pk).update(numchild=count + 1)
    return ids


def _row(n: int, parent: Any, kinds: list[int], issuers: list[int]) -> dict[str, Any]:
    year = FIRST_YEAR + n * YEARS // MANY if n >= FEW else FIRST_YEAR + n % YEARS
    issued = datetime.date(year, n % 12 + 1, n % 28 + 1)
    step = BasePage._int2str(n + 1000).rjust(BasePage.steplen, "0")
    title = f"Kế hoạch nạo vét kênh {'mương ' if n % 500 == 0 else ''}nội đồng số {n}"
    slug = f"van-ban-{n}"
    return {
        "path": parent.path + step, "slug": slug, "url_path": f"{parent.url_path}{slug}/",
        "title": title, "draft_title": title, "public_at": issued,
        "translation_key": uuid.uuid4(), "number": f"{n}/KH-UBND",
        "kind_id": kinds[n % len(kinds)], "issuer_id": issuers[n % 3 == 0], "issued_on": issued,
        "number_keys": [f"{n}/{year}/khubnd", str(n)], "folded": f"{n}/kh-ubnd {slug} "
        f"ke hoach nao vet kenh {'muong ' if n % 500 == 0 else ''}noi dong",
    }  # fmt: skip


def _insert(template: DocumentPage, rows: list[dict[str, Any]]) -> list[int]:
    """Both rows of each page; columns that a row does not name are the template's."""
    base = _copy(BasePage, template.pk, rows, {"id"})
    for row, pk in zip(rows, base, strict=True):
        row["basepage_ptr_id"] = pk
    _copy(DocumentPage, template.pk, rows, set())
    return base


def _copy(model: Any, template: int, rows: list[dict[str, Any]], left_out: set[str]) -> list[int]:
    fields = {f.column: f for f in model._meta.local_concrete_fields if f.column not in left_out}
    own = [name for name in fields if name in rows[0]]
    key = model._meta.pk.column
    chosen = ", ".join(f"n.{name}" if name in own else f"t.{name}" for name in fields)
    types = ", ".join(f"{name} {fields[name].db_type(connection)}" for name in own)
    table = model._meta.db_table
    sql = f"""
        INSERT INTO {table} ({", ".join(fields)})
        SELECT {chosen} FROM {table} t CROSS JOIN ROWS FROM (
            json_to_recordset(%s) AS ({types})) AS n
        WHERE t.{key} = %s RETURNING {key}
    """
    data = [{name: row[name] for name in own} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(data, default=str), template])
        return [pk for (pk,) in cursor.fetchall()]
