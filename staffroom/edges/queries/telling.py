"""Words in a question that would tell who asks or where: looked for before it leaves the community."""

import re
from collections.abc import Iterable

from staffroom.communities.models import Community, Membership
from staffroom.core.clock import today
from staffroom.places.models import Area, Posting, School, SchoolArea, on_date
from staffroom.places.supervision import ancestors

#: An address of any kind: mail, a page, a number that can be called, somebody named with @.
_ADDRESSES = re.compile(
    r"[^\s@]+@[^\s@]+\.\w+|https?://\S+|www\.\S+|\b(?:wa|t)\.me/\S+|(?<!\w)@\w+"
    r"|(?<![\w.])(?:\+\d|0\d)[\d ()\-]{6,}\d"
)
#: What many schools and communities are called tells nothing.
_COMMON = frozenset(
    """
    primary secondary school schools academy girls boys high junior senior mixed central
    community county zone district ward sub division town village teachers group circle
    north south east west mathematics maths science sciences english kiswahili swahili urdu
    languages language social studies history geography physics chemistry biology religion
    arts early grade grades upper lower shule msingi sekondari jamii hisabati sayansi hill
    river market
    """.split()  # noqa: SIM905 - a list of sixty words is read, not counted
)
FEWEST = 3


def telling(text: str, community: Community) -> list[str]:
    """The words of `text` that name a member, a school, a place, the community, or an address."""
    found = [match.group().strip() for match in _ADDRESSES.finditer(text)]
    phrases = sorted(_phrases(community), key=len, reverse=True)
    found += [phrase for phrase in phrases if _stands(phrase, text, re.IGNORECASE)]
    found += [word for word in sorted(_words(community)) if _stands(word, text)]
    return list(dict.fromkeys(found))


def _stands(words: str, text: str, flags: int = 0) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, flags) is not None


def _phrases(community: Community) -> set[str]:
    """Whole names: however they are written, they tell."""
    people, schools, areas = _names(community)
    return {name for name in [community.name, *people, *schools, *areas] if name}


def _words(community: Community) -> set[str]:
    """Their parts, as they are written: Grace is a name, grace is not."""
    people, schools, areas = _names(community)
    parts = {
        part for name in [community.name, *people, *schools, *areas] for part in _parts_of(name)
    }
    return {part for part in parts if len(part) >= FEWEST and part.lower() not in _COMMON}


def _parts_of(name: str) -> Iterable[str]:
    return re.findall(r"[^\W\d_]+", name)


def _names(community: Community) -> tuple[list[str], list[str], list[str]]:
    kept: tuple[list[str], list[str], list[str]] | None = community.__dict__.get("_telling")
    if kept is None:
        kept = community.__dict__["_telling"] = _asked(community)
    return kept


def _asked(community: Community) -> tuple[list[str], list[str], list[str]]:
    """Members of now and before, where they work, and every area around those schools."""
    day = today()
    people = dict(
        Membership.objects.filter(community=community)
        .exclude(joined_at=None)
        .values_list("person", "person__name")
    )
    postings = Posting.objects.filter(on_date(day), person__in=people).values("school")
    schools = dict(School.objects.filter(pk__in=postings).values_list("pk", "name"))
    near = set(
        SchoolArea.objects.filter(on_date(day), school__in=schools).values_list("area", flat=True)
    )
    if community.area_id is not None:
        near.add(community.area_id)
    around = set().union(*ancestors(near, day).values()) if near else set()
    areas = Area.objects.filter(pk__in=around).values_list("name", flat=True)
    return list(people.values()), list(schools.values()), list(areas)
