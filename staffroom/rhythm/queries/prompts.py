"""Which prompts there are for a programme, which of them a community had, which comes next."""

import datetime as dt
import itertools
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.translation import gettext_lazy

from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.places.models import Programme
from staffroom.rhythm.models import Prompt, PromptUse
from staffroom.rhythm.prompt_words import OF_COMMUNITY, SUBJECTS, Words, ours

acts(
    "prompts",
    gettext_lazy(
        "The moderator is shown a prompt on the first school day of the week; the community’s page leads to all of them."
    ),
)


@dataclass(frozen=True)
class Shelf:
    """The prompts of one subject, with the day on which each was last put before us."""

    subject: str
    title: str
    lines: list[tuple[Words, dt.datetime | None]]


def offered(community: Community) -> bool:
    """Whether the community's design has prompts."""
    return lever(community, "prompts") == "weekly"


def library(programme: Programme, *, also_off: bool = False) -> dict[str, Words]:
    """Ours in the order of the file, with the programme's own words for them; then its own."""
    found = dict(ours())
    for row in Prompt.objects.filter(programme=programme).order_by("changed_at", "key"):
        first = found.get(row.key)
        own = first is None or (first.subject, first.texts) != (row.subject, row.texts)
        found[row.key] = Words(row.key, row.subject, row.texts, own=own, off=row.off)
    return found if also_off else {key: each for key, each in found.items() if not each.off}


def used(community: Community) -> dict[str, dt.datetime]:
    """Key -> when it was last put before the community."""
    rows = PromptUse.objects.filter(community=community).order_by()
    return dict(rows.values("key").annotate(last=Max("at")).values_list("key", "last"))


def shelves(community: Community) -> list[Shelf]:
    """All that may be started here, what the community teaches first."""
    there, before = library(community.programme), used(community)
    first = subject_of(community)
    order = [first, *(code for code in SUBJECTS if code != first)]
    return [
        Shelf(
            code,
            str(SUBJECTS[code]),
            [(each, before.get(each.key)) for each in there.values() if each.subject == code],
        )
        for code in order
        if any(each.subject == code for each in there.values())
    ]


def subject_of(community: Community) -> str:
    return OF_COMMUNITY.get(community.subject, "pedagogy")


def suggestion(community: Community) -> Words | None:
    """The next for this community: none comes again before all of its kinds were used."""
    if not offered(community):
        return None
    in_turn = _in_turn(library(community.programme), subject_of(community))
    before = used(community)
    new = [each for each in in_turn if each.key not in before]
    if new:
        return new[0]
    return min(in_turn, key=lambda each: before[each.key], default=None)


def _in_turn(there: dict[str, Words], own: str) -> list[Words]:
    """Two of the community's own subject, then one about teaching, two more, one about parents."""
    of = {code: [each for each in there.values() if each.subject == code] for code in SUBJECTS}
    kinds = [own, own, "pedagogy", own, own, "parents"]
    queues = {code: iter(of[code]) for code in set(kinds)}
    found: list[Words] = []
    left = sum(len(of[code]) for code in queues)
    for code in itertools.cycle(kinds):
        if len(found) == left:
            return found
        if (each := next(queues[code], None)) is not None:
            found.append(each)
    return found


def had_one_since(community: Community, day: dt.date) -> bool:
    """Whether something was put before all of us since the morning of that day."""
    morning = dt.datetime.combine(day, dt.time(), ZoneInfo(community.timezone))
    return Post.objects.filter(
        community=community,
        kind=Post.Kind.PROMPT,
        created_at__gte=morning,
        created_at__lte=now(),
        removed_at=None,
    ).exists()
