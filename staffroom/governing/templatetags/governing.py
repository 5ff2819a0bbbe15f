"""What this room's pages need beside the common parts."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
NUMBER = re.compile(r"\+?\d[\d \-]{1,18}\d")


@register.filter
def with_call(line: str) -> SafeString | str:
    """A line of words with its telephone number made a link to call it."""
    found = NUMBER.search(line)
    if found is None:
        return line
    dialled = re.sub(r"[^\d+]", "", found.group())
    return format_html(
        '{}<a class="link" href="tel:{}"><bdi dir="ltr">{}</bdi></a>{}',
        line[: found.start()],
        dialled,
        found.group(),
        line[found.end() :],
    )
