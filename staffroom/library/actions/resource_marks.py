"""It helped; put on my shelf; brought to another community; for everybody of the programme."""

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.errors import NotYours, Refused
from staffroom.library import reach
from staffroom.library.actions.resources import count_helped, touch
from staffroom.library.finding import remember
from staffroom.library.models import Resource, ResourceHelped, Share, ShelfItem
from staffroom.people.models import Person


@transaction.atomic
def help(*, by: Person, resource: Resource) -> None:
    """It helped this person: a number of people of the resource, of nobody else."""
    reach.check_reach(by, resource)
    held = _hold(resource)
    if held.added_by_id == by.pk:
        raise Refused(_("You put it here. The others say whether it helped."))
    _made, new = ResourceHelped.objects.get_or_create(resource=held, person=by)
    if new:
        count_helped(held)
        audit.write("resource.helped", actor=by, on=held)


@transaction.atomic
def unhelp(*, by: Person, resource: Resource) -> None:
    reach.check_reach(by, resource)
    held = _hold(resource)
    if ResourceHelped.objects.filter(resource=held, person=by).delete()[0]:
        count_helped(held)
        audit.write("resource.unhelped", actor=by, on=held)


@transaction.atomic
def put_on_shelf(*, by: Person, resource: Resource) -> None:
    reach.check_reach(by, resource)
    ShelfItem.objects.get_or_create(resource=_hold(resource), person=by)


@transaction.atomic
def take_off_shelf(*, by: Person, resource: Resource) -> None:
    """Also of what can no longer be seen."""
    ShelfItem.objects.filter(resource=resource, person=by).delete()


@transaction.atomic
def share(*, by: Person, resource: Resource, community: Community) -> Share:
    """Bring it to another of one's communities, with its credit."""
    reach.check_pass_on(by, resource)
    reach.check_write(by, community)
    held = _hold(resource)
    if held.community_id == community.pk:
        raise Refused(_("It is in the library of this community already."), "community")
    if held.programme_id != community.programme_id:
        raise Refused(
            _("This community belongs to another programme. Please add the file there anew."),
            "community",
        )
    made, new = Share.objects.get_or_create(resource=held, community=community, defaults={"by": by})
    if new:
        remember(held)
        audit.write("resource.shared", actor=by, on=held, community=community.pk)
        outbox.put("resource.shared", resource=str(held.pk), community=str(community.pk))
    return made


@transaction.atomic
def unshare(*, by: Person, resource: Resource, community: Community) -> None:
    """Out of a community that it was brought to: by whoever brought it, its moderator, its owner."""
    found = Share.objects.filter(resource=resource, community=community).first()
    if found is None:
        return
    if found.by_id == by.pk or resource.added_by_id == by.pk:
        reach.check_reach(by, resource)
    elif not reach.moderates(by, community):
        raise NotYours
    found.delete()
    remember(resource)
    audit.write("resource.unshared", actor=by, on=resource, community=community.pk)


@transaction.atomic
def share_with_all(*, by: Person, resource: Resource) -> Resource:
    """Everybody who works in the programme sees it, school leaders included."""
    reach.check_pass_on(by, resource)
    held = _hold(resource)
    if held.for_all:
        return held
    held.for_all, held.hidden_why = True, ""
    touch(held, "for_all", "hidden_why")
    audit.write("resource.for_all", actor=by, on=held)
    outbox.put("resource.changed", resource=str(held.pk), version=held.version)
    return held


@transaction.atomic
def unshare_with_all(*, by: Person, resource: Resource) -> Resource:
    """Only its own community again, where it has one."""
    reach.check_take_back(by, resource)
    held = _hold(resource)
    if not held.for_all or held.community_id is None:
        return held
    held.for_all = False
    touch(held, "for_all")
    audit.write("resource.not_for_all", actor=by, on=held)
    outbox.put("resource.changed", resource=str(held.pk), version=held.version)
    return held


def _hold(resource: Resource) -> Resource:
    held = Resource.objects.select_for_update().filter(reach.STANDING, pk=resource.pk).first()
    if held is None:
        raise NotYours
    return held
