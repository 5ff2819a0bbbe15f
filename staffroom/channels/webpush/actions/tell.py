"""What concerns a person is told as it comes: that there is something; words only to whoever wants them."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.channels.switchboard.messages import TryLater, Undeliverable
from staffroom.channels.webpush.knock import Gone, Note, knock
from staffroom.channels.webpush.models import Subscription
from staffroom.communities.models import Community
from staffroom.communities.queries.zones import zone_of
from staffroom.conversations.models import Mention, Post
from staffroom.conversations.queries.mutes import muted_ids
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.notices import plain, quiet
from staffroom.notices.models import Preference, Reach
from staffroom.notices.queries.reach import Places, places_of, preference_of
from staffroom.people.models import Person

TOPIC = "webpush.tell"
#: Later than this the page and the digest tell it.
TOO_LATE = dt.timedelta(hours=20)
MOST_TRIES = 8


def written(payload: dict[str, Any]) -> None:
    """Handler of `post.written`: whose question this answers, whom it names."""
    post = Post.objects.select_related("question").filter(pk=uuid.UUID(payload["post"])).first()
    if post is None or _is_nameless(post):
        return
    people = set(Mention.objects.filter(post=post).values_list("person", flat=True))
    if post.question is not None and post.question.author_id is not None:
        people.add(post.question.author_id)
    _put(post, people - {post.author_id})


def mentioned(payload: dict[str, Any]) -> None:
    """Handler of `post.mentioned`: told once, whichever of the two comes first."""
    post = Post.objects.select_related("question").filter(pk=uuid.UUID(payload["post"])).first()
    if post is not None and not _is_nameless(post):
        _put(post, {uuid.UUID(payload["person"])})


def _is_nameless(post: Post) -> bool:
    """What has no name never goes as it comes: that would tell the minute, or whose question it is."""
    return post.anonymous or (post.question is not None and post.question.anonymous)


def _put(post: Post, people: set[uuid.UUID]) -> None:
    """One entry for each browser, so that one that is asleep does not ring the others again."""
    told = Subscription.objects.filter(person__in=people, at_once=True)
    for id in told.values_list("pk", flat=True):
        outbox.put(TOPIC, key=f"{TOPIC}:{id}:{post.pk}", to=str(id), post=str(post.pk))


def tell(payload: dict[str, Any]) -> None:
    """Handler of `webpush.tell`, outside any transaction. What to say is found now."""
    rows = Subscription.objects.select_related("person")
    subscription = rows.filter(pk=uuid.UUID(payload["to"])).first()
    posts = Post.objects.select_related("community__programme", "author", "question")
    post = posts.filter(pk=uuid.UUID(payload["post"])).first()
    if subscription is None or post is None or not _stands(post):
        return
    person, places = subscription.person, places_of(subscription.person)
    preference = preference_of(person)
    if not _wanted(subscription, post, places, preference):
        return
    here = now().astimezone(zone_of(person, places.readable))
    if quiet.is_quiet(person, here.time()):
        _later(payload, quiet.ends_at(person, here) - now())
        return
    give(subscription, note_of(person, post, words=preference.words), payload)


def _stands(post: Post) -> bool:
    gone = post.removed_at or post.hidden_at or _is_nameless(post)
    return not gone and now() < post.created_at + TOO_LATE


def _wanted(subscription: Subscription, post: Post, places: Places, preference: Preference) -> bool:
    """Still inside, not muted, no day of rest and no holiday."""
    person = subscription.person
    community: Community = post.community
    if not subscription.at_once or not person.is_active or community not in places.readable:
        return False
    if places.level(community) in ("", Reach.Level.DIGEST):
        return False
    if post.author_id in muted_ids(person):
        return False
    day = now().astimezone(zone_of(person, places.readable)).date()
    return not quiet.rests(preference, [community], day) and not quiet.Breaks().on(community, day)


def note_of(person: Person, post: Post, *, words: bool) -> Note:
    """In the person's language; the page behind it is asked for access like any other."""
    with translation.override(person.language):
        text = plain.line(post) if words else _("There is something new for you in Staffroom.")
    return note(person, text, _page_of(post))


def _page_of(post: Post) -> str:
    if post.question_id:
        return reverse("question", args=[post.community_id, post.question_id])
    return reverse("stream", args=[post.community_id])


def note(person: Person, text: str, path: str, **more: Any) -> Note:
    language = person.language or settings.LANGUAGE_CODE
    return Note(text, path, language, language in settings.LANGUAGES_BIDI, **more)


def give(subscription: Subscription, said: Note, payload: dict[str, Any]) -> None:
    """To one browser; a door behind which nobody is any more is forgotten."""
    try:
        knock(subscription, said)
    except Gone:
        Subscription.objects.filter(pk=subscription.pk).delete()
    except Undeliverable:
        return
    except TryLater as error:
        if payload.get("tries", 0) + 1 >= MOST_TRIES:
            return
        if error.after is None:
            raise  # the outbox waits longer each time
        _later(payload, dt.timedelta(seconds=error.after), tries=payload.get("tries", 0) + 1)


def _later(payload: dict[str, Any], wait: dt.timedelta, **more: Any) -> None:
    outbox.put(TOPIC, delay=wait, **(payload | more))
