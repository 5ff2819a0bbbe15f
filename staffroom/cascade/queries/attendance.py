"""Who is on the list, who came, and what the marks say. Read only."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from staffroom.cascade import attendance_codes as codes
from staffroom.cascade.models import (
    Attendance,
    AttendanceMark,
    Guest,
    How,
    Invitation,
    Said,
    SessionDay,
    TrainingSession,
)
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places.models import Oversight, Posting, School, TeacherNumber, on_date
from staffroom.places.queries import open_on, schools_in
from staffroom.places.supervision import BELOW, descendants, supervised_by


@dataclass
class Entry:
    """One line of the list, as it stands on paper too."""

    who: Person | Guest
    school: str = ""
    school_code: str = ""
    code: str = ""
    declined: bool = False
    state: str = ""
    mine: str = ""
    number: int = 0

    @property
    def pk(self) -> uuid.UUID:
        return self.who.pk

    @property
    def is_guest(self) -> bool:
        return isinstance(self.who, Guest)


def roster(session: TrainingSession) -> list[Entry]:
    """Whoever is invited or was written down, by name; the order of the printed sheet."""
    asked = {
        each.person_id: each
        for each in Invitation.objects.filter(session=session)
        .exclude(state=Invitation.State.WITHDRAWN)
        .select_related("school")
    }
    came = Attendance.objects.filter(day__session=session).exclude(person=None)
    wanted = set(asked) | set(came.values_list("person_id", flat=True))
    people = list(Person.objects.filter(pk__in=wanted, erased_at=None))
    schools = schools_of([person.pk for person in people])
    entries = []
    for person in people:
        invitation = asked.get(person.pk)
        school = (invitation and invitation.school) or schools.get(person.pk)
        entries.append(
            Entry(
                person,
                school=school.name if school else "",
                school_code=school.code if school else "",
                code=codes.of_person(session.pk, person.pk),
                declined=invitation is not None and invitation.state == Invitation.State.DECLINED,
            )
        )
    entries += [
        Entry(
            guest,
            school=guest.school.name if guest.school else guest.school_words,
            school_code=guest.school.code if guest.school else "",
        )
        for guest in Guest.objects.filter(session=session).select_related("school")
    ]
    entries.sort(key=lambda entry: (entry.who.name.casefold(), entry.pk))
    for number, entry in enumerate(entries, start=1):
        entry.number = number
    return entries


def schools_of(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, School]:
    """Where each works today."""
    rows = Posting.objects.filter(on_date(today()), person__in=list(people))
    return {row.person_id: row.school for row in rows.select_related("school").order_by("starts")}


def day_list(day: SessionDay, me: Person | None = None) -> list[Entry]:
    """The list of one day: what stands, and what `me` wrote."""
    entries = roster(day.session)
    rows = list(Attendance.objects.filter(day=day))
    states = {row.person_id or row.guest_id: row for row in rows}
    mine: dict[uuid.UUID, str] = {}
    if me is not None:
        mine = dict(
            AttendanceMark.objects.filter(attendance__in=rows, by=me).values_list(
                "attendance_id", "said"
            )
        )
    for entry in entries:
        row = states.get(entry.pk)
        entry.state = row.state if row else ""
        entry.mine = mine.get(row.pk, "") if row else ""
    return entries


def entry_of(day: SessionDay, who: uuid.UUID) -> Entry | None:
    return next((entry for entry in day_list(day) if entry.pk == who), None)


def person_by_code(session: TrainingSession, code: str) -> Person | None:
    """Whose code this is, of those on the list."""
    given = codes.plain(code)
    for entry in roster(session):
        if isinstance(entry.who, Person) and entry.code == given:
            return entry.who
    return None


@dataclass(frozen=True)
class DayCount:
    day: SessionDay
    present: int
    absent: int
    unclear: int


def days_with_counts(session: TrainingSession) -> list[DayCount]:
    def of(state: str) -> Count:
        return Count("attendance", filter=Q(attendance__state=state))

    rows = SessionDay.objects.filter(session=session).annotate(
        n_present=of(Said.PRESENT), n_absent=of(Said.ABSENT), n_unclear=of(Attendance.UNCLEAR)
    )
    return [DayCount(row, row.n_present, row.n_absent, row.n_unclear) for row in rows]


def unclear(session: TrainingSession) -> list[Attendance]:
    """Where what people wrote down differs and nobody has decided."""
    rows = Attendance.objects.filter(day__session=session, state=Attendance.UNCLEAR)
    return list(rows.select_related("day", "person", "guest").order_by("day__day", "pk"))


def attendance_of(day: SessionDay, who: uuid.UUID) -> Attendance | None:
    rows = Attendance.objects.filter(Q(person=who) | Q(guest=who), day=day)
    return rows.select_related("day__session__programme", "person", "guest", "decided_by").first()


def needed(session: TrainingSession, days: int) -> int:
    """On how many of its days one must have come for a certificate."""
    if session.certificate_days is not None:
        return max(1, min(session.certificate_days, days))
    return max(1, days - 1)


def days_present(session: TrainingSession) -> dict[uuid.UUID, int]:
    """How many days each person came."""
    rows = Attendance.objects.filter(day__session=session, state=Said.PRESENT).exclude(person=None)
    return dict(
        rows.values("person").annotate(n=Count("pk")).values_list("person", "n").order_by("person")
    )


@dataclass
class Taken:
    """One training, as the person who was there (or their head teacher) sees it."""

    session: TrainingSession
    days: list[tuple[SessionDay, str]] = field(default_factory=list)

    @property
    def came(self) -> int:
        return sum(1 for _day, state in self.days if state == Said.PRESENT)


def of_people(
    people: Iterable[uuid.UUID], since: dt.date | None = None
) -> dict[uuid.UUID, list[Taken]]:
    """The trainings to which each was invited or came, newest first: days past, came or not.

    No reason, and not who wrote it down. A day on which nothing, or nothing sure, is written is "".
    """
    wanted = list(people)
    asked = (
        Invitation.objects.filter(person__in=wanted)
        .exclude(state=Invitation.State.WITHDRAWN)
        .values_list("person_id", "session_id")
    )
    rows = list(
        Attendance.objects.filter(person__in=wanted)
        .exclude(state="")
        .values_list("person_id", "day_id", "state", "day__session_id")
    )
    pairs = set(asked) | {(person, session) for person, _day, _state, session in rows}
    states = {(person, day): state for person, day, state, _session in rows}
    sessions = {
        each.pk: each
        for each in TrainingSession.objects.filter(pk__in={pair[1] for pair in pairs})
        .exclude(state=TrainingSession.State.CANCELLED)
        .select_related("programme")
        .prefetch_related("days")
    }
    out: dict[uuid.UUID, list[Taken]] = defaultdict(list)
    for person, session_id in pairs:
        if (session := sessions.get(session_id)) is None:
            continue
        past = today(session.programme.timezone)
        days = [each for each in session.days.all() if (since or each.day) <= each.day <= past]
        if days:
            known = [(each, states.get((person, each.pk), "")) for each in days]
            out[person].append(
                Taken(session, [(d, "" if s == Attendance.UNCLEAR else s) for d, s in known])
            )
    for taken in out.values():
        taken.sort(key=lambda each: (each.days[0][0].day, each.session.pk), reverse=True)
    return out


def own_schools(person: Person) -> list[School]:
    """Schools that the person heads, and those of the areas that they oversee."""
    day = today()
    heads = Posting.objects.filter(on_date(day), person=person, role__in=BELOW)
    wanted = set(heads.values_list("school_id", flat=True))
    areas = set(
        Oversight.objects.filter(on_date(day), person=person).values_list("area", flat=True)
    )
    found = School.objects.filter(open_on(day), pk__in=wanted)
    if areas:
        inside = schools_in(descendants(areas, day), day).values("pk")
        found = School.objects.filter(open_on(day)).filter(Q(pk__in=wanted) | Q(pk__in=inside))
    return list(found.order_by("name", "code"))


def at_schools(
    viewer: Person, schools: list[School], since: dt.date
) -> dict[uuid.UUID, list[tuple[Person, list[Taken]]]]:
    """For each school, whom the viewer supervises there and what training they were asked to."""
    below = supervised_by(viewer)
    posted: dict[uuid.UUID, list[Person]] = defaultdict(list)
    rows = Posting.objects.filter(
        on_date(today()), school__in=[school.pk for school in schools], person__erased_at=None
    ).select_related("person")
    for row in rows.order_by("person__name", "person_id"):
        if row.person_id in below and row.person not in posted[row.school_id]:
            posted[row.school_id].append(row.person)
    taken = of_people({each.pk for people in posted.values() for each in people}, since)
    return {
        school: [(person, taken[person.pk]) for person in people if person.pk in taken]
        for school, people in posted.items()
    }


def numbers_of(programme: uuid.UUID, people: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The payroll numbers by which the programme knows them."""
    rows = TeacherNumber.objects.filter(programme=programme, person__in=list(people))
    return dict(rows.order_by("number").values_list("person_id", "number"))


def of_person_and_session(person: Person, session: TrainingSession) -> list[tuple[SessionDay, str]]:
    """Each day of the session and what stands for this person; unclear is nothing yet."""
    states = dict(
        Attendance.objects.filter(day__session=session, person=person)
        .exclude(state=Attendance.UNCLEAR)
        .values_list("day_id", "state")
    )
    return [(day, states.get(day.pk, "")) for day in session.days.all()]


#: How an attendance came to be known, for lists and files.
HOW = tuple(How.values)
