"""Who sees which resource, and who may change it. Asked of the database each time.

What lives in a community is seen where the wall lets one read; what is the programme's, by everybody
who works in it, school leaders included.
"""

import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.communities.access import community_for, is_member, is_moderator
from staffroom.communities.models import Advisership, Community, Term
from staffroom.communities.queries import may_write
from staffroom.communities.state import can_talk
from staffroom.communities.wall import readable_by
from staffroom.core.errors import NotYours, Refused
from staffroom.library.models.resources import Resource, Share
from staffroom.library.resource_words import FREE
from staffroom.people.models import Person
from staffroom.places.models import Programme

STANDING = Q(removed_at=None, hidden_at=None)


def of_community(community: Community) -> QuerySet[Resource]:
    """What stands in a community's library: its own, and what members brought from another."""
    brought = Share.objects.filter(community=community).values("resource")
    return Resource.objects.filter(STANDING, Q(community=community) | Q(pk__in=brought))


def of_programmes(person: Person) -> QuerySet[Resource]:
    """What everybody of the person's programmes sees."""
    mine = list(offices.programmes_of(person).values_list("pk", flat=True))  # mostly one
    return Resource.objects.filter(STANDING, for_all=True, programme__in=mine)


def reached_by(person: Person) -> Q:
    """The filter "in a place that this person reads", whatever stands or was removed."""
    here = readable_by(person).values("pk")
    brought = Share.objects.filter(community__in=here).values("resource")
    mine = offices.programmes_of(person).values("pk")
    return Q(community__in=here) | Q(pk__in=brought) | Q(for_all=True, programme__in=mine)


def visible_to(person: Person) -> QuerySet[Resource]:
    """Everything that this person may see now. Every page and search begins here."""
    return Resource.objects.filter(STANDING & reached_by(person))


def looks_after(person: Person, programme: Programme | uuid.UUID) -> bool:
    """The programme's own office keeps what is for all."""
    roles = (offices.ADMINISTRATOR, offices.GARDENER)
    found = offices.appointments(person, *roles).filter(area=None, programme=programme)
    return found.exists()


def moderates(person: Person, community: Community) -> bool:
    """In term, and still let in by the wall."""
    return is_moderator(person, community) and readable_by(person).filter(pk=community.pk).exists()


def decides(person: Person, resource: Resource) -> bool:
    """Besides whoever put it there: the moderator at home; the office where it has no other home."""
    home = resource.community
    if home is not None and moderates(person, home):
        return True
    return home is None and looks_after(person, resource.programme_id)


def check_take_back(person: Person, resource: Resource) -> None:
    """From everybody's eyes: whoever may change it, and the office, which keeps what is for all."""
    if not looks_after(person, resource.programme_id):
        check_change(person, resource)


def may_judge(person: Person, resource: Resource) -> bool:
    """Decides about what was reported: never about one's own; for a moderator's own, the adviser."""
    return Resource.objects.filter(judged_by(person), pk=resource.pk).exists()


def judged_by(person: Person) -> Q:
    """The filter "this person decides about what was reported of it"."""
    terms = Term.objects.filter(starts__isnull=False, ended_at=None)
    advised = Advisership.objects.filter(person=person, ended_at=None).values("community")
    here = readable_by(person)
    moderated = here.filter(pk__in=terms.filter(person=person).values("community"))
    roles = (offices.ADMINISTRATOR, offices.GARDENER)
    kept = offices.appointments(person, *roles).filter(area=None).values("programme")
    # Somebody else than the giver moderates.
    other = terms.filter(community=OuterRef("community")).exclude(person=OuterRef("added_by"))
    judged = (
        Q(community__in=moderated.values("pk"))
        | Q(for_all=True, programme__in=kept)
        | (Q(community__in=here.filter(pk__in=advised).values("pk")) & ~Exists(other))
    )
    return judged & (Q(added_by=None) | ~Q(added_by=person))


def check_reach(person: Person, resource: Resource) -> None:
    """May see the place it is in."""
    if not Resource.objects.filter(reached_by(person), pk=resource.pk).exists():
        raise NotYours


def check_change(person: Person | None, resource: Resource) -> None:
    """Whoever put it there, while they can still see it, and who decides. None is the command line."""
    if person is None or decides(person, resource):
        return
    check_reach(person, resource)
    if resource.added_by_id != person.pk:
        raise NotYours


def check_add(person: Person | None, community: Community | None, programme: Programme) -> None:
    """A member of an open community; for all, the office. None is the command line."""
    if person is None:
        return
    if community is None:
        if not looks_after(person, programme):
            raise NotYours
        return
    check_write(person, community)


def check_write(person: Person, community: Community) -> None:
    """A member who knows the rules, where things are still added."""
    community_for(person, community.pk)
    if not is_member(person, community):
        raise NotYours
    if community.stage == Community.Stage.FORMING:
        raise Refused(_("This community has not opened yet. It begins with its first meeting."))
    if not can_talk(community):
        raise Refused(_("This community rests. What was written can be read; nothing is added."))
    if not may_write(person, community):
        raise Refused(_("Before you write, please read our ground rules and agree to them."))


def check_pass_on(person: Person, resource: Resource) -> None:
    """Whoever put it there may bring it elsewhere; others what its licence sets free."""
    check_reach(person, resource)
    if resource.added_by_id == person.pk or resource.for_all or resource.licence in FREE:
        return
    raise Refused(
        _(
            "Its licence does not say that it may go further. Ask whoever put it here to share it, "
            "or to write down its licence."
        )
    )
