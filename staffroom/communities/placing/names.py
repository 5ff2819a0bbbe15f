"""Names of communities to be: subject and place, with a number where there are several."""

import uuid

from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places.models import Programme

MOST = 60
#: Room for a number behind it.
ROOM = 5


def name_of(subject: str, place: str, number: int = 1) -> str:
    """ "Mathematics, Kitui Central 2"; in the language that is active."""
    words = str(SUBJECTS.get(subject, subject))
    if place:
        words = _("%(subject)s, %(place)s") % {"subject": words, "place": place}
    return numbered(words, number)


def numbered(words: str, number: int) -> str:
    words = words[: MOST - ROOM].rstrip(" ,،")
    return words if number == 1 else f"{words} {number}"


def free(programme: Programme, name: str, but: uuid.UUID) -> str:
    """The name, or with the next number that no living community of the programme has."""
    taken = {
        each.casefold()
        for each in Community.objects.filter(programme=programme)
        .exclude(stage=Community.Stage.CLOSED)
        .exclude(pk=but)
        .values_list("name", flat=True)
    }
    if name.casefold() not in taken:
        return name
    words, _space, last = name.rpartition(" ")
    if not last.isdecimal():
        words, last = name, "1"
    number = int(last) + 1
    while numbered(words, number).casefold() in taken:
        number += 1
    return numbered(words, number)
