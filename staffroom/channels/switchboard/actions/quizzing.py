"""Quizzes and polls by message: one question at a time, kept by the same action as on the web."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from staffroom.channels.switchboard.actions import kept
from staffroom.channels.switchboard.actions.turn import Turn
from staffroom.channels.switchboard.messages import Button
from staffroom.channels.switchboard.models import Pending
from staffroom.channels.switchboard.queries import posts
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.channels.switchboard.telling import address
from staffroom.conversations.models import Post
from staffroom.core.errors import NotYours
from staffroom.core.ids import NOBODY
from staffroom.core.words import listed
from staffroom.instruments import actions, message
from staffroom.instruments.models import Item, Version
from staffroom.instruments.queries.current import newest, response_of
from staffroom.instruments.queries.results import results
from staffroom.instruments.reading import read
from staffroom.instruments.scoring import CHOOSING
from staffroom.instruments.showing import right_words
from staffroom.instruments.words import words
from staffroom.people.models import Person


def begin(turn: Turn, post: Post) -> Say:
    """The next question of it that this person has not answered."""
    assert post.instrument is not None
    if post.instrument.secret:
        turn.veil()  # who voted what is kept from everybody
    version = newest(post.instrument)
    if version is None:
        raise NotYours
    return _next(turn, post, version)


def _next(turn: Turn, post: Post, version: Version, before: str = "") -> Say:
    items = list(version.items.all())
    left = [item for item in items if item.pk not in _answered(turn.person, version)]
    asked = next((item for item in left if item.kind not in (Item.Kind.PHOTO,)), None)
    if asked is None or version.instrument.closed:
        kept.forget(turn.link)
        return Say(
            "\n".join(filter(None, [before, _result(post, version, items, turn.person.language)]))
        )
    language = turn.person.language
    text = message.as_message(asked, language, place=items.index(asked) + 1, of=len(items))
    buttons = _buttons(asked, language)
    kept.ask(
        turn.link, "quiz", [each.key for each in buttons], {"post": str(post.pk), "item": asked.key}
    )
    if len(buttons) > turn.channel.can.buttons and len(buttons) > turn.channel.can.rows:
        buttons = ()  # the letters stand in the text already
    return Say("\n".join(filter(None, [before, text])), buttons)


def _answered(person: Person, version: Version) -> set[uuid.UUID]:
    response = response_of(person, version)
    return set(response.answers.values_list("item_id", flat=True)) if response else set()


def _buttons(item: Item, language: str) -> tuple[Button, ...]:
    if item.kind not in CHOOSING or item.kind == Item.Kind.MANY:
        return ()
    said = words(item, language)
    return tuple(Button(f"q:{item.key}:{each.key}", each.text) for each in said.choices)


def answer(turn: Turn, pending: Pending, text: str, key: str = "") -> Say:
    """What was answered, read as on the web; what cannot be read is refused with how to answer."""
    about = kept.words_of(pending)
    found = (
        Post.objects.select_related("instrument", "question")
        .filter(pk=about.get("post", str(NOBODY)))
        .first()
    )
    post = posts.readable(turn.person, found)
    if post is None or post.instrument is None:
        kept.forget(turn.link)
        raise NotYours
    if post.instrument.secret:
        turn.veil()
    version = newest(post.instrument)
    item = version.items.filter(key=about["item"]).first() if version else None
    if version is None or item is None:
        kept.forget(turn.link)
        raise NotYours
    value = _value(item, text, key, turn.person.language)
    actions.answer(by=turn.person, version=version, values={item.key: value})
    return _next(turn, post, version, _said(item, value, turn.person.language))


def _value(item: Item, text: str, key: str, language: str) -> Any:
    if key:
        return read(item, [key])
    return message.from_message(item, text, language)


def _said(item: Item, value: Any, language: str) -> str:
    """Of a quiz what is right, and why; of a poll that it is kept."""
    said = words(item, language)
    right = right_words(item, said)
    if not right:
        return _("Your answer is kept.")
    return "\n".join(
        filter(None, [_("Right is: %(answer)s") % {"answer": right}, said.explanation])
    )


def _result(post: Post, version: Version, items: list[Item], language: str) -> str:
    """As on the web: what all answered, from three people on."""
    found = results(version, language, items)
    lines = [
        listed([f"{bar.words}: {bar.percent} %" for bar in each.bars])
        for each in found.items[:1]
        if len(items) == 1
    ]
    return "\n".join([_("That was all. The results: %(link)s") % {"link": address(post)}, *lines])


def is_open(turn: Turn, post: Post) -> bool:
    """Whether there is a question in it that this person can still answer."""
    assert post.instrument is not None
    version = newest(post.instrument)
    if version is None or post.instrument.closed:
        return False
    return version.items.exclude(pk__in=_answered(turn.person, version)).exists()
