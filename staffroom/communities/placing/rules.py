"""What must be so in a group: asked when somebody is moved by hand, and again when it is founded."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import gettext as _

from staffroom.communities.models import PlacedGroup, PlacedTeacher
from staffroom.communities.placing.wanted import Wanted
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places import supervision
from staffroom.places.models import School

Ids = set[uuid.UUID]
EARTH = 6_371_009  # metres, mean radius


def chain_of(person: uuid.UUID) -> Ids:
    """Everyone above or below the person."""
    return supervision.supervisors_of([person]) | supervision.below({person})


def too_small(count: int, wanted: Wanted) -> str:
    return _(
        "%(n)s would be left, and a community has at least %(low)s. Let somebody else come in first."
    ) % {"n": count, "low": wanted.low}


@dataclass(frozen=True)
class Move:
    """What would follow if the teacher sat in this group; `refused` says why it cannot be."""

    group: PlacedGroup
    size: int
    metres: int | None
    refused: str = ""

    @property
    def km(self) -> float | None:
        return None if self.metres is None else self.metres / 1000


def move_to(
    group: PlacedGroup,
    teacher: PlacedTeacher,
    members: Sequence[PlacedTeacher],
    chain: Ids,
    wanted: Wanted,
) -> Move:
    """`members`: who sits there now. `chain`: everyone above or below the teacher."""
    metres = metres_between(teacher.school, group.venue)
    size = len(members) + 1
    return Move(group, size, metres, _refusal(group, teacher, members, chain, wanted, metres))


def _refusal(
    group: PlacedGroup,
    teacher: PlacedTeacher,
    members: Sequence[PlacedTeacher],
    chain: Ids,
    wanted: Wanted,
    metres: int | None,
) -> str:
    if group.community_id:
        return _("It is founded already.")
    if len(members) >= wanted.high:
        return _("It is full.")
    if not suits(group, teacher, wanted):
        # One sentence for all three: what somebody asked for is told to no office.
        return _("Subject, language, or what one of them asked for does not go together.")
    if sum(each.school_id == teacher.school_id for each in members) >= wanted.most:
        return _("It has enough teachers of this school.")
    if chain & {each.person_id for each in members}:
        return _("Somebody in it is above or below this teacher.")
    if metres is not None and metres > wanted.km * 1000:
        return _("The first meeting would be too far away.")
    return ""


def suits(group: PlacedGroup, teacher: PlacedTeacher, wanted: Wanted) -> bool:
    person = teacher.person
    return (
        group.subject in person.subjects
        and (wanted.join_languages or group.language in person.languages)
        and group.women == teacher.women
    )


def metres_between(school: School | None, venue: School | None) -> int | None:
    """As the crow flies; None where a place is not known."""
    if school is None or venue is None:
        return None
    at = (school.latitude, school.longitude, venue.latitude, venue.longitude)
    if None in at:
        return None
    y, x, v, u = (radians(each) for each in at)  # type: ignore[arg-type]
    half = sin((v - y) / 2) ** 2 + cos(y) * cos(v) * sin((u - x) / 2) ** 2
    return round(2 * EARTH * asin(min(1.0, sqrt(half))))


def broken(group: PlacedGroup, members: Sequence[PlacedTeacher], wanted: Wanted) -> str:
    """Why the group cannot be founded as it is, in one sentence; "" where it can."""
    if not wanted.low <= len(members) <= wanted.high:
        return _("It has %(n)s teachers; a community has %(low)s to %(high)s.") % {
            "n": len(members), "low": wanted.low, "high": wanted.high,
        }  # fmt: skip
    gone = [each.person for each in members if not each.person.is_active]
    if gone:
        return _("%(names)s no longer has an account. Take them out.") % {"names": _names(gone)}
    schools = Counter(each.school_id for each in members if each.school_id)
    if schools and max(schools.values()) > wanted.most:
        return _("More than %(n)s come from one school.") % {"n": wanted.most}
    if not all(suits(group, each, wanted) for each in members):
        return _("Subject, language, or what one of them asked for does not go together.")
    people = {each.person_id for each in members}
    above = supervision.supervisors_of(people) & people
    if above:
        names = _names([each.person for each in members if each.person_id in above])
        return _("%(names)s supervises somebody in it since it was formed.") % {"names": names}
    return ""


def _names(people: Sequence[Person]) -> str:
    return listed(each.name for each in people)
