"""Everything that is said to Elasticsearch, with what every server has in its core (design §8).

Three kinds of trouble: `Unavailable` (ask again later), `NoIndex` (build it), and a document that
the server will never take, which is logged and left out: it must not hold up the others.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer

from search.meaning.models import DIMENSIONS

from .requests import LAST_RESULT

logger = logging.getLogger("liencap.search")

# What a reader waits at most before PostgreSQL is asked, for all questions of one search.
SEARCH_SECONDS = 0.25
# Whoever insists on Elasticsearch waits longer.
PATIENT_SECONDS = 10.0
WRITE_SECONDS = 30.0
# Fewer documents than this are made findable at once, more within the refresh interval.
FEW = 50
TOO_OLD = 409
BUSY = 429

KEYWORD = {"type": "keyword"}
# Counted in every answer, so their ordinals are ready before the first question.
FACET = {"type": "keyword", "eager_global_ordinals": True}
# Only looked for: no column is needed.
KEY = {"type": "keyword", "doc_values": False}
NUMBER = {"type": "long"}
DATE = {"type": "date"}
# Pairs of neighbours are kept as well: two syllables are what a Vietnamese word mostly is.
TEXT = {
    "type": "text",
    "analyzer": "tokens",
    "position_increment_gap": 100,
    "index_phrases": True,
}
# All texts together are only found by: no frequencies, positions or lengths. A row of words is
# found by its pairs, as in PostgreSQL.
FOUND = {"type": "text", "index_options": "docs", "norms": False}
MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "_meta": {"schema": ""},
    "_source": {"enabled": False},
    "properties": {
        "page_id": NUMBER,
        "unit": FACET,
        "area": FACET,
        "tier": FACET,
        "province": KEYWORD,
        "section": FACET,
        "type": FACET,
        "kind": FACET,
        "field": FACET,
        "issuer": FACET,
        "validity": FACET,
        "file_types": FACET,
        "public_at": DATE,
        "year": FACET,
        "expire_at": DATE,
        "languages": KEYWORD,
        "audience": KEYWORD,
        "policy": KEYWORD,
        "starts_at": DATE,
        "ends_at": DATE,
        "numbers": KEY,
        "own_numbers": KEY,
        "title": TEXT,
        "title_exact": TEXT,
        "whole_title": KEY,
        "heads": TEXT,
        "heads_exact": TEXT,
        "text": {
            **FOUND,
            "analyzer": "tokens",
            "fields": {"pairs": {**FOUND, "analyzer": "pairs"}},
        },
        # The same without the files, of pages that have files.
        "own_text": {
            **FOUND,
            "analyzer": "tokens",
            "fields": {"pairs": {**FOUND, "analyzer": "pairs"}},
        },
        "accents": KEY,
        "meaning": {
            "type": "dense_vector",
            "dims": DIMENSIONS,
            "element_type": "byte",
            "similarity": "cosine",
            "index_options": {"type": "hnsw"},
        },
    },
}
SETTINGS: dict[str, Any] = {
    "auto_expand_replicas": "0-1",
    # Set, so that an index that nobody searched for a while is still refreshed.
    "refresh_interval": "1s",
    "translog": {"durability": "request"},
    # Deleted documents keep their version this long; the default minute is shorter than a rebuild.
    "gc_deletes": "2h",
    # Any page of results can be asked for by its number.
    "max_result_window": LAST_RESULT,
    # The text is folded and cut into tokens by search.text already.
    "analysis": {
        "analyzer": {
            "tokens": {"type": "custom", "tokenizer": "standard"},
            "pairs": {"type": "custom", "tokenizer": "standard", "filter": ["pairs"]},
        },
        "filter": {
            "pairs": {
                "type": "shingle",
                "min_shingle_size": 2,
                "max_shingle_size": 2,
                "output_unigrams": False,
                "token_separator": "_",
            }
        },
    },
}


# While nobody searches an index and all of it can be had again.
FILLING: dict[str, Any] = {"refresh_interval": "-1", "translog": {"durability": "async"}}

MAPPINGS["_meta"]["schema"] = hashlib.blake2b(
    json.dumps([MAPPINGS, SETTINGS], sort_keys=True).encode(), digest_size=8
).hexdigest()


class Unavailable(Exception):  # noqa: N818 (a state, not a mistake)
    """Elasticsearch does not answer, or cannot take anything now."""


class NoIndex(Exception):  # noqa: N818
    """Elasticsearch answers, but has no index that this version of the code could use."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One document to index (`payload` is its JSON), or to delete (None)."""

    page_id: int
    version: int
    payload: str | None


def client() -> Elasticsearch:
    """The process's client for the configured cluster.

    Raises Unavailable when no cluster is configured.
    """
    if not settings.ELASTICSEARCH_URL:
        raise Unavailable("No Elasticsearch is configured.")
    return _client(
        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA_FILE
    )


@lru_cache(maxsize=4)
def _client(urls: str, api_key: str, ca_file: str) -> Elasticsearch:
    hosts = urls.split(",")
    # A node that refuses is left out for a while, and the next one asked at once.
    options: dict[str, Any] = {
        "request_timeout": WRITE_SECONDS,
        "max_retries": len(hosts) - 1,
        "dead_node_backoff_factor": 1.0,
        "serializer": OrjsonSerializer(),
    }
    if api_key:
        options["api_key"] = api_key
    if ca_file:
        options["ca_certs"] = ca_file
    return Elasticsearch(hosts, retry_on_timeout=False, **options)


@lru_cache(maxsize=64)
def _waiting(connected: Elasticsearch, seconds: float) -> Elasticsearch:
    """The client with another patience. Kept: making it is a fifth of what asking costs here."""
    return connected.options(request_timeout=max(seconds, 0.01))


_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Whatever is asked inside shares so many seconds; then `ask` raises Unavailable."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def ask(body: dict[str, Any], seconds: float = PATIENT_SECONDS) -> dict[str, Any]:
    """Run a search on the live index. Raises Unavailable or NoIndex."""
    until = _deadline.get()
    if until is not None:
        seconds = until - time.monotonic()
        if seconds <= 0.001:
            raise Unavailable("Elasticsearch takes too long.")
    try:
        found = _waiting(client(), round(seconds, 2)).search(index=alias(), **body)
    except (TransportError, ApiError) as error:
        raise _trouble(error) from error
    if found["timed_out"] or found["_shards"]["failed"]:
        raise Unavailable("Elasticsearch answered with a part only.")
    return dict(found)


def alias() -> str:
    """The name under which the live index is searched."""
    return settings.ELASTICSEARCH_INDEX


def write(operations: Sequence[Operation], builds: Iterable[str]) -> None:
    """Bring documents to the live index and to those being built.

    Raises Unavailable or NoIndex when any of them has to be sent again.
    """
    targets = [(alias(), True), *((index, False) for index in builds)]
    lines: list[Any] = []
    for operation in operations:
        for index, is_alias in targets:
            lines += _bulk_lines(operation, index, is_alias)
    try:
        answer = client().bulk(operations=lines, refresh=len(operations) < FEW)
    except (TransportError, ApiError) as error:
        raise _trouble(error) from error
    if answer["errors"]:
        building = any(not is_alias for _, is_alias in targets)
        _judge((next(iter(item.values())) for item in answer["items"]), building)


def fill(index: str, operations: Sequence[Operation]) -> None:
    """Bring documents to an index that is being built. Raises Unavailable or NoIndex."""
    lines = [line for operation in operations for line in _bulk_lines(operation, index, False)]
    answer = _do("bulk", operations=lines)
    if answer["errors"]:
        _judge((next(iter(item.values())) for item in answer["items"]), building=False)


def _bulk_lines(operation: Operation, index: str, is_alias: bool) -> list[Any]:
    act = "delete" if operation.payload is None else "index"
    meta: dict[str, Any] = {
        "_index": index,
        "_id": str(operation.page_id),
        "version": operation.version,
        "version_type": "external_gte",
    }
    if is_alias:
        meta["require_alias"] = True
    return [{act: meta}] if operation.payload is None else [{act: meta}, operation.payload]


def _judge(items: Iterable[dict[str, Any]], building: bool) -> None:
    """Decide what refused operations mean."""
    refused: dict[str, str] = {}
    for item in items:
        error, status = item.get("error"), item["status"]
        # A version that is newer there is what we want, and so is a document gone already.
        if not error or status == TOO_OLD:
            continue
        if error["type"] == "index_not_found_exception":
            # While an index is built the live one may be missing, and a build may be given up.
            if not building:
                raise NoIndex(error["reason"])
            continue
        if status == BUSY or status >= 500:
            raise Unavailable(error["reason"])
        refused[item["_id"]] = error["reason"]
    if refused:
        first = next(iter(refused.items()))
        logger.error("%s documents cannot be indexed; page %s: %s", len(refused), *first)


def _trouble(error: Exception) -> Unavailable | NoIndex:
    if isinstance(error, ApiError) and error.error == "index_not_found_exception":
        return NoIndex(str(error))
    if isinstance(error, ApiError) and error.status_code == 400:
        # Our own mistake; PostgreSQL answers meanwhile, and the log says what is wrong.
        logger.error("Elasticsearch refused a request: %s", error)
    return Unavailable(_reason(error))


def _reason(error: Exception) -> str:
    """What an administrator needs to know; the client itself says only "TLS error"."""
    if isinstance(error, ApiError) and isinstance(error.body, dict):
        said = error.body.get("error")
        if isinstance(said, dict) and said.get("reason"):
            return f"{error.status_code}, {said['reason']}"
    return f"{error}: {error.__cause__}" if error.__cause__ else str(error)


# ------------------------------------------------------------------------------------- indices


def create_index(name: str) -> None:
    """Create an index that is filled fast and becomes searchable by `go_live`."""
    shards = {"number_of_shards": settings.ELASTICSEARCH_SHARDS}
    index = SETTINGS | FILLING | shards
    _do("indices.create", index=name, mappings=MAPPINGS, settings={"index": index})


def go_live(name: str) -> None:
    """Swap the alias to an index in one step, and drop the indices that it stood for."""
    lasting = {name: SETTINGS[name] for name in FILLING}
    _do("indices.put_settings", index=name, settings={"index": lasting})
    _do("indices.refresh", index=name)
    old = [index for index in live_indices() if index != name]
    actions: list[dict[str, Any]] = [{"remove_index": {"index": index}} for index in old]
    actions.append({"add": {"index": name, "alias": alias(), "is_write_index": True}})
    _do("indices.update_aliases", actions=actions)
    _merge(name)


def _merge(name: str) -> None:
    """Let the cluster write a full index as one piece, beside its searches: every question then
    looks at one instead of a dozen, for less than half of the processor time."""
    with suppress(TransportError, ApiError):
        client().indices.forcemerge(index=name, max_num_segments=1, wait_for_completion=False)


def live_indices() -> list[str]:
    """The names of the indices behind the alias; normally one, none before the first build."""
    try:
        return list(client().indices.get_alias(name=alias()))
    except ApiError as error:
        if error.status_code == 404:
            return []
        raise _trouble(error) from error
    except TransportError as error:
        raise _trouble(error) from error


def has_current_index() -> bool:
    """Whether the live index is there and was made for the fields of this version of the code."""
    try:
        found = client().indices.get_mapping(index=alias())
    except (TransportError, ApiError) as error:
        trouble = _trouble(error)
        if isinstance(trouble, NoIndex) or getattr(error, "status_code", 0) == 404:
            return False
        raise trouble from error
    schemas = [index["mappings"].get("_meta", {}).get("schema") for index in found.values()]
    return schemas == [MAPPINGS["_meta"]["schema"]]


def drop_index(name: str) -> None:
    """Delete an index, if it is there."""
    _do("indices.delete", index=name, ignore_unavailable=True)


def refresh_live() -> None:
    """Make everything findable that was written."""
    _do("indices.refresh", index=alias())


def stored_versions(page_size: int = 2000) -> Iterator[tuple[int, int]]:
    """`(page id, version)` of every document in the live index."""
    after: list[Any] | None = None
    while True:
        body: dict[str, Any] = {
            "size": page_size,
            "version": True,
            "sort": [{"page_id": "asc"}],
            "query": {"match_all": {}},
            "track_total_hits": False,
        }
        if after:
            body["search_after"] = after
        hits = ask(body, WRITE_SECONDS)["hits"]["hits"]
        yield from ((int(hit["_id"]), int(hit["_version"])) for hit in hits)
        if len(hits) < page_size:
            return
        after = hits[-1]["sort"]


def is_healthy(seconds: float) -> bool:
    """Whether the cluster answers in time and the live index can be searched."""
    try:
        health = client().options(request_timeout=seconds).cluster.health(index=alias())
    except (TransportError, ApiError, Unavailable):
        return False
    return bool(health["status"] in ("green", "yellow"))


def _do(act: str, **arguments: Any) -> Any:
    target: Any = client()
    for name in act.split("."):
        target = getattr(target, name)
    try:
        return target(**arguments)
    except (TransportError, ApiError) as error:
        raise _trouble(error) from error


# ------------------------------------------------------------------------------------- breaker


class Breaker:
    """After a failure Elasticsearch is left alone, so that only one search of a process pays for
    finding out; then a single one may try again, and after more failures later and later.

    One per process; a race costs one question more.
    """

    SHORTEST, LONGEST = 1.0, 15.0

    def __init__(self) -> None:
        self._closed_until = 0.0
        self._wait = self.SHORTEST

    def lets_through(self) -> bool:
        """Whether Elasticsearch may be asked now; after a failure, by this caller alone."""
        now = time.monotonic()
        if now < self._closed_until:
            return False
        if self._closed_until:
            # Half open: until this caller is done, the others go on without.
            self._closed_until = now + self._wait
        return True

    def trip(self) -> None:
        """Note a failure."""
        if self._closed_until:
            self._wait = min(2 * self._wait, self.LONGEST)
        self._closed_until = time.monotonic() + self._wait

    def reset(self) -> None:
        """Note an answer: everybody may ask again."""
        self._closed_until = 0.0
        self._wait = self.SHORTEST


breaker = Breaker()
