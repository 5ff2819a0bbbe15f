"""What stands on a desk today: what is suggested, and what was done."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from staffroom.communities.models import Community, Membership, Term
from staffroom.facilitation import ranking
from staffroom.facilitation.acts import KINDS
from staffroom.facilitation.acts.shape import Desk, Suggestion
from staffroom.facilitation.models import Act
from staffroom.facilitation.permissions import check_desk, rests
from staffroom.people.models import Person

#: Of several communities one moderates, so many are counted for the page of today.
MOST_DESKS = 3
LEFT = (Act.State.SKIPPED, Act.State.LATER)


@dataclass(frozen=True)
class Today:
    """The desk as its page shows it."""

    desk: Desk
    open: list[Suggestion]
    done: list[Act]
    left: list[Act]  # skipped or put off today
    resting: bool


def desk_of(person: Person, community: Community) -> Desk:
    """The desk, for whoever sits at it; else `NotYours`."""
    return Desk(person, community, check_desk(person, community))


def today_at(desk: Desk) -> Today:
    """What is suggested now, at most five with what was done today; and what was done."""
    midnight = dt.datetime.combine(desk.today, dt.time(), desk.zone)
    rows = {row.key: row for row in Act.objects.filter(community=desk.community)}
    here = [row for row in rows.values() if row.term_id == desk.term.pk and row.at >= midnight]
    suggested = [] if _rests(desk) else _suggested(desk, rows)
    keys = {each.key for each in suggested}
    done = [row for row in here if _is_done(row, keys)]
    return Today(
        desk=desk,
        open=ranking.choose(suggested, done=[row.key.partition(":")[0] for row in done]),
        done=sorted(done, key=lambda row: row.at),
        left=sorted((row for row in here if row.state in LEFT), key=lambda row: row.at),
        resting=_rests(desk),
    )


def find(desk: Desk, key: str) -> Suggestion | None:
    """One suggestion anew, when its button is pressed: it may have been taken care of meanwhile."""
    kind = KINDS.get(key.partition(":")[0])
    if kind is None or _rests(desk):
        return None
    found: Iterable[Suggestion] = kind.propose(desk)
    return next((each for each in found if each.key == key), None)


def _rests(desk: Desk) -> bool:
    kept = desk.__dict__.setdefault("rests", None)
    if kept is None:
        kept = desk.__dict__["rests"] = rests(desk.community)
    return bool(kept)


def _suggested(desk: Desk, rows: dict[str, Act]) -> list[Suggestion]:
    found = [each for kind in KINDS.values() for each in kind.propose(desk)]
    return [each for each in found if not _set_aside(rows.get(each.key), desk.today)]


def _set_aside(row: Act | None, today: dt.date) -> bool:
    """Done, skipped or put off, and its time has not come again."""
    if row is None or row.state == Act.State.BEGUN:
        return False
    return row.again_on is None or row.again_on > today


def _is_done(row: Act, suggested: set[str]) -> bool:
    """What was begun is done once it is suggested no more."""
    if row.state == Act.State.BEGUN:
        return row.key not in suggested
    return row.state == Act.State.DONE


def first_turn(person: Person) -> bool:
    """Whether the person never moderated before."""
    return Term.objects.filter(person=person, starts__isnull=False).count() <= 1


def waiting(person: Person, communities: list[Community]) -> list[tuple[Community, int]]:
    """Where this person moderates, and how many small things wait there today."""
    terms = Term.objects.filter(
        person=person,
        community__in=[each.pk for each in communities],
        starts__isnull=False,
        ended_at=None,
        community__memberships__person=person,
        community__memberships__state=Membership.State.ACTIVE,
    )
    by_community: dict[Any, Term] = {term.community_id: term for term in terms}
    mine = [each for each in communities if each.pk in by_community][:MOST_DESKS]
    counts = [
        (each, len(today_at(Desk(person, each, by_community[each.pk])).open)) for each in mine
    ]
    return [(each, count) for each, count in counts if count]
