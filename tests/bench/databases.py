"""Databases of the benchmark's own, beside the one in `DATABASE_URL`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from search.index import elastic

SMALL = "liencap_bench_220"
LARGE = "liencap_bench_10810"


def url_of(name: str) -> str:
    """`DATABASE_URL` with another database in it."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def environment_for(name: str) -> dict[str, str]:
    """The environment of child processes that work on a database."""
    return os.environ | {"DATABASE_URL": url_of(name)}


def exists(name: str) -> bool:
    """Whether a database is there."""
    with _server() as server:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def create(name: str, template: str = "template0") -> None:
    """Create a database, over an old one of that name; `template` must not be in use."""
    connection.close()
    drop(name)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
    with _server() as server:
        server.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def drop(name: str) -> None:
    """Drop a database, if it is there."""
    connection.close()
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def use(name: str) -> None:
    """Let this process work on a database from now on.

    Nothing that the process keeps depends on it: the map of hosts is read again because its token
    differs, and content types and locales are the same in a copy.
    """
    if connection.settings_dict["NAME"] == name and connection.connection is not None:
        return
    connection.close()
    connection.settings_dict["NAME"] = name
    elastic.breaker.reset()


def drop_index() -> None:
    """Delete the benchmark's search index; what a former run left would refuse lower versions."""
    if not is_on_elasticsearch():
        return
    for name in elastic.live_indices():
        elastic.drop_index(name)


def clear_away() -> None:
    """Leave nothing behind, whatever still answers."""
    with suppress(psycopg.Error):
        drop(SMALL)
        drop(LARGE)
    with suppress(elastic.Unavailable):
        drop_index()


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """A connection outside any transaction, to the database that the run was given."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        yield server


def server_version() -> str:
    """The PostgreSQL server's version."""
    with _server() as server:
        row = server.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else ""


def is_on_elasticsearch() -> bool:
    """Whether this run has a search node; without, PostgreSQL answers."""
    return bool(settings.ELASTICSEARCH_URL)
