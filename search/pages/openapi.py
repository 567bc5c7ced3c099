"""The API described for programs (OpenAPI 3.1) and, from the same data, for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from search.index.requests import DEFAULT_SIZE, FACETS, MAX_SIZE, Engine, Scope, Sort
from search.suggest.lookup import MOST
from search.suggest.models import Rank
from sites.units.models import Kind, Tier

from .limits import BURST, PER_SECOND

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer", "minimum": 0}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
ADDRESS: Schema = {"type": "string", "format": "uri"}


def description(server: str) -> dict[str, Any]:
    """The whole document; texts in the active language. `server` is scheme and host."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Open search interface of the portal"),
            "version": "1",
            "description": _(
                "Reading is open to everybody and from every website, without a key. An address "
                "may ask %(burst)s times at once and %(second)s times a second from then on."
            )
            % {"burst": BURST, "second": int(PER_SECOND)},
        },
        "servers": [{"url": server}],
        "paths": {
            "/api/v1/search": _get(
                _("Search public pages"),
                search_parameters(),
                "Search",
                ("400", _("A parameter makes no sense; “error” says which")),
            ),
            "/api/v1/suggest": _get(
                _("Suggestions while typing"), [_query(_("The beginning of a query"))], "Suggest"
            ),
            "/api/v1/units": _get(
                _("Administrative units"),
                [_parameter("under", _("A unit and all below it; without it, all provinces"))],
                "Units",
                ("404", _("There is no administrative unit with this code.")),
            ),
        },
        "components": {"schemas": schemas()},
    }


def _get(
    summary: str, parameters: list[dict[str, Any]], answer: str, *refusals: tuple[str, str]
) -> dict[str, Any]:
    """A path; `refusals` are the statuses with which it may refuse, and why."""
    content = {"schema": {"$ref": f"#/components/schemas/{answer}"}}
    refused = {"schema": {"$ref": "#/components/schemas/Error"}}
    return {
        "get": {
            "summary": summary,
            "operationId": answer.lower(),
            "parameters": parameters,
            "responses": {
                "200": {"description": _("Found"), "content": {"application/json": content}},
                **{
                    status: {"description": text, "content": {"application/json": refused}}
                    for status, text in refusals
                },
                "429": {
                    "description": _("Too many requests; “Retry-After” says when to come back"),
                    "headers": {"Retry-After": {"schema": {"type": "integer"}}},
                    "content": {"application/json": refused},
                },
            },
        }
    }


def _parameter(name: str, text: str, schema: Schema | None = None) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": schema or TEXT}


def _query(text: str) -> dict[str, Any]:
    return _parameter("q", text) | {"required": True}


def search_parameters() -> list[dict[str, Any]]:
    """The parameters of a search, as the search page takes them, too."""
    day: Schema = {"type": "string", "format": "date"}
    return [
        _query(_("What is searched: with or without accents, a document number, “a phrase”, -not")),
        _parameter("unit", _("Code of the unit from which is searched; else that of the host")),
        _parameter(
            "scope",
            _("Its own site, all units of its level in the province, or everything"),
            {"enum": [*Scope], "default": Scope.ALL},
        ),
        _parameter("area", _("Code of a unit: only its pages and those of all units below it")),
        _parameter("publisher", _("Code of a unit: only the pages that it has published")),
        _parameter("tier", _("Level of the publishing unit"), {"enum": Tier.values}),
        _parameter("type", _("Type of page, as in “facets”")),
        _parameter("section", _("Code of a section, as in “facets”")),
        _parameter("kind", _("Kind of document or page, as in “facets”")),
        _parameter("field", _("Field, as in “facets”")),
        _parameter("issuer", _("Issuing agency, as in “facets”")),
        _parameter("validity", _("Validity of a document, as in “facets”")),
        _parameter("file_type", _("Type of an attached file, as in “facets”")),
        _parameter("from", _("First day of publication"), day),
        _parameter("to", _("Last day of publication"), day),
        _parameter("lang", _("Only pages in this language"), {"enum": ["vi", "en"]}),
        _parameter("sort", _("Order"), {"enum": [*Sort], "default": Sort.RELEVANCE}),
        _parameter("page", _("Page of the results"), {"type": "integer", "minimum": 1}),
        _parameter(
            "size",
            _("Results per page"),
            {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
        ),
    ]


def _object(**properties: Schema) -> Schema:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}


def _maybe(name: str) -> Schema:
    return {"oneOf": [{"$ref": f"#/components/schemas/{name}"}, {"type": "null"}]}


def schemas() -> dict[str, Schema]:
    """What the answers look like. Tests hold the answers against these."""
    return {"Error": _object(error=TEXT)} | _of_searches() | _of_suggestions() | _of_units()


def _of_searches() -> dict[str, Schema]:
    unit = _object(code=TEXT, name=TEXT, tier={"enum": Tier.values})
    return {
        "Search": _object(
            query=TEXT,
            total=NUMBER,
            engine={"enum": [*Engine]},
            took_ms=NUMBER,
            results=_list("Result"),
            facets=_object(**{name: _list("FacetValue") for name in FACETS}),
            suggestion=MAYBE_TEXT,
            relaxed={"type": "boolean"},
            promoted=_list("Result"),
            answer=_maybe("Answer"),
        ),
        "Result": _object(
            id=NUMBER,
            source_id=MAYBE_TEXT,
            title=TEXT,
            url=ADDRESS,
            summary=TEXT,
            highlight=TEXT,
            type=TEXT,
            section=MAYBE_TEXT,
            date={"type": "string", "format": "date-time"},
            unit=unit,
            file=_maybe("File"),
        ),
        "File": _object(
            title=TEXT,
            name=TEXT,
            url=ADDRESS,
            type=TEXT,
            place={"type": ["integer", "null"]},
            highlight=TEXT,
        ),
        "FacetValue": _object(value=TEXT, label=TEXT, count=NUMBER),
        "Answer": _object(
            title=TEXT,
            url={"type": ["string", "null"], "format": "uri"},
            rows={"type": "array", "items": _object(label=TEXT, value=TEXT)},
            note=MAYBE_TEXT,
        ),
    }


def _of_suggestions() -> dict[str, Schema]:
    return {
        "Suggest": _object(
            query=TEXT,
            suggestions=_list("Suggestion") | {"maxItems": MOST},
        ),
        "Suggestion": _object(
            text=TEXT, kind={"enum": [rank.name.lower() for rank in Rank]}, detail=MAYBE_TEXT
        ),
    }


def _of_units() -> dict[str, Schema]:
    return {
        "Units": _object(units=_list("Unit")),
        "Unit": _object(
            code=TEXT,
            name=TEXT,
            kind={"enum": Kind.values},
            tier={"enum": Tier.values},
            parent=MAYBE_TEXT,
            host=TEXT,
            valid_from=MAYBE_DAY,
            valid_to=MAYBE_DAY,
        ),
    }
