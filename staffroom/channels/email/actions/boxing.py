"""What a box is: wanted or not, refused, tried anew."""

import uuid

from django.db import transaction

from staffroom.channels.email import links
from staffroom.channels.email.boxes import mark_of
from staffroom.channels.email.models import Box
from staffroom.channels.email.queries import readers
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.notices.actions import choose
from staffroom.notices.links import stop_link
from staffroom.notices.models import Preference
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.models import Programme


@transaction.atomic
def want(*, by: Person, letters: bool) -> Box:
    """Whether the weekly letter comes."""
    box, _new = Box.objects.update_or_create(person=by, defaults={"letters": letters})
    audit.write("letters.chosen", actor=by, on=box, letters=letters)
    return box


@transaction.atomic
def stop(*, token: str) -> str:
    """Whoever has the letter ends what it belongs to; what that was, "" where the link is not ours."""
    found = links.stopped_by(token)
    if found is None:
        return ""
    what, whose = found
    if not Person.objects.filter(pk=whose, erased_at=None).exists():
        return ""
    if what == "digests":
        _stop_digests(whose)
    else:
        box, _new = Box.objects.update_or_create(person_id=whose, defaults={"letters": False})
        audit.write("letters.stopped", actor=None, on=box)
    return what


def _stop_digests(whose: uuid.UUID) -> None:
    """By the way that stands in the digest itself."""
    for preference in Preference.objects.filter(person=whose):
        choose.stop(token=stop_link(preference).rpartition("/")[2])


@transaction.atomic
def bounced(*, person: Person, code: str) -> None:
    """The address was refused: nothing goes there until it is another, or the office says so."""
    facts = {"bounced_at": now(), "bounced": code[:10], "address": mark_of(person.email or "")}
    box, _new = Box.objects.update_or_create(person=person, defaults=facts)
    audit.write("email.bounced", actor=None, on=box)


@transaction.atomic
def try_again(*, by: Person | None, person: Person, programme: Programme) -> None:
    """The administrator has seen to it; `None` is whoever works at the machine itself."""
    check_administers(by, programme)
    if person.pk not in {box.person_id for box in readers.refused_in(programme)}:
        raise NotYours
    box = Box.objects.get(person=person)
    Box.objects.filter(pk=box.pk).update(bounced_at=None, bounced="", address="")
    audit.write("email.tried_again", actor=by, on=box)
