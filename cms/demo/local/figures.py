"""Statistics, the map and the forms."""

from __future__ import annotations

import json
import uuid
from collections import Counter

from cms.forms.models import FormField, FormPage
from cms.maps.models import MapPage
from cms.statistics.models import StatisticsPage
from search.text.collation import sort_key
from sites.hosts.registry import portal_of_unit
from sites.units.models import AdministrativeUnit, Kind, Tier

from ..content_files import CONTENT, Raw, read
from .writing import Writing, both, common


def write_statistics(writing: Writing, units: list[AdministrativeUnit]) -> None:
    """A table counted from the units, and one that is invented and says so."""
    plans = read(CONTENT / "statistics" / "statistics.toml")
    _statistics(writing, plans["units"], _count_units(units), "bar")
    _statistics(writing, plans["applications"], plans["applications"]["rows"], "line")


def _count_units(units: list[AdministrativeUnit]) -> list[list[str]]:
    districts = [unit for unit in units if unit.tier == Tier.DISTRICT]
    rows = []
    for district in sorted(districts, key=lambda unit: sort_key(unit.short_name)):
        kinds = Counter(unit.kind for unit in units if unit.parent_id == district.pk)
        parts = [kinds[Kind.XA], kinds[Kind.PHUONG], kinds[Kind.THI_TRAN]]
        rows.append([district.name, *map(str, parts), str(sum(parts))])
    return rows


def _statistics(writing: Writing, raw: Raw, rows: list[list[str]], chart: str) -> None:
    page = StatisticsPage(
        **common("statistics", raw["key"], raw),
        tables_vi=_tables(raw, rows, chart, ""),
        tables_en=_tables(raw, rows, chart, "_en"),
    )
    writing.add(raw["unit"], "thong-ke", page)


def _tables(raw: Raw, rows: list[list[str]], chart: str, language: str) -> str:
    headings = raw[f"headings{language}"]
    kinds = ["text"] + ["number"] * (len(headings) - 1)
    columns = [{"type": kind, "heading": h} for kind, h in zip(kinds, headings, strict=True)]
    value = {
        "title": raw[f"table{language}"],
        "measure": raw[f"measure{language}"],
        "period": raw[f"period{language}"],
        "source": raw[f"source{language}"],
        "chart": chart,
        "table": {"columns": columns, "rows": [{"values": row} for row in rows], "caption": ""},
    }
    return json.dumps([{"type": "table", "value": value, "id": str(uuid.uuid4())}])


def write_map(writing: Writing, units: list[AdministrativeUnit]) -> None:
    """The province's map in words, with its districts as a list."""
    raw = read(CONTENT / "maps" / "maps.toml")
    districts = [unit for unit in units if unit.tier == Tier.DISTRICT]
    page = MapPage(
        **common("map", raw["key"], raw),
        **both(raw, ["description"]),
        embed=raw["embed"],
        places=json.dumps([_marked(unit, units) for unit in districts]),
    )
    writing.add(raw["unit"], "ban-do", page)


def _marked(unit: AdministrativeUnit, units: list[AdministrativeUnit]) -> Raw:
    portal = portal_of_unit(unit.pk)
    count = sum(other.parent_id == unit.pk for other in units)
    value = {
        "name_vi": unit.name,
        "name_en": unit.english_name,
        "note_vi": f"{count} xã, phường, thị trấn",
        "note_en": f"{count} communes, wards and townships",
        "url": f"{portal.root_url}/" if portal else "",
    }
    return {"type": "place", "value": value, "id": str(uuid.uuid4())}


def write_forms(writing: Writing) -> list[tuple[FormPage, list[Raw]]]:
    """The forms; their fields are written once the forms have keys."""
    made = []
    for raw in read(CONTENT / "forms" / "forms.toml")["form"]:
        for code in raw["units"]:
            page = FormPage(
                **common("form", f"{code}-{raw['key']}", raw),
                **both(raw, ["consent", "thanks"]),
                keep_days=raw["keep_days"],
            )
            writing.add(code, "hoi-dap", page)
            made.append((page, raw["field"]))
    return made


def write_fields(forms: list[tuple[FormPage, list[Raw]]]) -> None:
    """The fields of forms that have been inserted. One statement."""
    rows = [
        _field(page, order, raw)
        for page, fields in forms
        if page.pk
        for order, raw in enumerate(fields)
    ]
    FormField.objects.bulk_create(rows)


def _field(page: FormPage, order: int, raw: Raw) -> FormField:
    row = FormField(
        page=page,
        sort_order=order,
        label_vi=raw["label"],
        label_en=raw["label_en"],
        help_text_vi=raw.get("help", ""),
        help_text_en=raw.get("help_en", ""),
        choices_vi="\n".join(raw.get("choices", [])),
        choices_en="\n".join(raw.get("choices_en", [])),
        field_type=raw["type"],
        required=raw.get("required", True),
    )
    row.clean_name = row.get_field_clean_name()
    return row
