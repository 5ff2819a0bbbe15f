"""Asking without a name in a private chat: said before who sees what, and a yes is needed."""

import uuid

from django.utils.translation import gettext as _

from staffroom.channels.switchboard.actions import kept
from staffroom.channels.switchboard.actions.turn import Turn, post_id
from staffroom.channels.switchboard.messages import Button
from staffroom.channels.switchboard.queries import people
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.communities.access import community_for
from staffroom.communities.models import Community
from staffroom.conversations import actions
from staffroom.conversations.actions.anonymous import check_offered, pace
from staffroom.conversations.permissions import check_member
from staffroom.core.errors import Refused


def begin(turn: Turn, text: str) -> Say:
    """Before anything is posted: who sees what. The words are kept closed until the yes."""
    turn.veil()
    place = people.place_of(turn.link)
    if place is None:
        raise Refused(_("First say in which community, with GROUP. Then write it again."))
    check_member(turn.person, place)
    check_offered(place)
    if not text:
        raise Refused(_("Write the question behind it, in one message."))
    if turn.brought:
        raise Refused(_("By message, a question without a name is words alone."))
    kept.ask(
        turn.link,
        "nameless",
        ["n:yes", "n:no"],
        {"text": text, "place": str(place.pk), "event": turn.event.id},
        closed=True,
    )
    return Say(warning(place, turn), (Button("n:yes", _("Yes")), Button("n:no", _("No"))))


def warning(place: Community, turn: Turn) -> str:
    return _(
        "Without your name: in %(name)s everyone sees “A colleague”, and Staffroom keeps nothing that "
        "leads to you. But %(channel)s and the line carry your words and know your number, and they "
        "stay in this phone. Ask it so? Yes or no"
    ) % {"name": place.name, "channel": str(turn.channel.label)}


def choose(turn: Turn, yes: bool) -> Say:
    """Posted, or dropped. Either way nothing of it stays here."""
    pending = kept.pending_of(turn.link)
    turn.veil()
    if pending is None or pending.want != "nameless":
        return Say(_("Nothing waits for a yes or no."))
    words = kept.words_of(pending)
    kept.forget(turn.link)
    if not yes or not words:
        return Say(_("It was not asked, and it is gone."))
    place = community_for(turn.person, uuid.UUID(words["place"]))
    pace(turn.person)
    actions.ask_without_name(
        by=turn.person,
        community=place,
        text=words["text"],
        id=post_id(turn.channel.key, words["event"]),
    )
    return Say(_("It is asked, without your name. You see the answers on the web."))
