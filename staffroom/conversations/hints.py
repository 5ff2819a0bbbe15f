"""What may tell who asks, although no name stands there. Said to the asker before the sending."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.communities.models import Community, Membership
from staffroom.methods.text.fold import words
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES
from staffroom.places.queries import postings_of

#: In a smaller group the manner of writing or the topic alone may tell.
SMALL = 8
#: Fewer than this who teach the grade: the grade tells.
FEW = 3
LETTERS = 3
NUMBER = re.compile(r"\d(?:[\s./-]?\d){6,}")
#: Words of a school's name that stand in many schools' names.
COMMON = frozenset(
    words(
        "school primary secondary junior senior high shule govt government boys girls public community academy the and"
    )
)


def small_group(community: Community) -> str:
    """The warning where the group is very small; empty where it is not."""
    count = Membership.objects.filter(community=community, state=Membership.State.ACTIVE).count()
    if count >= SMALL:
        return ""
    return ngettext(
        "You are %(count)s here. In so small a group your topic, or how you write, may tell who asks.",
        "You are %(count)s here. In so small a group your topic, or how you write, may tell who asks.",
        count,
    ) % {"count": count}


def telling(person: Person, community: Community, text: str, grade: int | None) -> list[str]:
    """One sentence for each thing in the question by which the others may know the person."""
    said = set(words(text))
    found = []
    if said & _long(person.name):
        found.append(_("Your name stands in it."))
    if any(said & (_long(each.school.name) - COMMON) for each in postings_of(person)):
        found.append(_("The name of your school stands in it."))
    if NUMBER.search(text):
        found.append(_("A phone number, or another long number, stands in it."))
    if grade is not None and 0 < _teaching(community, grade) < FEW:
        found.append(
            _("Few here teach %(grade)s. You may leave the grade out.") % {"grade": GRADES[grade]}
        )
    return found


def _long(name: str) -> set[str]:
    return {word for word in words(name) if len(word) >= LETTERS}


def _teaching(community: Community, grade: int) -> int:
    members = Membership.objects.filter(community=community, state=Membership.State.ACTIVE)
    return sum(grade in grades for grades in members.values_list("person__grades", flat=True))
