"""The places' part in what reaches every room: export, erasure, phone region, the night."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from staffroom.core import hooks
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places import queries, supervision
from staffroom.places.access import programmes_of
from staffroom.places.models import (
    Appointment,
    AreaParent,
    ClusterMove,
    ClusterPlan,
    ImportRun,
    Oversight,
    Posting,
    SchoolArea,
    Supervision,
    TeacherNumber,
)
from staffroom.places.numbers import plain_number

#: A machine that was off for some nights still tells what changed meanwhile.
NIGHTS_BACK = 7
#: No import takes so long: its job is no more.
LOST = dt.timedelta(hours=6)


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Where the person works and worked, what they do for a programme, who supervises by name."""
    dates = ("starts", "ends")
    return {
        "postings": list(
            Posting.objects.filter(person=person).values(
                "school__name", "school__code", "role", *dates
            )
        ),
        "appointments": list(
            Appointment.objects.filter(person=person).values(
                "programme__name", "area__name", "role", *dates
            )
        ),
        "oversight": list(
            Oversight.objects.filter(person=person).values("area__name", "title", *dates)
        ),
        "supervision": list(
            Supervision.objects.filter(Q(person=person) | Q(supervisor=person)).values(
                "supervisor__name", "person__name", *dates
            )
        ),
        "changes_of_clusters": list(
            ClusterMove.objects.filter(by=person).values("plan__name", "kind", "at")
        ),
        "plans_of_clusters": list(
            ClusterPlan.objects.filter(Q(made_by=person) | Q(published_by=person)).values(
                "name", "made_at", "published_at"
            )
        ),
        "teacher_numbers": list(
            TeacherNumber.objects.filter(person=person).values("programme__name", "number")
        ),
    }


def erase_person(person: Person, keep_contributions: bool) -> None:
    """A school, a role and dates name a person as well as a name does: they go."""
    affected = {person.pk} | supervision.below({person.pk})
    for rows in (Posting, Oversight, Appointment, TeacherNumber):
        rows.objects.filter(person=person).delete()
    Supervision.objects.filter(Q(person=person) | Q(supervisor=person)).delete()
    ClusterMove.objects.filter(by=person).update(by=None)
    for field in ("made_by", "published_by"):
        ClusterPlan.objects.filter(**{field: person}).update(**{field: None})
    hooks.postings_changed.call(person_ids=affected)


def merge_people(keep: Person, drop: Person) -> None:
    """Nobody supervises themselves; two postings at one school in one role are the older one."""
    both = [keep, drop]
    Supervision.objects.filter(person__in=both, supervisor__in=both).delete()
    for posting in Posting.objects.filter(person=drop, ends=None):
        same = Posting.objects.filter(
            person=keep, school=posting.school_id, role=posting.role, ends=None
        ).first()
        if same is not None:
            same.starts = min(same.starts, posting.starts)
            same.save(update_fields=["starts"])
            posting.delete()


def knows_number(person: Person, text: str) -> bool:
    """The payroll or teacher number, whatever its spaces, hyphens and capitals."""
    given = plain_number(text)
    kept = TeacherNumber.objects.filter(person=person).values_list("number", flat=True)
    return bool(given) and any(constant_time_compare(plain_number(one), given) for one in kept)


def missing(person: Person) -> str:
    """Where the programme asks whoever is new for their payroll number."""
    return reverse("my_payroll_number") if queries.number_wanted(person) else ""


def phone_region(person: Person | None = None) -> str | None:
    """The region of the person's programme; without a person, of the only programme."""
    if person is None or person.pk is None:
        return queries.only_region()
    programme = queries.programme_of(person)
    return programme.phone_region if programme else None


def me_entries(person: Person) -> list[dict[str, str]]:
    entries = []
    if not person.is_staff:
        schools = listed(posting.school.name for posting in queries.postings_of(person))
        entries.append(
            {
                "url": reverse("my_postings"),
                "group": "me",
                "icon": "map",
                "title": _("Where I work"),
                "text": schools or _("Say at which school you teach"),
            }
        )
    if programmes_of(person, Appointment.Role.ADMINISTRATOR).exists():
        entries.append(
            {
                "url": reverse("places"),
                "group": "work",
                "icon": "map",
                "title": _("Schools and places"),
                "text": _("Lists, areas, postings"),
            }
        )
    if programmes_of(person, Appointment.Role.GARDENER).exists():
        entries.append(
            {
                "url": reverse("cluster_plans"),
                "group": "work",
                "icon": "map",
                "title": _("Clusters of schools"),
                "text": _("Which schools meet where, drawn on a map"),
            }
        )
    if programmes_of(person, Appointment.Role.HELP_DESK).exists():
        entries.append(
            {
                "url": reverse("desk"),
                "group": "work",
                "icon": "ear",
                "title": _("Help desk"),
                "text": _("For those who cannot come in"),
            }
        )
    return entries


def nightly(now: dt.datetime) -> None:
    """Tell the rooms whose supervision changed by the calendar alone; tidy up after imports."""
    today = now.date()
    days = Q(starts__gt=today - dt.timedelta(days=NIGHTS_BACK), starts__lte=today) | Q(
        ends__gt=today - dt.timedelta(days=NIGHTS_BACK), ends__lte=today
    )
    people = set(Posting.objects.filter(days).values_list("person_id", flat=True))
    people |= set(Oversight.objects.filter(days).values_list("person_id", flat=True))
    for pair in Supervision.objects.filter(days).values_list("supervisor_id", "person_id"):
        people |= set(pair)
    people |= _at_areas_that_changed(days, today)
    if people:
        affected = people | supervision.below(people, today)
        affected |= supervision.below(people, today - dt.timedelta(days=1))
        hooks.postings_changed.call(person_ids=affected)
    _tidy_imports(now)


def _tidy_imports(now: dt.datetime) -> None:
    """A lost import is as uploaded again, a lost plan a draft; a file that outlived its import goes: it may name people."""
    State = ImportRun.State
    plans = ClusterPlan.objects.filter(state=ClusterPlan.State.FORMING)
    plans.filter(began_at__lt=now - LOST).update(state=ClusterPlan.State.DRAFT)
    lost = ImportRun.objects.filter(state=State.IMPORTING)
    lost.filter(began_at__lt=now - LOST).update(state=State.UPLOADED)
    for run in ImportRun.objects.filter(state=State.DONE).exclude(file=""):
        run.file.delete(save=True)


def _at_areas_that_changed(days: Q, today: dt.date) -> set[Any]:
    """Whoever works at a school, or oversees an area, whose place in the tree changed."""
    schools = SchoolArea.objects.filter(days).values("school")
    areas = set(AreaParent.objects.filter(days).values_list("area_id", flat=True))
    inside = supervision.descendants(areas, today) if areas else set()
    return set(
        Posting.objects.filter(
            Q(school__in=schools) | Q(school__areas__area__in=inside)
        ).values_list("person_id", flat=True)
    ) | set(Oversight.objects.filter(area__in=inside).values_list("person_id", flat=True))
