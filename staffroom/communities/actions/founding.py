"""A community comes into being: by a gardener, or by teachers themselves."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities import offices, wall
from staffroom.communities.actions.common import ACTIVE
from staffroom.communities.actions.terms import FOUR_WEEKS
from staffroom.communities.levers import acts, forget, is_left, lever, programme_lever
from staffroom.communities.models import (
    Community,
    GroundRules,
    LeverChoice,
    Membership,
    RuleAgreement,
    Term,
)
from staffroom.communities.queries.finding import findable_by
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.models import Area, Programme
from staffroom.places.supervision import descendants

acts("formation", gettext_lazy("Teachers can found communities themselves, or only gardeners do."))
acts("kickoff", gettext_lazy("A new community stays closed until its workshop is recorded."))


@dataclass(frozen=True)
class Sheet:
    """What is asked of whoever founds a community."""

    name: str
    purpose: str = ""
    subject: str = ""
    grades: Sequence[int] = field(default_factory=tuple)
    language: str = "en"
    area: Area | None = None
    set_weekday: int | None = None
    set_hour: dt.time | None = None
    listed: bool = True


def can_found(person: Person) -> bool:
    """Whether the person's programme lets teachers found communities."""
    programme = offices.programme_of(person)
    return programme is not None and _teachers_may(programme)


def _teachers_may(programme: Programme) -> bool:
    return programme_lever(programme, "formation") == "self-organised"


@transaction.atomic
def found_by_teacher(*, by: Person, sheet: Sheet, id: uuid.UUID | None = None) -> Community:
    """The founder is the first member and takes the first turn as moderator."""
    programme = offices.programme_of(by)
    if programme is None:
        raise Refused(_("Say first where you work, on the page Me."))
    if not _teachers_may(programme):
        raise Refused(_("In this programme the gardeners found communities. Ask yours."))
    community, made = _make(by, programme, sheet, id)
    if not made:
        return community
    Membership.objects.create(community=community, person=by, state=ACTIVE, joined_at=now())
    RuleAgreement.objects.create(rules=community.rule_versions.get(version=1), person=by)
    if lever(community, "moderation") != "none":
        _first_term(community, by)
    return community


@transaction.atomic
def found_by_gardener(
    *,
    by: Person,
    sheet: Sheet,
    programme: Programme,
    kickoff: str = "",
    id: uuid.UUID | None = None,
) -> Community:
    """The gardener founds it and is not in it. The first members are invited next."""
    if not _may_plant(by, programme, sheet.area):
        raise NotYours
    community, made = _make(by, programme, sheet, id, kickoff)
    if made:
        audit.write("community.planted", actor=by, on=community)
    return community


@transaction.atomic
def found_placed(
    *, by: Person, sheet: Sheet, programme: Programme, id: uuid.UUID
) -> tuple[Community, bool]:
    """Founded by the office of the whole programme for teachers who were placed. > it, and whether
    it is new."""
    if not offices.can_place(by, programme):
        raise NotYours
    community, made = _make(by, programme, sheet, id)
    if made:
        audit.write("community.placed", actor=by, on=community)
    return community, made


def _may_plant(by: Person, programme: Programme, area: Area | None) -> bool:
    for appointment in offices.appointments(by, offices.GARDENER).filter(programme=programme):
        if appointment.area_id is None:
            return True
        if area is not None and area.pk in descendants({appointment.area_id}, now().date()):
            return True
    return False


def _make(
    by: Person, programme: Programme, sheet: Sheet, id: uuid.UUID | None, kickoff: str = ""
) -> tuple[Community, bool]:
    if id is not None and (same := Community.objects.filter(pk=id).first()):
        if same.created_by_id != by.pk:
            raise Refused(_("This form was sent before. Please open it again."))
        return same, False
    _check_sheet(by, programme, sheet)
    community = Community(
        programme=programme,
        area=sheet.area,
        name=sheet.name,
        purpose=sheet.purpose,
        subject=sheet.subject,
        grades=list(sheet.grades),
        language=sheet.language,
        timezone=programme.timezone,
        cloth=Community.objects.filter(programme=programme).count() % 4 + 1,
        set_weekday=sheet.set_weekday,
        set_hour=sheet.set_hour,
        listed=sheet.listed,
        created_by=by,
    )
    if id is not None:
        community.pk = id
    community.save(force_insert=True)
    _keep_kickoff(community, kickoff)
    if lever(community, "kickoff") == "none":
        community.stage = Community.Stage.OPEN
        community.opened_at = now()
        community.save(update_fields=["stage", "opened_at"])
    _copy_rules(community)
    audit.write("community.founded", actor=by, on=community, stage=community.stage)
    outbox.put("community.founded", community=str(community.pk))
    return community, True


def _check_sheet(by: Person, programme: Programme, sheet: Sheet) -> None:
    if sheet.area is not None and sheet.area.programme_id != programme.pk:
        raise NotYours
    same = Community.objects.filter(programme=programme, name__iexact=sheet.name)
    # Only among those the founder may know of: else a refusal would tell of one behind the wall.
    known = Q(pk__in=findable_by(by).values("pk")) | Q(pk__in=wall.readable_by(by).values("pk"))
    known |= Q(pk__in=offices.tended_by(by).values("pk"))
    if same.filter(known).exclude(stage=Community.Stage.CLOSED).exists():
        raise Refused(_("There is a community of this name. Add a place or a subject."), "name")


def _keep_kickoff(community: Community, kickoff: str) -> None:
    """The gardener's word on the kick-off of this one community, where it may differ."""
    if not kickoff or kickoff == lever(community, "kickoff"):
        return
    if not is_left(community.programme, "kickoff"):
        return
    LeverChoice.objects.create(
        programme=community.programme, community=community, lever="kickoff", value=kickoff
    )
    forget(community)


def _copy_rules(community: Community) -> None:
    """Version 1: the programme's proposal, in the community's language if it has one."""
    offered = community.programme.ground_rules
    rules: list[str] = (
        offered.get(community.language) or offered.get("en") or next(iter(offered.values()), [])
    )
    GroundRules.objects.create(community=community, version=1, rules=rules, in_force_since=now())


def _first_term(community: Community, founder: Person) -> None:
    Term.objects.create(
        community=community,
        person=founder,
        how=Term.How.VOLUNTEER,
        accepted_at=now(),
        starts=now(),
        planned_end=now() + FOUR_WEEKS if lever(community, "moderation") == "rotating" else None,
    )
