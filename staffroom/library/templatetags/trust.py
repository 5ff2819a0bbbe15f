"""How far a thing can be trusted, in words: for every page that shows one."""

import uuid
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from staffroom.core.words import listed
from staffroom.library.models import Capacity, Trust
from staffroom.library.queries.trust import Mark, Who, mark_of

register = template.Library()
State = Trust.State


@register.filter
def state_word(state: str) -> str:
    """Verified, corrected, disputed; anything else is not verified yet."""
    return {
        State.VERIFIED: _("Verified"),
        State.CORRECTED: _("Corrected"),
        State.DISPUTED: _("Disputed"),
    }.get(State(state) if state else State.UNVERIFIED, _("Not verified yet"))


@register.filter
def who_words(who: Who) -> str:
    """Chausiku Kimani, adviser; where the name is not told or no longer known: as what."""
    if who.capacity == Capacity.ADVISER:
        return _("%(name)s, adviser") % {"name": who.name} if who.name else _("an adviser")
    if who.name:
        return who.name
    return _("a school leader") if who.capacity == Capacity.LEADER else _("a colleague")


@register.filter
def who_all(people: tuple[Who, ...]) -> str:
    return listed(who_words(who) for who in people)


@register.inclusion_tag("library/_trust.html")
def trust(kind: str, thing: Any, named: bool = False) -> dict[str, Any]:
    """What stands beside a thing, and the way to its page: `{% trust "resource" resource %}`.

    A list sets `thing.mark` first (`queries.trust.with_marks`), so that it costs no query a row.
    """
    id: uuid.UUID = thing.pk
    mark: Mark | None = thing.mark if hasattr(thing, "mark") else mark_of(kind, id, named=named)
    return {"mark": mark, "kind": kind, "thing": id, "ask": True}


@register.inclusion_tag("library/_outside.html")
def trust_outside(kind: str, thing: Any) -> dict[str, Any]:
    """The state and the correction, for whoever may see the thing and not what was said of it."""
    return {"mark": mark_of(kind, thing.pk)}


@register.simple_tag
def trust_word(mark: Mark | None) -> SafeString | str:
    """The state alone, for a line of a list; nothing where nothing was said."""
    if mark is None or mark.state == State.UNVERIFIED:
        return ""
    return state_word(mark.state)
