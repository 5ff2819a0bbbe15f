"""Words for what practice notes carry."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.core.words import listed
from staffroom.library.forms.notes import RESULTS
from staffroom.library.models import Note
from staffroom.library.queries.notes import names
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
    return format_html(' lang="{}"', language)


@register.filter
def result_name(result: str) -> str:
    return str(RESULTS.get(result, result))


@register.filter
def tried(note: Note) -> str:
    """In how many classes it was tried here, and how it went; whole counts, nobody's name."""
    return _told(
        getattr(note, "n_worked", 0), getattr(note, "n_partly", 0), getattr(note, "n_not", 0)
    )


@register.filter
def tried_elsewhere(note: Note) -> str:
    return _told(note.far_worked, note.far_partly, note.far_not)


def _told(worked: int, partly: int, failed: int) -> str:
    total = worked + partly + failed
    if not total:
        return ""
    head = ngettext("Tried in %(n)s class", "Tried in %(n)s classes", total) % {"n": total}
    parts = []
    if worked:
        parts.append(ngettext("worked in %(n)s", "worked in %(n)s", worked) % {"n": worked})
    if partly:
        parts.append(ngettext("in part in %(n)s", "in part in %(n)s", partly) % {"n": partly})
    if failed:
        parts.append(ngettext("not in %(n)s", "not in %(n)s", failed) % {"n": failed})
    return _("%(head)s: %(parts)s") % {"head": head, "parts": listed(parts)}


@register.filter
def credit(note: Note) -> str:
    """The names that were consented to; the others are colleagues."""
    said, colleagues = names(getattr(note, "credited", ()))
    if colleagues == 1:
        said.append(_("a colleague"))
    elif colleagues:
        said.append(ngettext("%(n)s colleague", "%(n)s colleagues", colleagues) % {"n": colleagues})
    return listed(said)
