"""Invitations: sent by turns, answered, exchanged with a reason; the next moves up by itself."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.cascade.access import check_plans
from staffroom.cascade.models import Invitation, TrainingSession
from staffroom.cascade.queries import sessions as asking
from staffroom.core import audit
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person
from staffroom.places.models import School

State = Invitation.State


@transaction.atomic
def send(*, by: Person, session: TrainingSession) -> int:
    """To those whose turn it is, at every school with a free place; how many."""
    check_plans(by, session.programme)
    session = _hold(session)
    return _send(by, session)


def _hold(session: TrainingSession) -> TrainingSession:
    held = TrainingSession.objects.select_for_update().get(pk=session.pk)
    if held.state != TrainingSession.State.PLANNED or not _ahead(held):
        raise Refused(_("It is over or was cancelled: nobody is invited any more."))
    return held


def _ahead(session: TrainingSession) -> bool:
    days = list(session.days.values_list("day", flat=True))
    return bool(days) and max(days) >= today(session.programme.timezone)


def _send(by: Person | None, session: TrainingSession, school: School | None = None) -> int:
    count = 0
    for each in asking.propose(session):
        if school is None or each["school"] == school:
            for person, why in each["turns"]:
                _invite(by, session, person, each["school"], why)
                count += 1
    return count


def _invite(
    by: Person | None, session: TrainingSession, person: Person, school: School | None, why: str
) -> Invitation:
    made = Invitation.objects.create(
        session=session, person=person, school=school, why=why, invited_by=by
    )
    audit.write("session.invited", actor=by, on=session, invitation=str(made.pk))
    return made


@transaction.atomic
def answer(*, by: Person, invitation: Invitation, comes: bool, note: str = "") -> Invitation:
    """Yes or no, until the session is over; a no calls the next of the school, and stays one's own word."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("session__programme", "school")
        .get(pk=invitation.pk)
    )
    if invitation.person_id != by.pk or invitation.state == State.WITHDRAWN:
        raise NotYours
    session = _hold(invitation.session)
    wanted = State.ACCEPTED if comes else State.DECLINED
    invitation.note = one_line(note)[:200]
    if invitation.state != wanted:
        if comes and invitation.state == State.DECLINED:
            taken = _("A colleague of your school has taken the place. Ask your trainer.")
            _refuse_full(session, invitation.school, taken)
        invitation.state, invitation.answered_at = wanted, now()
    invitation.save(update_fields=["state", "note", "answered_at"])
    audit.write("session.answered", actor=by, on=session, state=str(wanted))
    if not comes and invitation.school is not None:
        _send(None, session, invitation.school)
    return invitation


def _refuse_full(session: TrainingSession, school: School | None, words: str) -> None:
    free = {each["school"]: each["free"] for each in asking.propose(session)}
    if school is not None and not free.get(school, 0):
        raise Refused(words)


@transaction.atomic
def exchange(
    *, by: Person, invitation: Invitation, person: Person | None, reason: str
) -> Invitation | None:
    """Somebody else, or nobody, instead; with a reason that the new one reads."""
    session = _hold(invitation.session)
    check_plans(by, session.programme)
    # As it is now: it may have been answered, or exchanged, since the page was shown.
    invitation = session.invitations.select_related("school").get(pk=invitation.pk)
    reason = one_line(reason)[:160]
    if not reason:
        raise Refused(_("Please say why."), "reason")
    if invitation.state == State.WITHDRAWN:
        raise Refused(_("This invitation has been taken back already."))
    if person is not None and invitation.state == State.DECLINED:
        _refuse_full(session, invitation.school, _("All places are taken."))
    old = Invitation.objects.filter(session=session, person=person).first() if person else None
    if old is not None and old.state != State.WITHDRAWN:
        raise Refused(_("They have been invited already."), "person")
    Invitation.objects.filter(pk=invitation.pk).update(state=State.WITHDRAWN, note="")
    audit.write("session.exchanged", actor=by, on=session, invitation=str(invitation.pk))
    if person is None:
        return None
    if old is not None:
        old.delete()
    return _invite(by, session, person, invitation.school, reason)


def others(invitation: Invitation) -> list[Any]:
    """Colleagues of the same school who could come instead."""
    session = invitation.session
    if invitation.school is None:
        return []
    able = asking.able(session, [invitation.school.pk])
    return sorted(able.values(), key=lambda person: (person.times, person.name))
