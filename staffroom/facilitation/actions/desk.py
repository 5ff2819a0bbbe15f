"""One tap at the desk: an act is done, begun, left or put off; and taken back."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community, Term
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.facilitation.acts import KINDS
from staffroom.facilitation.acts.shape import Desk, Done, Suggestion
from staffroom.facilitation.models import Act, Word
from staffroom.facilitation.permissions import check_desk
from staffroom.facilitation.queries.desk import desk_of, find
from staffroom.people.models import Person

LATER, SKIP = "later", "skip"
#: Whoever leaves an act aside is not asked again for so long.
LEFT = dt.timedelta(days=14)


@dataclass(frozen=True)
class Taken:
    """What came of it: the row, and the page on which it goes on."""

    act: Act
    says: str
    go: str = ""


@transaction.atomic
def take(*, by: Person, community: Community, key: str, choice: str) -> Taken:
    """Press one button of one suggestion. Pressed twice, it is done once."""
    desk = desk_of(by, community)
    Term.objects.select_for_update().get(pk=desk.term.pk)
    suggestion = find(desk, key)
    if suggestion is None or _was_taken(desk, key):
        raise Refused(_("That is taken care of already."))
    if choice == LATER:
        done = Done(says=_("Tomorrow, then."), rest=dt.timedelta(days=1), state=Act.State.LATER)
    elif choice == SKIP and suggestion.skip:
        done = Done(says=_("Left as it is."), rest=_left_for(suggestion), state=Act.State.SKIPPED)
    elif choice in {each.code for each in suggestion.choices}:
        done = KINDS[suggestion.kind].do(desk, suggestion, choice)
    else:
        raise NotYours
    act = _keep(desk, suggestion, done)
    for word in done.tell:
        tell(community=community, by=by, act=act, **word)
    audit.write(f"desk.{done.state}", actor=by, on=desk.term, kind=suggestion.kind)
    return Taken(act, done.says, done.go)


def tell(**word: object) -> Word:
    """Keep a word for one person, and let the channels know that there is one."""
    made = Word.objects.create(**word)
    outbox.put("desk.word", word=str(made.pk))
    return made


def _left_for(suggestion: Suggestion) -> dt.timedelta:
    peace: dt.timedelta = getattr(KINDS[suggestion.kind], "PEACE", LEFT)
    return peace


def _was_taken(desk: Desk, key: str) -> bool:
    row = Act.objects.filter(community=desk.community, key=key).first()
    if row is None or row.state == Act.State.BEGUN:
        return False
    return row.again_on is None or row.again_on > desk.today


def _keep(desk: Desk, suggestion: Suggestion, done: Done) -> Act:
    again = desk.today + done.rest if done.rest is not None else None
    row, _new = Act.objects.update_or_create(
        community=desk.community,
        key=suggestion.key,
        defaults={
            "term": desk.term,
            "state": done.state,
            "says": _remembered(suggestion, done)[:200],
            "about": suggestion.about,
            "post": done.post,
            "at": now(),
            "again_on": again,
        },
    )
    return row


def _remembered(suggestion: Suggestion, done: Done) -> str:
    """For the list of today. Of what was left aside a name or a title: why it stood there is not kept."""
    if done.state in {Act.State.DONE, Act.State.BEGUN}:
        return done.says
    return suggestion.about.first_name if suggestion.about else suggestion.title


@transaction.atomic
def undo(*, by: Person, community: Community, act_id: uuid.UUID) -> None:
    """As if the button had not been pressed: what was said is taken back, and it is suggested again."""
    term = check_desk(by, community)
    act = (
        Act.objects.select_for_update(of=("self",))
        .filter(pk=act_id, community=community, term=term)
        .select_related("term__person", "post__community", "post__question")
        .first()
    )
    if act is None:
        raise NotYours
    kind = KINDS.get(act.key.partition(":")[0])
    if act.state == Act.State.DONE and kind is not None and hasattr(kind, "undo"):
        kind.undo(act)
    Word.objects.filter(act=act).delete()
    act.delete()
    audit.write("desk.undone", actor=by, on=term)
