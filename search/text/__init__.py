"""All rules about Vietnamese text, used when indexing and when asking, for every engine.

Nothing here knows Django, a database or a search engine.
"""

from .abbreviations import (
    Abbreviation,
    AbbreviationError,
    AbbreviationTable,
    Expansion,
    expand,
    shipped_table,
)
from .analysis import IndexText, analyse
from .chars import clean, fold, has_marks, lower, nfc
from .collation import person_sort_key, sort_key
from .highlight import highlight
from .keyboard import decode_typing
from .legacy import decode_legacy
from .numbers import DocumentNumber, document_numbers, query_numbers
from .query import Query, parse_query
from .slugs import safe_filename, slugify
from .spacing import joined, parted
from .syllables import canonical, is_syllable
from .tokens import Token, forms, tokens

__all__ = [
    "Abbreviation",
    "AbbreviationError",
    "AbbreviationTable",
    "DocumentNumber",
    "Expansion",
    "IndexText",
    "Query",
    "Token",
    "analyse",
    "canonical",
    "clean",
    "decode_legacy",
    "decode_typing",
    "document_numbers",
    "expand",
    "fold",
    "forms",
    "has_marks",
    "highlight",
    "is_syllable",
    "joined",
    "lower",
    "nfc",
    "parse_query",
    "parted",
    "person_sort_key",
    "query_numbers",
    "safe_filename",
    "shipped_table",
    "slugify",
    "sort_key",
    "tokens",
]
