"""The tiers of a cascade on one line of days, as inline SVG: bars from first to last day."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from staffroom.cascade.cascade_words import TIERS

WIDE, LINE, TOP = 320, 34, 18


def picture(figures: dict[str, Any]) -> SafeString:
    """Numbers stand in the table beside it; the picture says when."""
    tiers = [(i, tier) for i, tier in enumerate(figures["tiers"]) if tier["groups"]]
    if not tiers:
        return SafeString("")
    first = min(dt.date.fromisoformat(tier["first"]) for _i, tier in tiers)
    last = max(dt.date.fromisoformat(tier["last"]) for _i, tier in tiers)
    span = max((last - first).days + 1, 1)

    def x(text: str, more: int = 0) -> float:
        return round(((dt.date.fromisoformat(text) - first).days + more) * WIDE / span, 1)

    bars = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><rect x="{}" y="{}" width="{}" height="12" rx="2"/>',
        (
            (
                TOP + row * LINE + 8, f"{TIERS[i]}: {tier['people']:,}", x(tier["first"]),
                TOP + row * LINE + 13, max(x(tier["last"], 1) - x(tier["first"]), 3),
            )
            for row, (i, tier) in enumerate(tiers)
        ),
    )  # fmt: skip
    return format_html(
        '<svg class="ch" viewBox="0 0 {} {}" role="img" aria-label="{}"><text x="0" y="10">{}</text>'
        '<text x="{}" y="10" text-anchor="end">{}</text>{}</svg>',
        WIDE, TOP + len(tiers) * LINE, _("When each tier is trained; the table says the same."),
        date_format(first, "j M Y"), WIDE, date_format(last, "j M Y"), bars,
    )  # fmt: skip
