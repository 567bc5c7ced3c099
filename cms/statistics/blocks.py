"""A table of figures with what a reader must know to use them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


class StatisticsTable(blocks.StructBlock):
    """One table; its first column names the rows. A chart is drawn from its numbers."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    measure = blocks.CharBlock(
        label=_("Unit of measure"), required=False, max_length=100,
        help_text=_("For example: people, tonnes, billion VND."),
    )  # fmt: skip
    period = blocks.CharBlock(label=_("Period"), required=False, max_length=100)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)
    chart = blocks.ChoiceBlock(
        label=_("Chart"),
        choices=[("", _("none")), ("bar", _("Bars")), ("line", _("Lines"))],
        required=False,
        default="bar",
    )
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            (
                "number",
                blocks.CharBlock(
                    label=_("Number"), required=False, help_text=_("As people read it: 1.234,5")
                ),
            ),
        ],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
