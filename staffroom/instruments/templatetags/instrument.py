import uuid

from django import template

from staffroom.core import ids

register = template.Library()


@register.filter
def uid(text: str) -> str:
    """The short form of an identifier that is kept as text."""
    return ids.short(uuid.UUID(str(text)))
