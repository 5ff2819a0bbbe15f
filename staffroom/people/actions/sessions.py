"""Where a person is signed in, and how they end it: one phone, the others, a lost one."""

import uuid

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.core.transport import kept
from staffroom.people.actions.profiles import forget_profile
from staffroom.people.models import OpenSession, Person, Phone, Profile


def open_sessions(person: Person) -> QuerySet[OpenSession]:
    """Those that still stand, the latest first."""
    living = Session.objects.filter(expire_date__gt=now()).values("session_key")
    return (
        OpenSession.objects.filter(person=person, session_key__in=living)
        .select_related("phone")
        .order_by("-last_used_on", "-began_at")
    )


@transaction.atomic
def end_session(*, person: Person, session_id: uuid.UUID) -> None:
    """Sign one phone out; it no longer knows the person either."""
    found = open_sessions(person).filter(pk=session_id).first()
    if found is None:
        raise NotYours
    if found.phone is not None:
        forget_profile(person=person, phone=found.phone)
    _end(OpenSession.objects.filter(pk=found.pk))
    audit.write("person.session_ended", actor=person)


@transaction.atomic
def end_profile(*, person: Person, profile_id: uuid.UUID) -> None:
    """A phone where nobody is signed in just now forgets the person."""
    found = Profile.objects.filter(person=person, pk=profile_id).select_related("phone").first()
    if found is None:
        raise NotYours
    forget_profile(person=person, phone=found.phone)


@transaction.atomic
def end_others(*, person: Person, but: str | None) -> None:
    """All sessions except the one with this key."""
    _end(OpenSession.objects.filter(person=person).exclude(session_key=but or ""))


@transaction.atomic
def freeze(*, person: Person, but: str | None, here: Phone | None) -> None:
    """A phone is lost: everything else is signed out, no other phone knows the person, and a code
    to the number opens nothing without one more proof."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    end_others(person=person, but=but)
    for profile in (
        Profile.objects.filter(person=person).exclude(phone=here).select_related("phone")
    ):
        forget_profile(person=person, phone=profile.phone)
    if not person.is_staff:  # no code ever opens their account
        person.frozen_at = now()
        person.save(update_fields=["frozen_at"])
    audit.write("person.frozen", actor=person)


def sweep() -> None:
    """Forget sessions that ended by themselves."""
    OpenSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def _end(rows: QuerySet[OpenSession]) -> None:
    kept.forget(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=rows.values("session_key")).delete()
    rows.delete()
