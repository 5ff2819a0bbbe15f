"""A list of training sessions: all of it or nothing; the same list again changes nothing."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.cascade.access import check_plans
from staffroom.cascade.models import SessionDay, SessionTrainer, Tier, Trainer, TrainingSession
from staffroom.cascade.session_sheet import parse_day, trainers_of
from staffroom.core import audit, ids
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.models import Programme, School, TeacherNumber

PLAIN = ("title", "kind", "tier", "subject", "language", "about", "seats")
#: Who trains whom.
TRAINS = {
    Tier.MASTERS: Trainer.Kind.CORE,
    Tier.CIRCLE_TRAINERS: Trainer.Kind.MASTER,
    Tier.MANAGERS: Trainer.Kind.MASTER,
    Tier.TEACHERS: Trainer.Kind.CIRCLE,
}


@transaction.atomic
def import_sessions(
    *, by: Person | None, programme: Programme, lines: list[dict[str, Any]]
) -> dict[str, int]:
    """Write the lines that `session_sheet.read` found good. An empty cell changes nothing."""
    check_plans(by, programme)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    schools = dict(School.objects.filter(programme=programme).values_list("code", "pk"))
    people = dict(
        TeacherNumber.objects.filter(programme=programme).values_list("number", "person_id")
    )
    counts = {"new": 0, "kept": 0}
    for line in lines:
        session = _session(by, programme, line)
        counts["new" if session._state.adding else "kept"] += 1
        for name in PLAIN:
            if line.get(name):
                setattr(session, name, line[name])
        if line.get("room"):
            session.venue_words = line["room"]
        if line.get("venue"):
            session.venue_id = schools[line["venue"]]
        session.save()
        _days(session, line["days"])
        if line.get("trainers"):
            _trainers(session, [people[number] for number in line["trainers"]])
    audit.write("sessions.imported", actor=by, on=programme, new=counts["new"])
    return counts


def _session(by: Person | None, programme: Programme, line: dict[str, Any]) -> TrainingSession:
    if not line.get("id"):
        return TrainingSession(programme=programme, made_by=by)
    found = TrainingSession.objects.filter(
        programme=programme, pk=ids.from_short(line["id"])
    ).first()
    if found is None:
        raise NotYours
    return found


def _days(session: TrainingSession, words: list[str]) -> None:
    """Days that stay keep their rows, and with them who came."""
    wanted = {day: times for day, *times in map(parse_day, words)}
    gone = session.days.exclude(day__in=wanted)
    held = session.state == TrainingSession.State.DELIVERED
    if gone.filter(day__lt=today(session.programme.timezone)).exists() or (held and gone.exists()):
        raise Refused(
            _("%(title)s has been held: its days stay as they are.") % {"title": session.title}
        )
    gone.delete()
    for day, (begins, ends) in wanted.items():
        SessionDay.objects.update_or_create(
            session=session, day=day, defaults={"begins": begins, "ends": ends}
        )


def _trainers(session: TrainingSession, people: list[Any]) -> None:
    known = trainers_of(session)
    for person, link in known.items():
        if person not in people:
            link.delete()
    for person in people:
        if person in known:
            continue
        trainer, _made = Trainer.objects.get_or_create(
            programme=session.programme, plan=session.plan, person_id=person,
            kind=TRAINS[Tier(session.tier)], subject=session.subject,
        )  # fmt: skip
        SessionTrainer.objects.create(session=session, trainer=trainer)
