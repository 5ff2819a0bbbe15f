"""This room's entries of the page *Me*."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.web.course.queries import answered_by
from staffroom.web.course.screens import SCREENS
from staffroom.web.practice.exercises import EXERCISES
from staffroom.web.practice.queries import corner_of


def mine(person: Any) -> list[dict[str, str]]:
    done, answered = len(corner_of(person).done), len(answered_by(person))
    return [
        *on_this_phone(person),
        _entry("practice", "pen", _("Practice corner"), _so_far(done, len(EXERCISES))),
        _entry("course", "book", _("The short course"), _so_far(answered, len(SCREENS))),
        _entry("guide", "down", _("A guide to print"), _("One page, for the wall of the school")),
        _entry("privacy", "eye", _("Who can see what"), _("In plain words")),
    ]


def on_this_phone(person: Any) -> list[dict[str, str]]:
    """Staff's pages are kept by no phone."""
    if person.is_staff:
        return []
    words = _("What can be read without signal, and how much it is")
    return [_entry("on_this_phone", "phone", _("On this phone"), words) | {"group": "mine"}]


def _so_far(done: int, all: int) -> str:
    if done == all:
        return _("Done; it can be done again")
    return _("%(done)s of %(all)s done") % {"done": done, "all": all}


def _entry(name: str, icon: str, title: str, text: str) -> dict[str, str]:
    return {"url": reverse(name), "group": "help", "icon": icon, "title": title, "text": text}
