"""Changing the design: a programme its defaults, a community what is left to it, with a reason."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities import access, offices, wall
from staffroom.communities.actions import stages
from staffroom.communities.actions.common import check_not_closed, lock
from staffroom.communities.levers import LEVERS, forget, is_left, lever, programme_lever
from staffroom.communities.models import Community, DesignChange, LeverChoice
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.models import Programme

NOTICE = dt.timedelta(days=3)  # members know of a change this long before it acts


@transaction.atomic
def set_default(
    *, by: Person, programme: Programme, key: str, value: str, left: bool, why: str
) -> DesignChange | None:
    """A programme's default, and whether communities may choose otherwise."""
    roles = (offices.GARDENER, offices.ADMINISTRATOR)
    if not offices.appointments(by, *roles).filter(programme=programme, area=None).exists():
        raise NotYours
    _check(key, value, why)
    old = programme_lever(programme, key)
    same = old == value and is_left(programme, key) == left
    if same:
        return None
    LeverChoice.objects.update_or_create(
        programme=programme,
        community=None,
        lever=key,
        defaults={"value": value, "left_to_community": left},
    )
    change = DesignChange.objects.create(
        programme=programme, lever=key, old=old, new=value, why=why, changed_by=by
    )
    audit.write("lever.default", actor=by, on=programme, lever=key, old=old, new=value, left=left)
    return change


def can_change(by: Person, community: Community, key: str) -> bool:
    """The moderator in term; the gardener while the community is forming. Only what is left to it."""
    each = LEVERS.get(key)
    if each is None or not is_left(community.programme, key):
        return False
    if community.stage == Community.Stage.FORMING and offices.tends(by, community):
        return True
    return (
        each.after_creation
        and access.is_moderator(by, community)
        and not wall.is_barred(by, community)
    )


@transaction.atomic
def choose(
    *, by: Person, community_id: uuid.UUID, key: str, value: str, why: str
) -> DesignChange | None:
    """Announce a change to the members; it acts three days later, at once while forming."""
    community = lock(community_id)
    if not can_change(by, community, key):
        raise NotYours
    check_not_closed(community)
    _check(key, value, why)
    waiting = _waiting(community, key)
    if waiting is not None and waiting.new == value:
        return waiting
    if waiting is not None:
        raise Refused(_("A change of this is announced already. Withdraw it first."))
    old = lever(community, key)
    if old == value:
        return None
    forming = community.stage == Community.Stage.FORMING
    change = DesignChange.objects.create(
        programme=community.programme,
        community=community,
        lever=key,
        old=old,
        new=value,
        why=why,
        changed_by=by,
        waits_until=None if forming else now() + NOTICE,
    )
    audit.write("lever.chosen", actor=by, on=community, lever=key, old=old, new=value)
    if forming:
        _write(community, key, value)
        if key == "kickoff" and value == "none":
            stages.to(community, Community.Stage.OPEN, by)
    else:
        outbox.put("design.due", delay=NOTICE, change=str(change.pk))
        outbox.put("design.announced", change=str(change.pk), community=str(community.pk))
    return change


@transaction.atomic
def withdraw_change(*, by: Person, change_id: uuid.UUID) -> None:
    """Before it acts, whoever announced it or the moderator takes it back."""
    change = DesignChange.objects.select_related("community").filter(pk=change_id).first()
    if change is None or change.community is None:
        raise NotYours
    access.community_for(by, change.community.pk)
    if change.changed_by_id != by.pk and not access.is_moderator(by, change.community):
        raise NotYours
    done = DesignChange.objects.filter(
        pk=change_id, waits_until__isnull=False, withdrawn_at=None
    ).update(withdrawn_at=now(), waits_until=None)
    if done:
        audit.write("lever.withdrawn", actor=by, on=change.community, lever=change.lever)


@transaction.atomic
def apply_change(change_id: uuid.UUID) -> None:
    """The notice is over: the change acts. Harmless when called again, or too early."""
    change = DesignChange.objects.filter(pk=change_id, waits_until__lte=now()).first()
    if change is None or change.community_id is None or change.withdrawn_at is not None:
        return
    community = lock(change.community_id)
    if is_left(community.programme, change.lever):
        _write(community, change.lever, change.new)
    else:
        change.withdrawn_at = now()  # the programme decided meanwhile
    change.waits_until = None
    change.save(update_fields=["waits_until", "withdrawn_at"])
    audit.write("lever.acts", actor=None, on=community, lever=change.lever, new=change.new)


def _write(community: Community, key: str, value: str) -> None:
    LeverChoice.objects.update_or_create(
        community=community,
        lever=key,
        defaults={"value": value, "programme_id": community.programme_id},
    )
    forget(community)


def _waiting(community: Community, key: str) -> DesignChange | None:
    return DesignChange.objects.filter(
        community=community, lever=key, waits_until__isnull=False, withdrawn_at=None
    ).first()


def _check(key: str, value: str, why: str) -> None:
    if key not in LEVERS or value not in LEVERS[key].choices:
        raise Refused(_("Choose one of the settings."), "value")
    if not why:
        raise Refused(_("Say why, so that the others understand."), "why")
