"""The words of a weekly letter, plain and as a simple page. It names no member and ranks nobody."""

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.channels.email import links
from staffroom.channels.email.models import StaffLetter, Week
from staffroom.channels.email.queries.readers import may_have_figures
from staffroom.channels.email.queries.waiting import Line, notes_for, waiting_for
from staffroom.channels.email.sending import Letter
from staffroom.notices.links import whole
from staffroom.rhythm.figures import Figure, direction


@dataclass(frozen=True)
class Content:
    """What a letter says, before it is put into words."""

    waiting: list[Line]
    figures: list[str]
    notes: list[str]

    @property
    def empty(self) -> bool:
        return not (self.waiting or self.figures or self.notes)


def content_of(row: StaffLetter) -> Content:
    person, programme = row.person, row.week.programme
    return Content(
        waiting=waiting_for(person, programme),
        figures=figures(row.week) if may_have_figures(person, programme) else [],
        notes=notes_for(person, programme),
    )


def letter_of(row: StaffLetter) -> Letter | None:
    """In the language that is active; None where there is nothing to say."""
    content = content_of(row)
    if content.empty:
        return None
    stop = links.stop_link(row.person, "letters")
    context = {
        "content": content,
        "waiting": [(line.text, whole(line.path) if line.path else "") for line in content.waiting],
        "heading": heading(row.week),
        "home": whole("/"),
        "stop": stop,
        "language": translation.get_language(),
        "rtl": translation.get_language_bidi(),
    }
    return Letter(
        to=row.person.email or "",
        subject=heading(row.week),
        text=_plain(context),
        page=render_to_string("email/letter.html", context),
        id=str(row.pk),
        stop=stop,
        language=row.person.language,
    )


def heading(week: Week) -> str:
    day = date_format(week.monday, "j F")
    return _("%(programme)s, the week of %(day)s") % {"programme": week.programme.name, "day": day}


def _plain(context: dict[str, object]) -> str:
    """One thought a line, so that no mail program must wrap a template's indents."""
    return render_to_string("email/letter.txt", context).strip() + "\n"


def figures(week: Week) -> list[str]:
    """Each with where it goes, against the week before; a figure that would tell of somebody is absent."""
    told = week.figures
    before = Week.objects.filter(
        programme=week.programme_id, monday=week.monday - dt.timedelta(days=7)
    ).first()
    old = before.figures if before else {}
    lines = []
    if "asked" in told:
        n = told["asked"]
        text = ngettext("%(n)s question was asked.", "%(n)s questions were asked.", n) % {"n": n}
        lines.append(text + _trend(told, old, "asked"))
    if "answered" in told:
        numbers = {"n": told["answered"], "of": told["asked"]}
        text = _("%(n)s of %(of)s had an answer within a day.") % numbers
        lines.append(text + _trend(told, old, "answered", of="asked"))
    if "solved" in told:
        n = told["solved"]
        text = ngettext("%(n)s question was solved.", "%(n)s questions were solved.", n) % {"n": n}
        lines.append(text + _trend(told, old, "solved"))
    return lines


def _trend(told: dict[str, int], old: dict[str, int], name: str, of: str = "") -> str:
    if name not in old or (of and of not in old):
        return ""
    here = Figure(told[name], told[of] if of else None)
    there = Figure(old[name], old[of] if of else None)
    words = {
        "more": _("More than the week before."),
        "less": _("Less than the week before."),
        "same": _("As the week before."),
    }
    found = direction(here, there)
    return f" {words[found]}" if found else ""
