"""Words without a command: we ask what is meant, and keep them until it is said; a day at most."""

from typing import Any

from django.utils.translation import gettext as _

from staffroom.channels.switchboard.actions import confirming, kept, posting
from staffroom.channels.switchboard.actions.media import File
from staffroom.channels.switchboard.actions.posting import Letter
from staffroom.channels.switchboard.actions.turn import Turn, post_id
from staffroom.channels.switchboard.messages import Button
from staffroom.channels.switchboard.models import Numbered, Pending
from staffroom.channels.switchboard.queries import people, posts
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.communities.access import community_for
from staffroom.conversations.models import Post
from staffroom.core.errors import Refused
from staffroom.core.ids import from_short, short

MOST_FILES = 4


def ask(turn: Turn, text: str, guess: str = "") -> Say:
    """What is this? Several messages in a row are one, until it is said."""
    pending = kept.pending_of(turn.link)
    words = kept.words_of(pending) if pending is not None and pending.want == "mean" else {}
    files = words.get("files", [])
    if turn.event.media is not None:
        files = [*files, File.of(turn.event).kept()][:MOST_FILES]
    words = {
        "text": "\n".join(filter(None, [words.get("text", ""), text])),
        "event": words.get("event", turn.event.id),
        "files": files,
    }
    buttons = _buttons(turn, guess)
    kept.ask(turn.link, "mean", [each.key for each in buttons], words)
    return Say(_("What is this? It is kept until you say."), buttons)


def _buttons(turn: Turn, guess: str) -> tuple[Button, ...]:
    found = [Button("m:ask", _("A question")), Button("m:say", _("A message"))]
    if guess == "say":
        found.reverse()
    last = Numbered.objects.filter(link=turn.link).order_by("-at", "-pk").first()
    if last is not None:
        found.insert(
            0, Button(f"m:{short(last.post_id)}", _("An answer to %(n)s") % {"n": last.number})
        )
    return (*found, Button("m:no", _("Forget it")))


def choose(turn: Turn, what: str) -> list[Say]:
    """It is said: as that it is posted."""
    pending = kept.pending_of(turn.link)
    words = (
        kept.words_of(pending) if pending is not None and pending.want in ("mean", "place") else {}
    )
    if not words:
        return [Say(_("Nothing waits here. Write it again, please."))]
    if what == "no":
        kept.forget(turn.link)
        return [Say(_("Forgotten."))]
    return _post(turn, words, what)


def _post(turn: Turn, words: dict[str, Any], what: str) -> list[Say]:
    letter = Letter(
        by=turn.person,
        id=post_id(turn.channel.key, words["event"]),
        text=words["text"],
        at=turn.event.at,
        brought=turn.brought,
    )
    if what not in ("ask", "say"):
        posted = posting.reply(letter, _meant(turn, what))
    else:
        place = people.place_of(turn.link)
        if place is None:
            return [which_place(turn, words | {"as": what})]
        posted = posting.ask(letter, place) if what == "ask" else posting.say(letter, place)
    kept.forget(turn.link)
    posting.mark(turn.channel.key, words["event"], posted.post, turn.event.at, link=turn.link)
    return confirming.posted(turn, posted)


def _meant(turn: Turn, what: str) -> Post:
    row = Numbered.objects.select_related("post__question").filter(
        link=turn.link, post=from_short(what)
    )
    found = row.first()
    post = posts.readable(turn.person, found.post) if found else None
    if post is None:
        raise Refused(_("What you answer is no longer there."))
    turn.touches(post)
    return post


def which_place(turn: Turn, words: dict[str, Any]) -> Say:
    """In which community; the words wait for the answer."""
    places = people.places_of(turn.person)
    if not places:
        raise Refused(_("You are in no community yet. On the web you can find one."))
    buttons = tuple(Button(f"p:{short(each.pk)}", each.name) for each in places[:9])
    kept.ask(turn.link, "place", [each.key for each in buttons], words)
    return Say(_("In which community?"), buttons)


def choose_place(turn: Turn, key: str) -> list[Say]:
    """From now on one writes to this community; what waited goes there."""
    place = community_for(turn.person, from_short(key))
    type(turn.link).objects.filter(pk=turn.link.pk).update(community=place)
    turn.link.community = place
    pending = kept.pending_of(turn.link)
    words = kept.words_of(pending) if pending is not None and pending.want == "place" else {}
    if words.get("as"):
        return _post(turn, words, words["as"])
    kept.forget(turn.link)
    return [Say(_("You now write to %(name)s.") % {"name": place.name})]


def label_key(pending: Pending, number: int) -> str:
    """What a number of our list stands for."""
    return pending.options[number - 1] if 0 < number <= len(pending.options) else ""
