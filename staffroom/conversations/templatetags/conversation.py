"""Words for what posts carry."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from staffroom.people.vocabulary import GRADES

register = template.Library()


@register.filter
def grade_name(grade: int | None) -> str:
    """ "Grade 7"; nothing for no grade."""
    return str(GRADES.get(grade, "")) if grade is not None else ""


@register.filter
def minutes(seconds: int) -> SafeString:
    """How long a sound is: 1:05."""
    return format_html('<bdi dir="ltr">{}</bdi>', f"{seconds // 60}:{seconds % 60:02}")


@register.filter
def mb(kilobytes: int) -> SafeString:
    """A limit in MB, left to right in every language."""
    return format_html('<bdi dir="ltr">{} MB</bdi>', f"{kilobytes / 1000:.3g}")


@register.filter
def tongue(language: str, page: str) -> SafeString:
    """A `lang` attribute where the words are in another language than the page."""
    if not language or language == page or not language.isalpha():
        return SafeString("")
    return mark_safe(f' lang="{language}"')  # noqa: S308 - letters only
