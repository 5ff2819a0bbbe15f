import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for
from staffroom.communities.models import Community
from staffroom.communities.wall import held_by
from staffroom.conversations.models import Mute
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person


def check_mute(person: Person, other: Person, community: Community) -> None:
    """One may mute whom one meets in a community that one reads."""
    community_for(person, community.pk)
    if other.pk not in held_by(community):
        raise NotYours
    if other.pk == person.pk:
        raise Refused(_("These are your own words."))


@transaction.atomic
def mute_person(
    *, by: Person, other: Person, community: Community, until: dt.datetime | None = None
) -> Mute:
    """What `other` writes is folded for `by`, in every community. `other` is never told."""
    check_mute(by, other, community)
    mute, _new = Mute.objects.update_or_create(
        person=by, muted_person=other, defaults={"until": until, "at": now()}
    )
    audit.write("mute.made", actor=by, on=mute)
    return mute


@transaction.atomic
def mute_community(*, by: Person, community: Community, until: dt.datetime | None = None) -> Mute:
    """No counts and no notices of this community for a while; it can be read as before."""
    community_for(by, community.pk)
    mute, _new = Mute.objects.update_or_create(
        person=by, muted_community=community, defaults={"until": until, "at": now()}
    )
    audit.write("mute.made", actor=by, on=mute)
    return mute


@transaction.atomic
def unmute(*, by: Person, mute: Mute) -> None:
    """Hear them again."""
    if mute.person_id != by.pk:
        raise NotYours
    audit.write("mute.ended", actor=by, on=mute)
    Mute.objects.filter(pk=mute.pk).delete()
