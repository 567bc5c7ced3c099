"""How much each sign of relevance counts.

The searcher's own unit comes before its district, that before its province and that before the
rest, but only among pages that answer about equally well: the factors are smaller than the step
from a match in the body to one in the title.
"""

from __future__ import annotations

from typing import Final

# For the searcher's own unit, the one above it, and the one above that.
LOCALITY: Final = (1.5, 1.3, 1.2)

# News grows old, a procedure does not: the factor for pages of these types that are younger than
# so many days. Ranges do not overlap; whatever is older counts 1.
AGING_TYPES: Final = ("article", "notice", "event", "gallery")
RECENCY: Final = ((30, 1.12), (365, 1.06), (1095, 1.02))

# Types of pages that people come for by name: who searches for something that can be applied for
# wants the procedure, not the news about it.
SERVICES: Final = ("procedure",)
STANDING: Final = tuple((kind, 1.2) for kind in SERVICES)

# The factor for pages that have the query in a file only, where nothing else tells.
IN_FILES_ONLY: Final = 0.75

# The factor for pages that have the words of a short query only without the accents that were
# typed: "chợ" is not "cho". Smaller than what titles and nearness can make up for.
COLLISION: Final = 0.05


class Weight:
    """Signs that are added up in PostgreSQL, and boosts of clauses in Elasticsearch."""

    BASE: Final = 1.0
    OWN_NUMBER: Final = 400.0
    NUMBER: Final = 100.0
    # The query is the whole title.
    WHOLE: Final = 50.0
    # The page is of the unit, or of the type, that the query names.
    MARK: Final = 8.0
    TITLE: Final = 2.0
    HEADS: Final = 1.0
    PAIRS: Final = 1.0
    TITLE_PHRASE: Final = 3.0
    HEADS_PHRASE: Final = 2.0
    PHRASE: Final = 2.0
    FILE_PHRASE: Final = 1.0
    # For a single word that stands in a file only.
    FILE_WORD: Final = -0.25
    TEXT_PAIRS: Final = 0.3
    EXACT_TITLE: Final = 1.0
    EXACT_PAIRS: Final = 0.5
    EXACT: Final = 0.2
