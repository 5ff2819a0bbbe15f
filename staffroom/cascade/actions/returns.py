"""Return sessions: planned from a training, brought to by its teachers, opened into communities."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.cascade.access import can_attend, check_runs
from staffroom.cascade.access_visits import check_leads
from staffroom.cascade.models import (
    Brought,
    Invitation,
    Opened,
    SessionDay,
    SessionSchool,
    SessionTrainer,
    TrainingSession,
)
from staffroom.cascade.queries import returns as asking
from staffroom.communities.actions.common import lock
from staffroom.communities.actions.placing import begin_placing
from staffroom.communities.actions.stages import write_kickoff
from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.core.texts import bounded, plain
from staffroom.people.models import Person

MOST = 600
PARTS = ("tried", "happened", "question")
#: So many can be placed into communities at least.
FEWEST = 8
Session = TrainingSession
#: Taken over from the training as it was.
SAME = (
    "programme_id", "plan_id", "tier", "title", "subject", "language", "block_id", "circle_id",
    "cluster_id", "venue_id", "venue_words", "seats",
)  # fmt: skip


@transaction.atomic
def plan(
    *, by: Person, training: TrainingSession, day: dt.date, id: uuid.UUID | None = None
) -> TrainingSession:
    """The same people come back to the same place on that day. Asked for twice, it is one."""
    check_runs(by, training)
    held = Session.objects.select_for_update(of=("self",)).select_related("programme")
    training = held.get(pk=training.pk)
    if known := asking.return_of(training):
        return known
    if training.kind != Session.Kind.TRAINING or training.state != Session.State.DELIVERED:
        raise Refused(_("A return session follows a training that was delivered."), "day")
    if day <= today(training.programme.timezone):
        raise Refused(_("This day has passed. Choose one that is to come."), "day")
    made = Session.objects.create(
        id=id or uuid7(),
        kind=Session.Kind.RETURN,
        follows=training,
        made_by=by,
        **{name: getattr(training, name) for name in SAME},
    )
    first = training.days.order_by("day").first()
    hours = {"begins": first.begins, "ends": first.ends} if first else {}
    SessionDay.objects.create(session=made, day=day, **hours)
    _same_people(by, training, made)
    audit.write("return.planned", actor=by, on=made, follows=training.pk)
    outbox.put("return.planned", session=str(made.pk))
    return made


def _same_people(by: Person, training: TrainingSession, made: TrainingSession) -> None:
    SessionTrainer.objects.bulk_create(
        SessionTrainer(session=made, trainer_id=each.trainer_id)
        for each in training.session_trainers.all()
    )
    SessionSchool.objects.bulk_create(
        SessionSchool(session=made, school_id=each.school_id, places=each.places)
        for each in training.session_schools.all()
    )
    asked = training.invitations.filter(
        state__in=[Invitation.State.SENT, Invitation.State.ACCEPTED], person__is_active=True
    )
    Invitation.objects.bulk_create(
        Invitation(session=made, person_id=each.person_id, school_id=each.school_id, invited_by=by)
        for each in asked
    )


@transaction.atomic
def bring(
    *, by: Person, session: TrainingSession, words: dict[str, str], shared: bool
) -> Brought | None:
    """A participant's own three answers; empty, they are taken back."""
    if session.kind != Session.Kind.RETURN or not can_attend(by, session):
        raise NotYours
    said = _clean(words)
    if not any(said.values()):
        Brought.objects.filter(session=session, person=by).delete()
        audit.write("brought.taken_back", actor=by, on=session)
        return None
    made, _new = Brought.objects.update_or_create(
        session=session, person=by, defaults={**said, "shared": shared, "at": now()}
    )
    audit.write("brought.written", actor=by, on=made, shared=shared)
    return made


@transaction.atomic
def key_in(
    *, by: Person, session: TrainingSession, person_id: uuid.UUID, words: dict[str, str]
) -> Brought:
    """Whoever leads the day writes down what somebody without a phone told the others."""
    check_leads(by, session)
    person = next((p for p in asking.to_key_in(session, by) if p.pk == person_id), None)
    if person is None:
        raise Refused(_("Choose somebody from the list."), "person")
    said = _clean(words)
    if not any(said.values()):
        raise Refused(_("Write a few words first."), "tried")
    try:
        with transaction.atomic():
            made = Brought.objects.create(
                session=session, person=person, shared=True, keyed_by=by, **said
            )
    except IntegrityError:
        raise Refused(_("They have written it themselves meanwhile."), "person") from None
    audit.write("brought.keyed_in", actor=by, on=made)
    return made


@transaction.atomic
def kick_off(*, by: Person, session: TrainingSession, community_id: uuid.UUID) -> Community:
    """The day was this community's kick-off workshop: it opens, with those who came."""
    check_runs(by, session)
    if Opened.objects.filter(session=session, community=community_id).exists():
        return Community.objects.get(pk=community_id)
    community = lock(community_id)
    if community.pk not in {each.pk for each in asking.may_begin(session, by)}:
        raise NotYours
    held_on = asking.last_day(session)
    if held_on is None or held_on > today(session.programme.timezone):
        raise Refused(_("That day is still to come. Record it once you have met."))
    place = session.venue.name if session.venue else session.venue_words
    count = asking.came_of(session, community)
    write_kickoff(by, community, held_on=held_on, place=place[:120], present=count)
    Opened.objects.create(session=session, community=community)
    audit.write("return.kick_off", actor=by, on=session, community=community.pk)
    return community


@transaction.atomic
def begin_communities(*, by: Person, session: TrainingSession) -> str:
    """Ask for those who came to be placed into communities; where that is seen."""
    people = asking.present(session)
    if len(people) < FEWEST:
        raise Refused(
            _("Communities begin with %(n)s people who came. Here there are fewer.") % {"n": FEWEST}
        )
    placing = begin_placing(
        by=by,
        programme=session.programme,
        people=[person.pk for person in people],
        name=session.title[:80],
    )
    return reverse("placing", args=[placing.pk])


def _clean(words: dict[str, str]) -> dict[str, str]:
    return {part: bounded(plain(words.get(part, "")), MOST, part) for part in PARTS}
