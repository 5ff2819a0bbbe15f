"""The communities' part in what reaches every room: frame, export, erasure, who may see whom."""

from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities import offices
from staffroom.communities.actions import firewall, inviting
from staffroom.communities.actions.common import finish, finish_advisership
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import (
    Advisership,
    Approval,
    Ballot,
    Community,
    DesignChange,
    Invitation,
    Membership,
    PlacedTeacher,
    Placing,
    PlacingWish,
    RuleAgreement,
    Term,
)
from staffroom.communities.queries import current_term, to_agree
from staffroom.communities.wall import readable_by
from staffroom.core.clock import now
from staffroom.core.hooks import Hook
from staffroom.people.models import Person

acts("moderation", gettext_lazy("A vacant term is shown to the members."))
#: `part(person) -> dict[UUID, int]`: how much is new to the person in each community.
new_counts = Hook("new_counts")
#: `part(request) -> list[dict]`: lines of the page *About this community*: {"url", "icon", "title", "text"}.
about_rows = Hook("about_rows")
#: `part(community, term) -> str`: a hand-over drafted for the moderator, who changes it.
handover_drafts = Hook("handover_drafts")
#: `part(person) -> list[str]`: sentences of the garden about many communities together.
garden_notes = Hook("garden_notes")
#: `part(people: set[UUID]) -> dict[UUID, float]`: where each stands on a scale of beliefs about teaching.
#: A distance for placing and nothing else: no page, list or log may tell it.
beliefs = Hook("beliefs")
LIVING = ("invited", "requested", "active")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Inside a community: the rules that the reader has not agreed to yet, and a vacant term."""
    community = getattr(request, "community", None)
    if not isinstance(community, Community) or not request.user.is_authenticated:
        return {}
    shown: dict[str, Any] = {"vacancy": partial(is_vacant, community)}
    if rules := to_agree(request.user, community):
        shown["rules_to_agree"] = rules
    return shown


def is_vacant(community: Community) -> bool:
    """Nobody moderates an open community that wants a moderator; asked only where it is shown."""
    if community.stage != Community.Stage.OPEN or current_term(community) is not None:
        return False
    return lever(community, "moderation") != "none"


def me_entries(person: Person) -> list[dict[str, str]]:
    """The garden, for gardeners; placing teachers, for the offices; one's wishes, for teachers."""
    found = []
    if not person.is_staff:
        words = _("When new communities are formed")
        found.append(_entry("placing_wishes", "me", "talk", _("How I am placed"), words))
    if offices.appointments(person, offices.GARDENER).exists():
        words = _("Communities you tend, and new ones")
        found.append(_entry("garden", "work", "leaf", _("The garden"), words))
    if offices.appointments(person, *offices.PLACING).filter(area=None).exists():
        words = _("New communities of teachers who fit together")
        found.append(_entry("placings", "work", "pin", _("Placing teachers"), words))
    return found


def _entry(page: str, group: str, icon: str, title: str, text: str) -> dict[str, str]:
    return {"url": reverse(page), "group": group, "icon": icon, "title": title, "text": text}


def may_see_person(viewer: Person, person: Person) -> bool:
    """They share a community, now, or one asks to join where the other is."""
    if viewer.pk == person.pk:
        return True
    readable = readable_by(viewer).values("pk")
    tied = Q(memberships__community__in=readable, memberships__state__in=LIVING) | Q(
        adviserships__community__in=readable, adviserships__ended_at=None
    )
    return Person.objects.filter(tied, pk=person.pk).exists()


def invitation_stands(token: str) -> bool:
    """The link with which a stranger came has not been withdrawn, used up or grown old."""
    return inviting.living_link(token) is not None


def postings_changed(person_ids: set[Any]) -> None:
    firewall.mend(set(person_ids))


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything this room holds about one person."""
    kinds: dict[str, Any] = {
        "memberships": Membership.objects.filter(person=person),
        "approvals": Approval.objects.filter(member=person),
        "rule_agreements": RuleAgreement.objects.filter(person=person),
        "terms": Term.objects.filter(person=person),
        "ballots": Ballot.objects.filter(voter=person),
        "adviserships": Advisership.objects.filter(person=person),
        "invitations": Invitation.objects.filter(made_by=person),
        "design_changes": DesignChange.objects.filter(changed_by=person),
        "communities_founded": Community.objects.filter(created_by=person),
        "placed": PlacedTeacher.objects.filter(person=person),
        "placing_wishes": PlacingWish.objects.filter(person=person),
        "placings_begun": Placing.objects.filter(made_by=person),
    }
    return {kind: [_plain(row) for row in rows] for kind, rows in kinds.items()}


def _plain(row: Any) -> dict[str, Any]:
    """A row's own columns, without the secrets of others."""
    left_out = {"token_hash", "invited_by", "proposed_by"}
    plain = {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in left_out
    }
    community = row if isinstance(row, Community) else getattr(row, "community", None)
    if isinstance(community, Community):
        plain["community_name"] = community.name
    return plain


def erase_person(person: Person, keep_contributions: bool) -> None:
    """Leave every community, and take back words about oneself, votes and links."""
    for membership in Membership.objects.filter(person=person, state__in=LIVING):
        finish(membership, state=Membership.State.LEFT, why="erased", actor=None)
    for advisership in Advisership.objects.filter(person=person, ended_at=None):
        finish_advisership(advisership, why="erased", actor=None)
    Membership.objects.filter(person=person).update(note="")
    Approval.objects.filter(member=person).update(reason="")
    Ballot.objects.filter(Q(voter=person) | Q(candidate=person)).delete()
    Invitation.objects.filter(made_by=person, withdrawn_at=None).update(withdrawn_at=now())
    PlacingWish.objects.filter(person=person).delete()
    PlacedTeacher.objects.filter(person=person).delete()
    Placing.objects.filter(failed__contains=person.name).update(failed="")
    if not keep_contributions:
        Term.objects.filter(person=person).update(handover="")
