"""Metres as kilometres."""

from django import template
from django.template.defaultfilters import floatformat

register = template.Library()


@register.filter
def km(metres: int | None, digits: int = 1) -> str:
    """4321 > 4.3, in the reader's figures."""
    return floatformat((metres or 0) / 1000, f"{digits}g")
