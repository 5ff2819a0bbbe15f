"""Shares as people read them: so many of every hundred."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from staffroom.cascade.views.dilution import tier_words
from staffroom.methods.cascade.dilution import Mean, Step

register = template.Library()
register.filter("tier_name", tier_words)


@register.filter
def points(share: float) -> str:
    return f"{100 * share:.0f}".replace("-", "−") if round(100 * share) else "0"


@register.filter
def of_100(mean: Mean | None) -> SafeString | str:
    """72 (65–78), left to right in every language, the interval in one piece."""
    if mean is None:
        return "–"
    return format_html(
        '<bdi dir="ltr">{} ({}\u2060–\u2060{})</bdi>',
        points(mean.value),
        points(mean.low),
        points(mean.high),
    )


@register.filter
def kept(step: Step) -> SafeString | str:
    """What part is kept from the tier before, in hundredths, with its interval."""
    if step.kept_low != step.kept_low:
        return ""
    return format_html(
        '<bdi dir="ltr">{}% ({}\u2060–\u2060{})</bdi>',
        points(step.kept), points(step.kept_low), points(step.kept_high),
    )  # fmt: skip


@register.filter
def plain(number: float) -> str:
    """A coordinate with a point, in every language."""
    return f"{number:g}"


@register.filter
def letter(number: int) -> str:
    return chr(64 + number)
