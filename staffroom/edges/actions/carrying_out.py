"""What the members decided is done at once, and can be taken back as a whole.

The communities that were close; what was written there stays readable to their members as before, and
to nobody else. The new ones begin with the same rules, levers, advisers, moderators and brokers.
"""

import uuid

from django.utils.translation import gettext as _
from django.utils.translation import override

from staffroom.communities import wall
from staffroom.communities.actions import stages
from staffroom.communities.actions.common import PENDING, finish, lock
from staffroom.communities.models import (
    Advisership,
    Community,
    GroundRules,
    LeverChoice,
    Membership,
    RuleAgreement,
    Term,
)
from staffroom.communities.queries import active_ids, current_rules, current_term
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.words import listed
from staffroom.edges.models import Broker, BrokerSide, Reshape, ReshapePart
from staffroom.people.models import Person

Ids = set[uuid.UUID]
COPIED = (
    "programme_id",
    "area_id",
    "subject",
    "language",
    "timezone",
    "set_weekday",
    "set_hour",
    "approvals_needed",
    "listed",
)


def carry_out(reshape: Reshape, old: list[Community]) -> None:
    """Found what is to be, move everybody, close what was. The caller has checked and holds the rows."""
    parts = list(reshape.parts.filter(number__isnull=False))
    inside = set().union(*(active_ids(each) for each in old))
    for part in parts:
        people = inside & set(
            reshape.places.filter(number=part.circle).values_list("person", flat=True)
        )
        part.community = _found(part, old)
        part.save(update_fields=["community"])
        _fill(part.community, old, people)
    _brokers(old, parts)
    _end_terms(old)
    for each in old:
        _close(each, _became(each, [part.community for part in parts if part.community]))
    reshape.done_at = now()
    reshape.save(update_fields=["done_at"])
    audit.write("reshape.done", actor=None, on=reshape, kind=reshape.kind)
    outbox.put("reshape.done", reshape=str(reshape.pk))


def take_back(reshape: Reshape, by: Person) -> None:
    """What was opens again, what became of it closes; its words stay readable to who was in it."""
    old = [lock(part.community_id) for part in reshape.parts.filter(number=None)]  # type: ignore[arg-type]
    new = [lock(part.community_id) for part in reshape.parts.filter(number__isnull=False)]  # type: ignore[arg-type]
    for each in old:
        each.went_over = False
        each.save(update_fields=["went_over"])
        stages.to(each, Community.Stage.OPEN, by)
        _give_terms_back(each, new)
    for each in new:
        for side in BrokerSide.objects.filter(community=each, broker__ended_at=None):
            back = next((was for was in old if side.broker.person_id in active_ids(was)), None)
            if back is not None:
                BrokerSide.objects.filter(pk=side.pk).update(community=back)
    _end_terms(new)
    for each in new:
        _close(each, _became(each, old))
    reshape.undone_at = now()
    reshape.save(update_fields=["undone_at"])
    audit.write("reshape.undone", actor=by, on=reshape)
    outbox.put("reshape.undone", reshape=str(reshape.pk))


def _found(part: ReshapePart, old: list[Community]) -> Community:
    first = old[0]
    grades = sorted({grade for each in old for grade in each.grades})
    made = Community.objects.create(
        name=part.name,
        purpose=part.purpose,
        grades=grades,
        cloth=(first.cloth + part.circle) % 4 + 1,
        stage=Community.Stage.OPEN,
        opened_at=now(),
        **{field: getattr(first, field) for field in COPIED},
    )
    for choice in LeverChoice.objects.filter(community=first):
        LeverChoice.objects.create(
            programme_id=choice.programme_id,
            community=made,
            lever=choice.lever,
            value=choice.value,
            left_to_community=choice.left_to_community,
        )
    audit.write("community.founded", actor=None, on=made, stage=made.stage)
    outbox.put("community.founded", community=str(made.pk))
    return made


def _fill(made: Community, old: list[Community], people: Ids) -> None:
    """Members, the rules that stood and who agreed to them, advisers, the turn of the moderator."""
    Membership.objects.bulk_create(
        Membership(
            community=made,
            person_id=person,
            state=Membership.State.ACTIVE,
            joined_at=now(),
            introduced_at=now(),
        )
        for person in sorted(people)
    )
    _copy_rules(made, old[0], people)
    advising = Advisership.objects.filter(community__in=old, ended_at=None).select_related("person")
    for person in {each.person_id: each.person for each in advising}.values():
        if person.pk not in people and wall.may_join(person, made):
            Advisership.objects.create(community=made, person=person)
    for each in old:
        term = current_term(each)
        if term is not None and term.person_id in people and current_term(made) is None:
            _term(made, term)


def _copy_rules(made: Community, old: Community, people: Ids) -> None:
    stood = current_rules(old)
    if stood is None:
        return
    rules = GroundRules.objects.create(
        community=made, version=1, rules=stood.rules, in_force_since=now()
    )
    agreed = RuleAgreement.objects.filter(rules=stood, person__in=people)
    RuleAgreement.objects.bulk_create(
        RuleAgreement(rules=rules, person_id=each.person_id, at=each.at) for each in agreed
    )


def _term(community: Community, term: Term) -> None:
    """The same turn, in another place."""
    Term.objects.create(
        community=community,
        person_id=term.person_id,
        how=term.how,
        offered_at=term.offered_at,
        accepted_at=term.accepted_at,
        starts=term.starts,
        planned_end=term.planned_end,
        extended_at=term.extended_at,
        handover=term.handover,
    )


def _give_terms_back(old: Community, new: list[Community]) -> None:
    here = active_ids(old)
    for each in new:
        term = current_term(each)
        if term is not None and term.person_id in here and current_term(old) is None:
            _term(old, term)


def _end_terms(communities: list[Community]) -> None:
    living = Term.objects.filter(community__in=communities, ended_at=None)
    living.filter(starts__isnull=False).update(ended_at=now())
    living.filter(starts=None).update(refused_at=now(), ended_at=now())


def _brokers(old: list[Community], parts: list[ReshapePart]) -> None:
    """Who carries goes on from where they are now; between two that are one nobody need carry."""
    was = [each.pk for each in old]
    for broker in Broker.objects.filter(ended_at=None, sides__community__in=was).distinct():
        sides = list(broker.sides.filter(community__in=was))
        goal = next(
            (part.community for part in parts if broker.person_id in active_ids(part.community)),  # type: ignore[arg-type]
            None,
        )
        if len(sides) > 1 or goal is None:
            Broker.objects.filter(pk=broker.pk).update(ended_at=now())
        else:
            BrokerSide.objects.filter(pk=sides[0].pk).update(community=goal)


def _became(community: Community, others: list[Community]) -> str:
    """In the language of the community that closes."""
    with override(community.language):
        return _("We go on in: %(names)s. What was written here stays readable to its members.") % {
            "names": listed([each.name for each in others])
        }


def _close(community: Community, words: str) -> None:
    community.went_over, community.closing_words = True, words[:600]
    community.save(update_fields=["went_over", "closing_words"])
    for asked in Membership.objects.filter(community=community, state__in=PENDING):
        finish(asked, state=Membership.State.DECLINED, why="went over", actor=None)
    stages.to(community, Community.Stage.CLOSED, None)
