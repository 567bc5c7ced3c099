"""Addresses that every section has besides its list, by their last path component.

Apps that add one (feeds) register it when Django starts.
"""

from __future__ import annotations

from cms.basepage.models import SectionView

ROUTES: dict[str, SectionView] = {}


def register(component: str, view: SectionView) -> None:
    """Serve `/<section>/<component>` of every site by a view."""
    ROUTES[component] = view
