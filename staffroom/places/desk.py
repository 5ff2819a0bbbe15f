"""What the help desk is shown: who it is and how they come in. No community, no word, no whole number."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from staffroom.core.clock import now, today
from staffroom.core.errors import Refused
from staffroom.core.words import listed
from staffroom.people import phones
from staffroom.people.actions import claims, merge_by_desk
from staffroom.people.actions.profiles import MAX_TRIES
from staffroom.people.models import Claim, Person, Profile
from staffroom.places import queries
from staffroom.places.actions.desk import can_help
from staffroom.places.models import Posting, Programme, TeacherNumber, on_date
from staffroom.places.numbers import hidden, plain_number

MOST = 10


@dataclass(frozen=True)
class Found:
    """One person, as the help desk sees them. `last` is a month, never a day."""

    person: Person
    school: str
    number: str = ""
    payroll: str = ""
    last: dt.date | None = None
    frozen: bool = False
    stale: bool = False
    closed_pins: int = 0
    waiting: bool = False
    never: bool = False
    merging: str = ""  # the name of the account that would stay


def find(
    *, by: Person, programme: Programme, phone: str, number: str, name: str, school: str
) -> list[Found]:
    """Whole numbers find one; a name needs its school, so that nobody leafs through a country."""
    people = queries.people_of(programme).filter(is_staff=False, is_active=True)
    if phone:
        people = people.filter(phone=phones.parse(phone, programme.phone_region))
    elif number:
        people = people.filter(pk__in=_by_payroll(programme, number))
    elif len(name) > 2 and len(school) > 2:
        people = _by_name(people, programme, name, school)
    else:
        raise Refused(
            _("Write a whole phone number, a payroll number, or a name and the school."), "name"
        )
    rows = list(people[: MOST + 1])
    if len(rows) > MOST:
        raise Refused(_("There are more than ten. Please write more of the name."), "name")
    return [Found(one, _school(one)) for one in rows if can_help(by, one, programme)]


def state_of(person: Person, programme: Programme) -> Found:
    last = person.last_used_on or (person.last_login.date() if person.last_login else None)
    kept = TeacherNumber.objects.filter(person=person, programme=programme).first()
    offer = merge_by_desk.living(person)
    return Found(
        person,
        _school(person),
        number=phones.masked(person.phone),
        payroll=hidden(kept.number) if kept else "",
        last=last,
        frozen=person.frozen_at is not None,
        stale=person.frozen_at is None and claims.needs_proof(person, None),
        closed_pins=Profile.objects.filter(person=person, tries__gte=MAX_TRIES).count(),
        waiting=Claim.objects.filter(
            person=person, used_at=None, vouched_at=None, expires_at__gt=now()
        ).exists(),
        never=person.enrolled_at is None,
        merging=offer.keep.name if offer and offer.drop_id == person.pk else "",
    )


def _by_payroll(programme: Programme, number: str) -> list[uuid.UUID]:
    """First as it is written, then whatever its spaces and capitals."""
    kept = TeacherNumber.objects.filter(programme=programme)
    exact = list(kept.filter(number__iexact=number.strip()).values_list("person_id", flat=True))
    if exact:
        return exact
    wanted = plain_number(number)
    tail = kept.filter(number__iendswith=number.strip()[-2:]) if number.strip() else kept.none()
    return [
        person
        for person, one in tail.values_list("person_id", "number")
        if wanted and plain_number(one) == wanted
    ]


def _by_name(
    people: QuerySet[Person], programme: Programme, name: str, school: str
) -> QuerySet[Person]:
    words = Q()
    for part in name.split()[:6]:
        words &= Q(name__icontains=part)
    schools = list(queries.search_schools(programme, school).values_list("pk", flat=True)[:20])
    there = Posting.objects.filter(on_date(today()), school__in=schools)
    return people.filter(words, pk__in=there.values("person"))


def _school(person: Person) -> str:
    return listed(posting.school.name for posting in queries.postings_of(person))
