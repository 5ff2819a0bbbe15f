"""The sections of a data-protection impact assessment, with what the product itself can say.

The words are facts of this code: change the code, and change them here. A programme replaces what is
different with it, and fills in the two sections that only it can know.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staffroom.core import retention
from staffroom.governing.models import Contacts
from staffroom.governing.queries.safeguarding import readers
from staffroom.places.models import Programme


@dataclass(frozen=True)
class Section:
    key: str
    title: Any
    words: Callable[[Programme], str]
    #: Only the programme knows this: it must be written before anybody signs.
    theirs: bool = False


def _purposes(programme: Programme) -> str:
    return _(
        "Teachers of the same subject and grade learn from each other in small closed communities. "
        "Nobody is appraised by it, and no data is used for advertising or sold.\n"
        "Taking part is voluntary; each person agrees in plain words at the first sign-in and can leave "
        "at any time. Lists of schools and teachers come from the programme, so that teachers can sign in "
        "and supervisors be kept out: that is its public task."
    )


def _people(programme: Programme) -> str:
    return _(
        "Teachers; moderators and advisers among them; head teachers and officers as supervisors; staff of the "
        "programme. Pupils are not registered. They can appear in a teacher’s words or photo: the pages ask "
        "that names and faces stay out."
    )


def _data(programme: Programme) -> str:
    return _(
        "Telephone number, name, photo if one likes; gender if one likes; subjects, grades, languages, years of "
        "teaching; school, posting, payroll or teacher number; staff: e-mail.\n"
        "What is written in communities: questions, answers, messages, photos; who thanked whom and what "
        "helped; memberships, turns as moderator.\n"
        "Technical: hashed sign-in codes, sessions, a log of acts by identifiers. No position of the phone, no "
        "contacts, no trackers, no code of others. The place inside a photo is removed.\n"
        "What is told about danger to a child or a colleague can hold the most sensitive data. It is sealed."
    )


def _recipients(programme: Programme) -> str:
    named = readers(programme).count()
    return "\n".join(
        [
            _("Members and the adviser of a community: what is written in it."),
            _(
                "Moderators in addition: reports about posts, without the name of who reported; requests to join."
            ),
            _(
                "Gardeners: that a community exists, its stage and design, figures of whole communities; no words and "
                "no members. Each look is written down where members read it."
            ),
            _("Administrators: schools, postings, offices, numbers; nobody’s community."),
            _(
                "Supervisors: nothing of a community that holds somebody they supervise, now or after a change of posting."
            ),
            ngettext(
                "Safeguarding: %(n)s named person reads what is told about danger.",
                "Safeguarding: %(n)s named people read what is told about danger.",
                named,
            )
            % {"n": named},
            _("Whoever runs the server could read its database, except for what is sealed."),
        ]
    )


def _storage(programme: Programme) -> str:
    operator = Contacts.objects.filter(programme=programme).values_list("operator", flat=True)
    lines = [
        _("One database and one folder of files, on the programme’s own server: %(where)s")
        % {"where": operator.first() or _("(write down who runs it, and in which country)")}
    ]
    if settings.SMS_PROVIDER == "none":
        lines.append(_("No text messages are sent, so nobody else receives numbers."))
    else:
        lines.append(
            _(
                "Text messages (sign-in codes; digests for those who choose them, where the programme pays) go through %(provider)s, which learns number and text."
            )
            % {"provider": settings.SMS_PROVIDER}
        )
    lines.append(_("Pages are sent encrypted (HTTPS). No part of a page is loaded from others."))
    return "\n".join(lines)


def _kept(programme: Programme) -> str:
    return "\n".join(
        f"{rule.what}: "
        + (ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if rule.due else str(rule.until))
        for rule, days in retention.chosen()
    )


def _necessity(programme: Programme) -> str:
    return _(
        "The number is needed to sign in; nobody sees it unless its owner shows it. School and posting are needed "
        "to keep supervisors out. Everything else about a person may stay unsaid.\n"
        "Left out on purpose: private messages, marks of who read what, rankings of people, presence, e-mail of "
        "teachers, appraisal of any kind.\n"
        "Figures leave a community only for ten members and more."
    )


def _rights(programme: Programme) -> str:
    return _(
        "Told: in plain words before agreeing, and at any time on the page Who can see what, in three languages.\n"
        "Seen and taken along: Me › Take my data along, one file for people and for programs.\n"
        "Mended: Me, and each post by its author. Removed: each post by its author, or everything with the account.\n"
        "Objecting and complaining: the office and the authority named on that page. No decision about a person is "
        "made by a machine; a turn as moderator that falls by lot can be refused without a reason."
    )


def _risks(programme: Programme) -> str:
    return "\n\n".join(
        _("Risk: %(risk)s\nMeasure: %(measure)s") % {"risk": risk, "measure": measure}
        for risk, measure in _pairs()
    )


def _pairs() -> list[tuple[str, str]]:
    return [
        (
            _("A supervisor reads what a teacher does not know or complains about."),
            _(
                "The wall is asked in every query of the database; every page is tested as every kind of person; a new "
                "posting ends what must end at once."
            ),
        ),
        (
            _("A shared or stolen phone is still signed in."),
            _(
                "Signing out clears the phone; one can sign out everywhere else; codes work once, for ten minutes, five tries."
            ),
        ),
        (
            _("Somebody guesses codes or finds out who has an account."),
            _(
                "Tries are limited by number, address and in all; unknown numbers get the same answer."
            ),
        ),
        (
            _("An account of staff is taken over."),
            _(
                "Password and second factor; twelve hours; no page of staff shows words of a community."
            ),
        ),
        (
            _("The database or a backup is stolen."),
            _(
                "Codes are kept as keyed hashes; what is told about danger is sealed with a key kept elsewhere; old data "
                "is deleted every night. Words of communities are readable in it: keep backups few, encrypted, in two "
                "hands."
            ),
        ),
        (
            _("A single teacher can be told from figures."),
            _(
                "Only whole communities of ten and more; no rankings, no rows of members, in no export."
            ),
        ),
        (
            _("A pupil is shown or named."),
            _(
                "The page asks to photograph the board, not faces; any member can report; the moderator hides at once; "
                "the author can remove."
            ),
        ),
        (
            _("Somebody in danger tells it where the wrong people read."),
            _(
                "A page of its own, open to all without an account, sealed, read by named people alone."
            ),
        ),
        (
            _("Logs tell what a person did."),
            _(
                "Logs hold kinds of pages, no names, numbers, words or addresses; the audit holds identifiers."
            ),
        ),
    ]


SECTIONS = [
    Section("purposes", gettext_lazy("What it is for, and on what ground"), _purposes),
    Section("people", gettext_lazy("Whose data"), _people),
    Section("data", gettext_lazy("Which data"), _data),
    Section("recipients", gettext_lazy("Who sees it"), _recipients),
    Section("storage", gettext_lazy("Where it is, and who else handles it"), _storage),
    Section("kept", gettext_lazy("How long it is kept"), _kept),
    Section("necessity", gettext_lazy("Why this much, and what is left out"), _necessity),
    Section("rights", gettext_lazy("How people are told, and what they can do"), _rights),
    Section("risks", gettext_lazy("Risks and measures"), _risks),
    Section(
        "consulted",
        gettext_lazy("Whom you asked: teachers, their union, the data-protection officer"),
        lambda programme: "",
        theirs=True,
    ),
    Section(
        "decision",
        gettext_lazy("What risk remains, and what you decided"),
        lambda programme: "",
        theirs=True,
    ),
]
BY_KEY = {section.key: section for section in SECTIONS}
