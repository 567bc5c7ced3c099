"""How much each sign of relevance counts.

The searcher's own unit comes before its district, that before its province and that before the
rest, but only among pages that answer about equally well: the factors are smaller than the step
from a match in the body to one in the title.
"""

from __future__ import annotations

from typing import Final

# For the searcher's own unit, the one above it, and the one above that.
LOCALITY: Final = (1.5, 1.3, 1.2)


class Weight:
    """Signs that are added up in PostgreSQL, and boosts of clauses in Elasticsearch."""

    BASE: Final = 1.0
    NUMBER: Final = 20.0
    TITLE: Final = 3.0
    TITLE_PHRASE: Final = 3.0
    HEADS: Final = 1.0
    PHRASE: Final = 1.0
    EXACT_TITLE: Final = 2.0
    EXACT: Final = 0.5
