"""Words for what posts carry."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from staffroom.people.vocabulary import GRADES

register = template.Library()


@register.filter
def grade_name(grade: int | None) -> str:
    """ "Grade 7"; nothing for no grade."""
    return str(GRADES.get(grade, "")) if grade is not None else ""


@register.filter
def tongue(language: str, page: str) -> SafeString:
    """A `lang` attribute where the words are in another language than the page."""
    if not language or language == page or not language.isalpha():
        return SafeString("")
    return mark_safe(f' lang="{language}"')  # noqa: S308 - letters only
