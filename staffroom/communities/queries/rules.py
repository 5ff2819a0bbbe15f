"""The ground rules in force, and who agreed to them."""

import uuid

from django.db.models import Exists, OuterRef, QuerySet

from staffroom.communities.models import Community, GroundRules, Membership, RuleAgreement
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person


def current_rules(community: Community) -> GroundRules | None:
    """The version in force: the newest of those that came into force."""
    return (
        GroundRules.objects.filter(community=community, in_force_since__isnull=False)
        .order_by("-version")
        .first()
    )


def proposed_rules(community: Community) -> GroundRules | None:
    """The version that waits for the members' agreement, if there is one."""
    return (
        GroundRules.objects.filter(community=community, in_force_since=None, withdrawn_at=None)
        .select_related("proposed_by")
        .order_by("-version")
        .first()
    )


def has_agreed(person: Person, rules: GroundRules | None) -> bool:
    """Whether the person agreed to this version; nothing to agree to counts as yes."""
    if rules is None:
        return True
    return RuleAgreement.objects.filter(rules=rules, person=person).exists()


def may_write(person: Person, community: Community) -> bool:
    """Whoever has agreed to some version may write; a newer version is asked for, not enforced."""
    versions = _versions(person, community)
    in_force = any(version.in_force_since for version in versions)
    return not in_force or any(version.mine for version in versions)  # type: ignore[attr-defined]


def to_agree(person: Person, community: Community) -> GroundRules | None:
    """The version that a member has not answered yet: the one in force, else the proposed one."""
    standing = [version for version in _versions(person, community) if not version.withdrawn_at]
    current = next((version for version in standing if version.in_force_since), None)
    proposed = next((version for version in standing if not version.in_force_since), None)
    for version in (current, proposed):
        if version is not None and version.inside and not version.mine:  # type: ignore[attr-defined]
            return version
    return None


def _versions(person: Person, community: Community) -> list[GroundRules]:
    """All versions, newest first, with `mine` (agreed) and `inside` (a member), kept on the object.

    One query for the frame and for the permission to write, which every page inside asks.
    """
    kept: dict[object, list[GroundRules]] = community.__dict__.setdefault("_rule_versions", {})
    if person.pk not in kept:
        kept[person.pk] = _VERSIONS.rows(community.pk, person.pk)
    return kept[person.pk]


def _all(community: uuid.UUID, person: uuid.UUID) -> QuerySet[GroundRules]:
    agreed = RuleAgreement.objects.filter(rules=OuterRef("pk"), person=person)
    member = Membership.objects.filter(
        community=community, person=person, state=Membership.State.ACTIVE
    )
    return (
        GroundRules.objects.filter(community=community)
        .annotate(mine=Exists(agreed), inside=Exists(member))
        .order_by("-version")
    )


_VERSIONS = Prepared(_all, uuid.UUID, uuid.UUID)
