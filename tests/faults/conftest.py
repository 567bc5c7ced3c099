"""The fixtures of the search tests serve here as well."""

from tests.search.conftest import _fresh_breaker, live_index

__all__ = ["_fresh_breaker", "live_index"]
