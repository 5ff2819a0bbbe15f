"""What this room holds about one person: to take along, and to be forgotten."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from staffroom.conversations import sealed
from staffroom.conversations.actions.counting import recount
from staffroom.conversations.actions.photos import forget
from staffroom.conversations.actions.trusting import words_gone
from staffroom.conversations.models import (
    Helped,
    Mention,
    Photo,
    Post,
    ReadMark,
    Revision,
    TextPrint,
    Thanks,
)
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.retrieval import entries
from staffroom.people.models import Person


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything the person wrote here, with the earlier texts, and whom they thanked for what.

    What was asked without a name is left out: this file may be asked for by somebody else. Its
    author finds it on a page of its own (`views.without_name`).
    """
    posts = Post.objects.filter(author=person).select_related("community").order_by("created_at")
    return {
        "posts": [_written(post) for post in posts.prefetch_related("revisions")],
        "helped": _marks(Helped, person),
        "thanks": _marks(Thanks, person),
    }


def _written(post: Post) -> dict[str, Any]:
    return {
        "id": str(post.pk),
        "community": post.community.name,
        "room": post.room,
        "kind": post.kind,
        "written": post.created_at.isoformat(),
        "edited": post.edited_at.isoformat() if post.edited_at else None,
        "removed": post.removed_at.isoformat() if post.removed_at else None,
        "topic": post.topic,
        "grade": post.grade,
        "text": post.text,
        "saying": post.saying,
        "answers_to": str(post.question_id) if post.question_id else None,
        "earlier": [revision.text for revision in post.revisions.all()],
    }


def _marks(kind: Any, person: Person) -> list[dict[str, Any]]:
    return [
        {"post": str(mark.post_id), "at": mark.at.isoformat()}
        for mark in kind.objects.filter(person=person).order_by("at")
    ]


def erase(person: Person, keep_contributions: bool) -> None:
    """Forget the person: what they wrote stays without a name, or its words go too.

    Marks (helped, thanks) and reading go in either case, and the counts follow. Celebrations of
    the person lose the words: a name may stand in them.
    """
    nameless = sealed.forget(person)
    posts = Post.objects.filter(Q(author=person) | Q(pk__in=nameless))
    if not keep_contributions:
        Revision.objects.filter(post__in=posts).delete()
        Post.objects.filter(quotes__in=posts).update(quoted_text="", version=F("version") + 1)
        standing = posts.filter(removed_at=None)
        standing.filter(anonymous=True).update(removed_at=F("created_at"), pinned_at=None)
        standing.update(removed_at=now(), pinned_at=None)
        entries.forget(posts.values("pk"))
        words_gone(list(posts.values_list("pk", flat=True)))
        TextPrint.objects.filter(post__in=posts).delete()
        posts.update(text="", topic="", saying="", quoted_text="")
    celebrations = Post.objects.filter(about=person)
    Revision.objects.filter(post__in=celebrations).delete()
    entries.forget(celebrations.values("pk"))
    celebrations.filter(removed_at=None).update(removed_at=now())
    celebrations.update(text="", about=None, version=F("version") + 1)
    touched = _forget_marks(person)
    questions = list(posts.filter(question__isnull=False).values_list("question", flat=True))
    if not keep_contributions:
        _forget_photos(nameless)
    posts.update(author=None, version=F("version") + 1)
    for question in Post.objects.filter(pk__in=[*questions, *touched], kind=Post.Kind.QUESTION):
        recount(question)
    audit.write("posts.erased", actor=None, kept=keep_contributions)


def _forget_photos(posts: Iterable[uuid.UUID]) -> None:
    for photo in Photo.objects.filter(post__in=list(posts)):
        forget(photo)


def _forget_marks(person: Person) -> list[Any]:
    """Take the person's marks away; the questions whose counts change."""
    questions: list[Any] = []
    for kind, field in ((Helped, "helped_count"), (Thanks, "thanks_count")):
        marked = list(kind.objects.filter(person=person).values_list("post", flat=True))
        questions += Post.objects.filter(pk__in=marked).values_list("question", flat=True)
        kind.objects.filter(person=person).delete()
        Post.objects.filter(pk__in=marked).update(
            **{field: F(field) - 1, "version": F("version") + 1}
        )
    Mention.objects.filter(person=person).delete()
    ReadMark.objects.filter(person=person).delete()
    return [question for question in questions if question]
