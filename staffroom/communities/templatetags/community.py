"""Words for what communities keep as codes."""

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from staffroom.people.vocabulary import SUBJECTS

register = template.Library()


@register.filter
def weekday(number: int | None) -> str:
    """Monday for 0."""
    return str(WEEKDAYS.get(number, "")) if number is not None else ""


@register.filter
def subject(code: str) -> str:
    """A subject's label; a code that this version does not know as it is."""
    return str(SUBJECTS.get(code, code))


@register.filter
def stage_name(stage: str) -> str:
    """The life stage in a word."""
    words = {
        "forming": _("Forming"),
        "open": _("Open"),
        "resting": _("Resting"),
        "closed": _("Closed"),
    }
    return words.get(stage, stage)


@register.simple_tag
def kilometres(metres: int) -> str:
    """Whole ones, but for the first ten."""
    km = metres / 1000
    return _("%(km)s km") % {"km": number_format(round(km, 1) if km < 10 else round(km))}
