"""The round: each shares one thing that is hard; it can become a question."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.actions.joining import break_the_ice
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community
from staffroom.conversations.actions import ask
from staffroom.conversations.actions.writing import clean
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_member, check_moderate, gone
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.rhythm.models import IceBreaker

acts(
    "icebreaker",
    gettext_lazy(
        "There is a round in which what is hard for each stands side by side; one’s own becomes a question with one tap."
    ),
)

MAX_TEXT = 600
MAX_WHY = 200


def wanted(community: Community) -> bool:
    """Whether the community's design has the round."""
    return lever(community, "icebreaker") == "challenge"


def check_share(by: Person, community: Community) -> None:
    """Members, in an open community whose design has the round."""
    check_member(by, community)
    if not wanted(community):
        raise Refused(
            _("Nobody is asked for a challenge in this community. You can change that together, under Our design.")
        )  # fmt: skip


@transaction.atomic
def share(*, by: Person, community: Community, text: str) -> IceBreaker:
    """One's own challenge, or new words for it; what the moderator hid is shown again with new words."""
    check_share(by, community)
    text = clean(text, most=MAX_TEXT)
    row, new = IceBreaker.objects.select_for_update().get_or_create(
        community=community, person=by, defaults={"text": text}
    )
    if not new and row.text != text:
        row.text, row.changed_at, row.hidden_at, row.hidden_why = text, now(), None, ""
        row.save(update_fields=["text", "changed_at", "hidden_at", "hidden_why"])
    break_the_ice(person=by, community=community)
    audit.write("icebreaker.shared" if new else "icebreaker.changed", actor=by, on=row)
    if new:
        outbox.put("icebreaker.shared", community=str(community.pk), icebreaker=str(row.pk))
    return row


@transaction.atomic
def take_back(*, by: Person, community: Community) -> None:
    """It is gone; the question that came of it stays."""
    check_member(by, community)
    row = IceBreaker.objects.filter(community=community, person=by).first()
    if row is None:
        raise NotYours
    audit.write("icebreaker.taken_back", actor=by, on=row)
    row.delete()


@transaction.atomic
def hide(*, by: Person, icebreaker: IceBreaker, why: str) -> None:
    """The moderator hides what does not belong here; its author reads why."""
    check_moderate(by, icebreaker.community)
    why = " ".join(why.split())[:MAX_WHY]
    if not why:
        raise Refused(_("Please say in a few words why."), "why")
    icebreaker.hidden_at, icebreaker.hidden_why = now(), why
    icebreaker.save(update_fields=["hidden_at", "hidden_why"])
    audit.write("icebreaker.hidden", actor=by, on=icebreaker)


@transaction.atomic
def make_question(*, by: Person, community: Community, id: uuid.UUID | None = None) -> Post:
    """One's own challenge becomes a question of the community; once."""
    check_member(by, community)
    row = (
        IceBreaker.objects.select_for_update(of=("self",))
        .select_related("question")
        .filter(community=community, person=by, hidden_at=None)
        .first()
    )
    if row is None:
        raise NotYours
    if row.question is not None and not gone(row.question):
        return row.question
    row.question = ask(by=by, community=community, text=row.text, id=id)
    row.save(update_fields=["question"])
    audit.write("icebreaker.asked", actor=by, on=row)
    return row.question
