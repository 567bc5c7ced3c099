"""Statements that PostgreSQL reads and plans once a connection.

Both take as long for the statement of a search as carrying out a short one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from psycopg import Cursor
from psycopg.types.numeric import Int8


def rows_of(settings: str, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Execute a statement as `planned_once` does, under `settings` (SET LOCAL …)."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(settings)
        return planned_once(sql, parameters)


def planned_once(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Execute a statement and fetch its rows.

    Of equal text it is planned once, so values belong into `parameters`. The driver keeps the
    newest hundred statements a connection. Django turns this off for poolers that do not know
    prepared statements; PgBouncer does since 1.21.
    """
    # Otherwise the size of a number would decide its type, and each type is planned by itself.
    typed = {
        name: Int8(value) if isinstance(value, int) else value for name, value in parameters.items()
    }
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0
    wrapper = CursorDebugWrapper if connection.queries_logged else CursorWrapper
    with wrapper(Cursor(connection.connection), connection) as cursor:
        cursor.execute(sql, typed)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
