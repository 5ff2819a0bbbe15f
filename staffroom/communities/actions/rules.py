"""Ground rules: a member proposes a version; it is in force once more than half of us agree."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.access import is_moderator
from staffroom.communities.actions.common import check_member, check_not_closed, lock
from staffroom.communities.models import Community, GroundRules, RuleAgreement
from staffroom.communities.queries import active_ids, current_rules, proposed_rules
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person

MOST_RULES = 12
LONGEST = 200


@transaction.atomic
def propose_rules(*, by: Person, community_id: uuid.UUID, rules: Sequence[str]) -> GroundRules:
    """Propose a new version. One proposal at a time; the same words again are the same proposal."""
    community = lock(community_id)
    check_member(by, community)
    check_not_closed(community)
    wanted = _clean(rules)
    waiting, current = proposed_rules(community), current_rules(community)
    if waiting is not None:
        if waiting.rules == wanted and waiting.proposed_by_id == by.pk:
            return waiting
        raise Refused(_("Another proposal waits for the members. Let them decide that one first."))
    if current is not None and current.rules == wanted:
        raise Refused(_("These are the rules that you have already."), "rules")
    last = GroundRules.objects.filter(community=community).order_by("-version").first()
    version = GroundRules.objects.create(
        community=community,
        version=last.version + 1 if last else 1,
        rules=wanted,
        proposed_by=by,
    )
    audit.write("rules.proposed", actor=by, on=version)
    outbox.put("rules.proposed", rules=str(version.pk), community=str(community.pk))
    return _agree(by, version, community)


@transaction.atomic
def agree_to_rules(*, person: Person, rules_id: uuid.UUID) -> GroundRules:
    """Agree: to the version in force as one's own promise, to a proposal also as a vote."""
    version = GroundRules.objects.filter(pk=rules_id).first()
    if version is None:
        raise NotYours
    community = lock(version.community_id)
    check_member(person, community)
    version.refresh_from_db()
    if version.withdrawn_at is not None:
        raise Refused(_("This proposal was withdrawn."))
    return _agree(person, version, community)


def _agree(person: Person, version: GroundRules, community: Community) -> GroundRules:
    RuleAgreement.objects.get_or_create(rules=version, person=person)
    inside = active_ids(community)
    agreed = version.agreements.filter(person__in=inside).count()
    if version.in_force_since is None and agreed * 2 > len(inside):
        version.in_force_since = now()
        version.save(update_fields=["in_force_since"])
        audit.write("rules.in_force", actor=person, on=version, version=version.version)
        outbox.put("rules.in_force", rules=str(version.pk), community=str(community.pk))
    return version


@transaction.atomic
def withdraw_rules(*, by: Person, rules_id: uuid.UUID) -> None:
    """Whoever proposed it, or the moderator, takes a proposal off the table."""
    version = GroundRules.objects.select_related("community").filter(pk=rules_id).first()
    if version is None:
        raise NotYours
    check_member(by, version.community)
    if version.proposed_by_id != by.pk and not is_moderator(by, version.community):
        raise NotYours
    done = GroundRules.objects.filter(pk=rules_id, in_force_since=None, withdrawn_at=None).update(
        withdrawn_at=now()
    )
    if done:
        audit.write("rules.withdrawn", actor=by, on=version)


def _clean(rules: Sequence[str]) -> list[str]:
    wanted = [clean for rule in rules if (clean := one_line(rule))]
    if not wanted:
        raise Refused(_("Write at least one rule, each on its own line."), "rules")
    if len(wanted) > MOST_RULES:
        raise Refused(
            _("%(have)s rules are hard to keep in mind. At most %(most)s, please.")
            % {"have": len(wanted), "most": MOST_RULES},
            "rules",
        )
    if any(len(rule) > LONGEST for rule in wanted):
        raise Refused(
            _("A rule has at most %(most)s characters. Shorter is kept better.")
            % {"most": LONGEST},
            "rules",
        )
    return wanted
