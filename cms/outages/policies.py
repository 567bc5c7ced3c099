"""Who announces outages."""

from __future__ import annotations

from sites.people.owned import AdministratorsPolicy


class OutagePolicy(AdministratorsPolicy):
    """Portal administrators announce for their units, the sites below them included."""
