"""A world that many tests need, made once per run and put back as rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection, transaction
from psycopg import sql

from sites.hosts.registry import hosts_changed
from sites.hosts.versions import frames_changed

# Tables in which the transaction that asks has written.
WRITTEN = """
SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd > 0 ORDER BY relname
"""
# What every table is keyed by, and all columns that are stored rather than computed.
COLUMNS = """
SELECT a.attname, i.indisprimary IS TRUE
FROM pg_attribute a
LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
"""
# Rows of this transaction: its own number or, from savepoints, later ones.
ROWS = "SELECT json_agg(t)::text FROM {table} t WHERE age(t.xmin) <= 0"
PUT_BACK = """
INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s)
ON CONFLICT ({key}) DO UPDATE SET ({columns}) = ROW ({fresh})
"""


@dataclass(frozen=True)
class Snapshot:
    """The rows that `make` wrote; `restore` writes them into another transaction."""

    statements: list[tuple[sql.Composed, str]]

    @classmethod
    def of(cls, make: Callable[[], object]) -> Snapshot:
        """Call `make` in a transaction that is rolled back, and keep what it wrote."""
        with transaction.atomic(durable=True):
            make()
            with connection.cursor() as cursor:
                cursor.execute(WRITTEN)
                tables = [name for (name,) in cursor.fetchall()]
            statements = [_statement(table) for table in tables]
            transaction.set_rollback(True)
        return cls([(statement, rows) for statement, rows in statements if rows])

    def restore(self) -> None:
        """Write the rows as they were; what processes remember of sites is out of date then."""
        with connection.cursor() as cursor:
            for statement, rows in self.statements:
                cursor.execute(statement, [rows])
        hosts_changed()
        frames_changed()
        cache.clear()


def _statement(table: str) -> tuple[sql.Composed, str]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [f'"{table}"'])
        found = cursor.fetchall()
        name = sql.Identifier(table)
        cursor.execute(sql.SQL(ROWS).format(table=name))
        ((rows,),) = cursor.fetchall()
    columns = sql.SQL(", ").join(sql.Identifier(column) for column, _ in found)
    fresh = sql.SQL(", ").join(sql.Identifier("excluded", column) for column, _ in found)
    key = sql.SQL(", ").join(sql.Identifier(column) for column, is_key in found if is_key)
    return sql.SQL(PUT_BACK).format(table=name, columns=columns, fresh=fresh, key=key), rows
