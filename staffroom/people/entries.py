"""This room's entries of the page *Me*."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.core.clock import today
from staffroom.core.words import listed
from staffroom.people.actions import merge_by_desk
from staffroom.people.models import Person
from staffroom.people.vocabulary import SUBJECTS

Entry = dict[str, str]


def mine(person: Person) -> list[Entry]:
    entries = [
        _entry("profile", "me", _("Name and photo"), _shown(person)),
        _entry("my_teaching", "book", _("What I teach"), _taught(person)),
        _entry("my_number", "phone", _("My phone number"), _number(person)),
        _entry("my_phones", "lock", _("My phones"), _("Where I am signed in; when one is lost")),
        _entry("vouch", "tick", _("A colleague cannot come in"), _("Say that you know them")),
        _entry(
            "my_settings", "ear", _("Language and quiet hours"), _("How Staffroom speaks to you")
        )
        | {"group": "reach"},
        _entry("export", "down", _("Take my data along"), _("One file with all that is yours"))
        | {"group": "data"},
        _entry("delete_me", "out", _("Leave for good"), _("Your words stay or go: you choose"))
        | {"group": "data"},
    ]
    if merge_by_desk.living(person) is not None:
        entries.insert(
            0,
            _entry(
                "merge_by_desk",
                "me",
                _("Two accounts, one person"),
                _("The help desk asks: yes or no?"),
            ),
        )
    if person.is_staff:
        entries.insert(
            5, _entry("mfa_index", "lock", _("Password and second factor"), _("For staff"))
        )
    return entries


def _entry(name: str, icon: str, title: str, text: str) -> Entry:
    return {"url": reverse(name), "group": "me", "icon": icon, "title": title, "text": text}


def _shown(person: Person) -> str:
    return _("With a photo") if person.photo else _("Without a photo")


def _taught(person: Person) -> str:
    subjects = [str(SUBJECTS[code]) for code in person.subjects if code in SUBJECTS]
    if person.teaching_since is not None:
        years = today().year - person.teaching_since
        subjects.append(ngettext("%(n)s year", "%(n)s years", years) % {"n": years})
    return listed(subjects) or _("Not said yet; it helps to find the right community")


def _number(person: Person) -> str:
    if person.phone is None:
        return _("None")
    if person.print_phone:
        return _("It is printed on the sheet of my school’s cluster")
    return _("Members of my communities see it") if person.show_phone else _("Nobody sees it")
