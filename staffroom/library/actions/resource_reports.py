"""Ask for a look at a resource; look, and let it stay or take it off."""

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import bounded
from staffroom.library import reach
from staffroom.library.actions.resources import touch
from staffroom.library.models import Resource, ResourceReport
from staffroom.library.resource_words import REASONS
from staffroom.people.models import Person

MOST = 300


@transaction.atomic
def report(*, by: Person, resource: Resource, reason: str, note: str = "") -> None:
    """To the moderator where it lives, or to the office where it is for all. Without a name."""
    reach.check_reach(by, resource)
    if reason not in REASONS:
        raise Refused(_("Please choose one of the list."), "reason")
    note = one_line(note)
    bounded(note, MOST, "note")
    _made, new = ResourceReport.objects.get_or_create(
        resource=resource, reporter=by, decided_at=None, defaults={"reason": reason, "note": note}
    )
    if new:
        audit.write("resource.reported", actor=by, on=resource)
        outbox.put("resource.reported", resource=str(resource.pk))


@transaction.atomic
def keep(*, by: Person, resource: Resource) -> None:
    """It was looked at, and stays."""
    held = _decided(by, resource)
    audit.write("resource.kept", actor=by, on=held)


@transaction.atomic
def hide(*, by: Person, resource: Resource, why: str) -> None:
    """Off all shelves, with a reason that whoever put it there reads."""
    why = one_line(why)
    if not why:
        raise Refused(_("Please say why: whoever put it there reads it."), "why")
    bounded(why, MOST, "why")
    held = _decided(by, resource)
    held.hidden_why = why
    if held.community is not None and not reads_home(by, held):
        # The office keeps what is for all, not what a community has.
        held.for_all = False
        touch(held, "for_all", "hidden_why")
        outbox.put("resource.changed", resource=str(held.pk), version=held.version)
    else:
        held.hidden_at = now()
        touch(held, "hidden_at", "hidden_why")
        outbox.put("resource.removed", resource=str(held.pk), version=held.version)
    audit.write("resource.hidden", actor=by, on=held)


def reads_home(person: Person, resource: Resource) -> bool:
    """Whether whoever decides stands in the community where it lives."""
    home = reach.readable_by(person).filter(pk__in=[resource.community_id])
    return home.exists()


@transaction.atomic
def unhide(*, by: Person, resource: Resource) -> None:
    """A hiding is taken back."""
    if not reach.may_judge(by, resource):
        raise NotYours
    held = Resource.objects.select_for_update().get(pk=resource.pk)
    if held.hidden_at is None:
        return
    held.hidden_at, held.hidden_why = None, ""
    touch(held, "hidden_at", "hidden_why")
    audit.write("resource.unhidden", actor=by, on=held)
    outbox.put("resource.restored", resource=str(held.pk), version=held.version)


def _decided(by: Person, resource: Resource) -> Resource:
    """All open reports of it are answered by one decision."""
    if not reach.may_judge(by, resource):
        raise NotYours
    held = Resource.objects.select_for_update().get(pk=resource.pk)
    held.reports.filter(decided_at=None).update(decided_at=now(), decided_by=by)
    return held
