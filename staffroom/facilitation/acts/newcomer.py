"""Welcome whoever is new."""

import datetime as dt

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.communities.models import Membership
from staffroom.conversations.actions import remove, say
from staffroom.conversations.models import Mention
from staffroom.core.ids import short
from staffroom.core.templatetags.ui import day
from staffroom.facilitation.acts.shape import Choice, Desk, Done, Suggestion
from staffroom.facilitation.models import Act

KIND = "newcomer"
NEW = dt.timedelta(days=14)
#: Whoever was there within a day of the beginning founded it with the others.
BEGINNING = dt.timedelta(days=1)


def propose(desk: Desk) -> list[Suggestion]:
    new = [each for each in desk.members if _is_new(desk, each)]
    if not new:
        return []
    named = Mention.objects.filter(
        post__community=desk.community,
        person__in=[each.person_id for each in new],
        post__removed_at=None,
    ).values_list("person_id", "post__created_at")
    greeted = {
        each.person_id
        for each in new
        if any(who == each.person_id and _since(each, at) for who, at in named)
    }
    return [_suggest(desk, each) for each in new if each.person_id not in greeted]


def _since(membership: Membership, at: dt.datetime) -> bool:
    return membership.joined_at is not None and at >= membership.joined_at


def _is_new(desk: Desk, membership: Membership) -> bool:
    joined = membership.joined_at
    if joined is None or membership.person_id == desk.person.pk:
        return False
    began = desk.community.opened_at or desk.community.created_at
    return desk.now - joined < NEW and joined - began > BEGINNING


def _suggest(desk: Desk, membership: Membership) -> Suggestion:
    person = membership.person
    assert membership.joined_at is not None
    when = day(membership.joined_at)
    return Suggestion(
        kind=KIND,
        subject=short(membership.pk),
        urgency=70,
        title=_("%(name)s is new") % {"name": person.first_name},
        reason=_("Joined: %(when)s. Nobody has said a welcome yet.") % {"when": when},
        quote=_greeting(desk, membership),
        language=desk.community.language,
        choices=(
            Choice("say", _("Say this")),
            Choice("self", _("In my own words")),
        ),
        skip=_("Not needed"),
        about=person,
    )


def _greeting(desk: Desk, membership: Membership) -> str:
    """In the community's language, for all to read; the name so that it is seen on Today."""
    with translation.override(desk.community.language):
        return _(
            "Welcome among us, @%(name)s. Ask whatever your class asks you; none of us knows everything."
        ) % {"name": membership.person.name}


def do(desk: Desk, suggestion: Suggestion, choice: str) -> Done:
    assert suggestion.about is not None
    says = _("You welcomed %(name)s.") % {"name": suggestion.about.first_name}
    if choice == "self":
        page = reverse("stream", args=[desk.community.pk])
        return Done(says=says, go=f"{page}#bottom", state="begun")
    post = say(
        by=desk.person,
        community=desk.community,
        text=suggestion.quote,
        language=desk.community.language,
    )
    return Done(says=says, post=post)


def undo(act: Act) -> None:
    if act.post is not None:
        remove(by=act.term.person, post=act.post)
