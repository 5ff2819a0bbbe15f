"""Levers: the choices that make up a community's design.

Everything that depends on the design reads it here, `lever(community, "size")`, and says where it
acts with `acts("size", _("..."))` in the same module; a test holds the two together, so the pages
can say of each lever what really happens, or that nothing reads it yet.
"""

import uuid
from collections import defaultdict

from django.db.models import Q

from staffroom.communities.levers import people, rhythm
from staffroom.communities.levers.shape import Evidence, Lever, Text
from staffroom.communities.models import Community, LeverChoice
from staffroom.core.prepared import Prepared
from staffroom.places.models import Programme

__all__ = [
    "LEVERS",
    "Evidence",
    "Lever",
    "acts",
    "design_of",
    "is_left",
    "lever",
    "programme_lever",
    "where",
]

LEVERS: dict[str, Lever] = {each.key: each for each in people.LEVERS + rhythm.LEVERS}
_where: dict[str, list[Text]] = defaultdict(list)


def acts(key: str, where: Text) -> None:
    """Declare where a lever acts, in one sentence, in the module that reads it."""
    if key not in LEVERS:
        raise LookupError(key)
    if where not in _where[key]:
        _where[key].append(where)


def where(key: str) -> list[str]:
    """The sentences that say where a lever acts; empty when nothing reads it yet."""
    return [str(text) for text in _where.get(key, ())]


def lever(community: Community, key: str) -> str:
    """The code in force: the community's choice, else the programme's, else the built-in one."""
    own, programme = _choices(community)
    return _resolve(LEVERS[key], own, programme)


def design_of(community: Community) -> dict[str, str]:
    """Every lever's code in force."""
    own, programme = _choices(community)
    return {key: _resolve(each, own, programme) for key, each in LEVERS.items()}


def programme_lever(programme: Programme, key: str) -> str:
    """The programme's default, else the built-in one."""
    return _resolve(LEVERS[key], {}, _defaults(programme))


def is_left(programme: Programme, key: str) -> bool:
    """Whether the programme leaves this lever to its communities."""
    return _left(LEVERS[key], _defaults(programme))


def forget(community: Community) -> None:
    """Read the choices anew next time: they were just changed."""
    community.__dict__.pop("_lever_choices", None)


Choices = dict[str, LeverChoice]


def _left(each: Lever, programme: Choices) -> bool:
    return programme[each.key].left_to_community if each.key in programme else each.left


def _resolve(each: Lever, own: Choices, programme: Choices) -> str:
    default = programme[each.key].value if each.key in programme else each.default
    if each.key in own and _left(each, programme):
        return _known(each, own[each.key].value)
    return _known(each, default)


def _known(each: Lever, code: str) -> str:
    """A code that an older version wrote and this one does not know counts as the default."""
    return code if code in each.choices else each.default


def _defaults(programme: Programme) -> Choices:
    rows = LeverChoice.objects.filter(programme=programme, community=None)
    return {row.lever: row for row in rows}


_CHOICES = Prepared(
    lambda programme, community: LeverChoice.objects.filter(
        Q(community=None) | Q(community=community), programme=programme
    ),
    uuid.UUID,
    uuid.UUID,
)


def _choices(community: Community) -> tuple[Choices, Choices]:
    """(the community's own, the programme's), in one query, kept on the object."""
    kept: tuple[Choices, Choices] | None = community.__dict__.get("_lever_choices")
    if kept is None:
        own: Choices = {}
        programme: Choices = {}
        for row in _CHOICES.rows(community.programme_id, community.pk):
            (programme if row.community_id is None else own)[row.lever] = row
        kept = community.__dict__["_lever_choices"] = (own, programme)
    return kept
