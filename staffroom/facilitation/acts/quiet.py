"""Invite somebody who was not heard for a while, in private; or ask after them in person."""

import datetime as dt

from django.utils.translation import gettext as _

from staffroom.core.ids import short
from staffroom.facilitation.acts.shape import Choice, Desk, Done, Suggestion
from staffroom.facilitation.models import Word
from staffroom.facilitation.queries.quiet import Quiet, quiet_members
from staffroom.facilitation.queries.texts import texts_for
from staffroom.facilitation.silence import Silence

KIND = "quiet"
#: Whoever was invited is left alone for so long.
REST = dt.timedelta(days=30)
#: Whoever is left in peace, longer.
PEACE = dt.timedelta(days=90)
#: By word of Staffroom only those can be reached who come here.
REACHABLE = (Silence.READING, Silence.ABSENT)


def propose(desk: Desk) -> list[Suggestion]:
    found = quiet_members(desk.person, desk.community, desk.members)
    texts = texts_for(desk.community, {one.person.language for one in found})
    return [_suggest(one, texts[one.person.language]) for one in found]


def _suggest(one: Quiet, text: str) -> Suggestion:
    reachable = one.silence in REACHABLE
    choice = (
        Choice("invite", _("Invite in private"))
        if reachable
        else Choice("person", _("I will ask in person"))
    )
    return Suggestion(
        kind=KIND,
        subject=short(one.person.pk),
        urgency=40 if reachable else 42,
        title=one.title,
        reason=one.reason,
        quote=text if reachable else "",
        language=one.person.language,
        choices=(choice,),
        skip=_("Leave in peace") if reachable else _("Not needed"),
        about=one.person,
    )


def do(desk: Desk, suggestion: Suggestion, choice: str) -> Done:
    person = suggestion.about
    assert person is not None
    if choice == "person":
        says = _("You will ask after %(name)s.") % {"name": person.first_name}
        return Done(says=says, rest=REST)
    word = {"person": person, "kind": Word.Kind.INVITATION, "text": suggestion.quote}
    says = _("%(name)s is invited, on the page Today.") % {"name": person.first_name}
    return Done(says=says, tell=(word,), rest=REST)
