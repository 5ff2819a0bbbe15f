"""A member names what a colleague's idea changed; the colleague decides whether others see it."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.communities.access import is_member
from staffroom.communities.levers import lever
from staffroom.communities.models import Community
from staffroom.conversations.actions import celebrate
from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.tracing import trace
from staffroom.conversations.actions.writing import about_words, clean
from staffroom.conversations.permissions import check_member
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.people.models import Person
from staffroom.rhythm.models.recognition import Recognition
from staffroom.rhythm.queries.recognition import stands

MAX_HAPPENED = 600
MAX_SAYING = 120
State = Recognition.State


def check_name(person: Person, community: Community) -> None:
    """A member, in an open community whose design encourages celebrations."""
    check_member(person, community)
    if lever(community, "recognition") != "on":
        raise Refused(_("By its design this community goes without celebrations."))


@transaction.atomic
def name_change(
    *,
    by: Person,
    community: Community,
    about: Person,
    change: str,
    happened: str,
    saying: str = "",
    came: str = "",
    thing: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
) -> Recognition:
    """Tell a colleague what their idea changed. They alone hear of it. Sent twice it counts once."""
    check_name(by, community)
    if about.pk == by.pk:
        raise Refused(_("Celebrate a colleague. Your own news is welcome as a message."), "about")
    if not is_member(about, community):
        raise Refused(_("Choose somebody who is here."), "about")
    if change not in Recognition.Change.values:
        raise Refused(_("Please choose one."), "change")
    if thing is not None and not stands(community, about, came, thing):
        raise Refused(_("This is no longer there. Choose another, or none."), "source")
    made = Recognition(
        id=id or uuid7(),
        community=community,
        by=by,
        about=about,
        change=change,
        happened=clean(happened, most=MAX_HAPPENED, field="happened"),
        saying=about_words(saying, MAX_SAYING, "saying"),
        came=came if thing else "",
        thing=thing,
        at=now(),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        known = Recognition.objects.get(pk=made.pk)
        if known.by_id != by.pk or known.community_id != community.pk:
            raise NotYours from None
        return known
    audit.write("recognition.made", actor=by, on=made)
    outbox.put("recognition.made", recognition=str(made.pk))
    return made


@transaction.atomic
def share(*, by: Person, recognition: Recognition) -> None:
    """The colleague lets the community see it: it becomes a celebration in the stream."""
    held = _held(recognition)
    _check_about(by, held)
    if held.state == State.SHARED:
        return
    if held.by is None or not is_member(held.by, held.community):
        raise Refused(_("Whoever said it is no longer here. You can keep it for yourself."))
    held.post = celebrate(
        by=held.by,
        community=held.community,
        about=held.about,
        text=held.happened,
        saying=held.saying,
    )
    _answer(held, State.SHARED, by)


@transaction.atomic
def keep(*, by: Person, recognition: Recognition) -> None:
    """For the colleague alone; what was shared is taken out of the stream."""
    held = _held(recognition)
    _check_about(by, held)
    if held.state != State.OWN:
        _take_out(held, by)
        _answer(held, State.OWN, by)


@transaction.atomic
def decline(*, by: Person, recognition: Recognition) -> None:
    """Gone: by the colleague, or taken back by whoever said it."""
    held = _held(recognition)
    if by.pk not in (held.about_id, held.by_id):
        raise NotYours
    _take_out(held, by)
    audit.write("recognition.removed", actor=by, on=held)
    held.delete()


def _held(recognition: Recognition) -> Recognition:
    found = (
        Recognition.objects.select_for_update(of=("self",))
        .select_related("community__programme", "about", "by")
        .filter(pk=recognition.pk)
        .first()
    )
    if found is None:
        raise NotYours
    return found


def _check_about(person: Person, held: Recognition) -> None:
    if held.about_id != person.pk or not is_member(person, held.community):
        raise NotYours


def _answer(held: Recognition, state: str, by: Person) -> None:
    held.state, held.answered_at = state, now()
    held.save(update_fields=["state", "answered_at", "post"])
    audit.write("recognition.answered", actor=by, on=held, state=state)


def _take_out(held: Recognition, by: Person) -> None:
    """The celebration leaves the stream; it stood there by the colleague's consent alone."""
    if held.post is None:
        return
    post = hold(held.post)
    if post.removed_at is None:
        post.removed_at, post.pinned_at = now(), None
        post.version += 1
        post.save(update_fields=["removed_at", "pinned_at", "version"])
        trace("post.removed", post, by=by)
    held.post = None
