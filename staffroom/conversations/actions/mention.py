"""A post names a member: `@Wanjiku`, or `@Wanjiku Kamau` where two share a first name."""

import re
import uuid
from collections import Counter

from staffroom.communities.models import Membership
from staffroom.conversations.models import Mention, Post
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person

_AT = re.compile(r"(?<![\w.])@")  # not in the middle of an e-mail address


def named_in(text: str, people: list[Person]) -> list[Person]:
    """Whom of `people` the text names. A name that fits two names neither."""
    if "@" not in text:
        return []
    full = Counter(_fold(person.name) for person in people)
    first = Counter(_fold(person.first_name) for person in people)
    found: list[Person] = []
    for piece in _AT.split(text)[1:]:
        words = _fold(piece)
        named = [p for p in people if _begins(words, _fold(p.name)) and full[_fold(p.name)] == 1]
        if not named:
            named = [
                p
                for p in people
                if _begins(words, _fold(p.first_name)) and first[_fold(p.first_name)] == 1
            ]
        found += [person for person in named[:1] if person not in found]
    return found


def mention(post: Post, *, new: bool = False) -> None:
    """Keep whom the post names, in the caller's transaction; those named before keep their mark."""
    if new and "@" not in post.text:
        return
    people = (
        [
            membership.person
            for membership in Membership.objects.filter(
                community=post.community_id, state=Membership.State.ACTIVE
            ).select_related("person")
            if membership.person_id != post.author_id
        ]
        if "@" in post.text
        else []
    )
    named = named_in(post.text, people)
    post.mentions.exclude(person__in=named).delete()
    for person in named:
        _row, new = Mention.objects.get_or_create(post=post, person=person)
        if new:
            outbox.put("post.mentioned", post=str(post.pk), person=str(person.pk))


def seen(*, by: Person, posts: list[Post]) -> None:
    """The member has seen these posts, and so that they name them."""
    if _UNSEEN.rows(by.pk):
        Mention.objects.filter(person=by, seen_at=None, post__in=posts).update(seen_at=now())


_UNSEEN = Prepared(
    lambda person: Mention.objects.filter(person=person, seen_at=None).values_list("pk")[:1],
    uuid.UUID,
)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _begins(words: str, name: str) -> bool:
    rest = words[len(name) : len(name) + 1]
    return bool(name) and words.startswith(name) and not rest.isalnum()
