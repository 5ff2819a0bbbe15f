"""What this room's pages need beside the common parts."""

import datetime as dt
import re

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from staffroom.core import words

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


@register.filter
def day_and_hour(moment: dt.datetime, form: str = "j F Y") -> str:
    """The day, and the hour after the comma of the language."""
    here = timezone.localtime(moment)
    return f"{date_format(here, form)}{words.comma()}{date_format(here, 'H:i')}"
