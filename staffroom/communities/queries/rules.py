"""The ground rules in force, and who agreed to them."""

from staffroom.communities.models import Community, GroundRules, RuleAgreement
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
