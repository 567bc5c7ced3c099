"""The form of every page: the address is never a question that an editor must answer."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from search.text import slugify

SLUG_LENGTH = 120


class PageForm(WagtailAdminPageForm):
    """Fills in the slug from the title when it is empty, and makes it free when it is taken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Settle the slug before Wagtail checks it."""
        wanted = self.cleaned_data.get("slug") or self.cleaned_data.get("title") or ""
        base = slugify(wanted, max_length=SLUG_LENGTH, fallback="trang")
        self.cleaned_data["slug"] = self._free(base)
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def _free(self, base: str) -> str:
        slug, suffix = base, 1
        while not self.instance._slug_is_available(slug, self.parent_page, self.instance):
            suffix += 1
            slug = f"{base}-{suffix}"
        return slug
