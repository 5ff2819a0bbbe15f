"""Words for what a lesson plan keeps as codes, and differences that can be read and heard."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from staffroom.core.words import listed
from staffroom.library.models import PlanSection
from staffroom.library.plan_words import hint_of, title_of
from staffroom.methods.text.difference import Change
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES, SUBJECTS

register = template.Library()


@register.filter
def grade_name(grade: int | None) -> str:
    """ "Grade 7"; nothing for no grade."""
    return str(GRADES.get(grade, "")) if grade is not None else ""


@register.filter
def subject_name(code: str) -> str:
    return str(SUBJECTS.get(code, code))


@register.filter
def section_title(section: PlanSection) -> str:
    return title_of(section.key, section.title)


@register.filter
def section_hint(section: PlanSection) -> str:
    return hint_of(section.key, section.hint)


@register.filter
def called(person: Person | None) -> str:
    """The first name; "a former colleague" where there is none any more."""
    return person.first_name if person is not None and person.name else _("a former colleague")


@register.filter
def names(people: Iterable[Person]) -> str:
    """First names, with the commas of the page's language."""
    return listed(called(person) for person in people)


@register.filter
def speaks(language: str, page: str) -> SafeString:
    """A `lang` attribute where the words are in another language than the page."""
    if not language or language == page or not language.isalpha():
        return SafeString("")
    return format_html(' lang="{}"', language)


@register.simple_tag
def difference(changes: list[Change]) -> SafeString:
    """What was taken out and put in, for eyes and for ears."""
    return format_html_join("", "{}", ((_piece(change),) for change in changes))


def _piece(change: Change) -> SafeString:
    if change.same:
        return format_html("{}", change.new)
    out, put = SafeString(""), SafeString("")
    said = change.new if change.new.strip() else change.old
    head, tail = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
    if change.old.strip():
        out = format_html(
            '<del><span class="vh">{} </span>{}<span class="vh">.</span></del> ',
            _("taken out:"),
            change.old.strip(),
        )
    if change.new.strip():
        put = format_html(
            '<ins><span class="vh">{} </span>{}<span class="vh">.</span></ins>',
            _("put in:"),
            change.new.strip(),
        )
    return format_html("{}{}{}{}", head, out, put, tail)
