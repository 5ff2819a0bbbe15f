"""What was brought becomes a question or a practice note: drafted by whoever leads, sent by its author."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.cascade.access_visits import check_reads
from staffroom.cascade.actions.handing import as_note, as_question
from staffroom.cascade.models import Brought, Harvest
from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import bounded, clean
from staffroom.people.models import Person

MOST = 3000
State = Harvest.State
#: The words of each kind.
WORDS: dict[str, tuple[str, ...]] = {
    Harvest.Kind.QUESTION: ("text",),
    Harvest.Kind.NOTE: ("problem", "worked"),
}


@transaction.atomic
def draft(
    *, by: Person, brought: Brought, kind: str, words: dict[str, str], title: str = ""
) -> Harvest:
    """Whoever leads the day drafts; until its author says yes, it is nowhere else."""
    check_reads(by, brought)
    if kind not in WORDS:
        raise Refused(_("Please choose one."), "kind")
    said = {name: clean(words.get(name, ""), most=MOST, field=name) for name in WORDS[kind]}
    head = bounded(one_line(title), 100, "title")
    if kind == Harvest.Kind.NOTE and not head:
        raise Refused(_("Write a few words first."), "title")
    known = Harvest.objects.select_for_update().filter(brought=brought, kind=kind).first()
    if known is not None and known.state != State.WAITING:
        raise Refused(_("This was answered already. What its author decided stands."))
    made, _new = Harvest.objects.update_or_create(
        brought=brought,
        kind=kind,
        defaults={"title": head, "words": said, "proposed_by": by, "at": now()},
    )
    audit.write("harvest.drafted", actor=by, on=made, kind=kind)
    outbox.put("harvest.drafted", harvest=str(made.pk))
    return made


@transaction.atomic
def accept(
    *,
    by: Person,
    harvest: Harvest,
    community: Community,
    words: dict[str, str],
    name_me: bool = False,
) -> Harvest:
    """The author's one tap: with the words as they stand, or as the author changed them."""
    held = _hold(by, harvest)
    if held.state == State.YES:
        return held
    if held.kind == Harvest.Kind.QUESTION:
        made: uuid.UUID = as_question(
            by=by, community=community, text=words.get("text", ""), id=held.pk
        ).pk
    else:
        made = as_note(by=by, community=community, words=words, name_me=name_me).pk
    held.state, held.community, held.made_id, held.answered_at = State.YES, community, made, now()
    held.save(update_fields=["state", "community", "made_id", "answered_at"])
    audit.write("harvest.accepted", actor=by, on=held)
    return held


@transaction.atomic
def refuse(*, by: Person, harvest: Harvest) -> None:
    """No: nothing becomes of it, and nobody asks again."""
    held = _hold(by, harvest)
    if held.state == State.WAITING:
        held.state, held.answered_at, held.words = State.NO, now(), {}
        held.save(update_fields=["state", "answered_at", "words"])
        audit.write("harvest.refused", actor=by, on=held)


def _hold(by: Person, harvest: Harvest) -> Harvest:
    rows = Harvest.objects.select_for_update(of=("self",)).select_related("brought")
    held = rows.filter(pk=harvest.pk, brought__person=by).first()
    if held is None:
        raise NotYours
    return held
