"""Count the statements that a piece of work sends to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass
class QueryCount:
    """Statements sent so far."""

    count: int = 0

    def __call__(self, execute: Any, *args: Any) -> Any:
        """Count one statement and pass it on."""
        self.count += 1
        return execute(*args)


@contextmanager
def counted_queries() -> Iterator[QueryCount]:
    """Count inside the block, with DEBUG on or off."""
    counter = QueryCount()
    with connection.execute_wrapper(counter):
        yield counter
