"""Answer a question that nobody has answered, or put it before somebody who may know."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities.levers import lever
from staffroom.conversations.models import Post
from staffroom.conversations.queries.news import RISES
from staffroom.core.ids import short
from staffroom.core.templatetags.ui import ago, day
from staffroom.facilitation.acts.shape import Choice, Desk, Done, Suggestion
from staffroom.facilitation.knowing import Answered, who_may_know
from staffroom.facilitation.models import Word
from staffroom.methods.text.stem import small_words, stems

KIND = "question"
#: Before that the members themselves are quick enough.
PATIENCE = dt.timedelta(hours=12)
#: Nobody is asked for an answer twice within so many days.
SPARED = dt.timedelta(days=3)
MOST, REMEMBERED = 5, 300
#: Asked, and still nobody answered: then it is suggested again.
REST = dt.timedelta(days=2)


def propose(desk: Desk) -> list[Suggestion]:
    waiting = list(
        Post.objects.filter(
            community=desk.community,
            room=Post.Room.LESSONS,
            kind=Post.Kind.QUESTION,
            answer_count=0,
            solved_at=None,
            removed_at=None,
            hidden_at=None,
            created_at__range=(desk.now - RISES, desk.now - PATIENCE),
        )
        .exclude(author=desk.person)
        .order_by("created_at", "id")[:MOST]
    )
    if not waiting:
        return []
    before, spared = _answered(desk), _asked_lately(desk)
    advisers = desk.advisers if lever(desk.community, "adviser") != "none" else []
    return [_suggest(desk, post, before, spared, bool(advisers)) for post in waiting]


def _suggest(
    desk: Desk, post: Post, before: list[Answered], spared: set[Any], advised: bool
) -> Suggestion:
    knows = who_may_know(
        _words(post), post.topic, before, but={*spared, post.author_id, desk.person.pk}
    )
    colleague = desk.others.get(knows)
    choices = [Choice("answer", _("Answer"))]
    if colleague is not None:
        ask = _("Ask %(name)s") % {"name": colleague.first_name}
        choices.insert(0, Choice("colleague", ask))
    if advised:
        choices.append(Choice("adviser", _("Ask the adviser")))
    reason = (
        _("%(name)s has answered something like it.") % {"name": colleague.first_name}
        if colleague is not None
        else ""
    )
    days = (desk.now - post.created_at).days
    return Suggestion(
        kind=KIND,
        subject=short(post.pk),
        urgency=60 + min(days * 3, 30),
        title=_("A question waits for an answer"),
        reason=reason or _("Asked: %(when)s") % {"when": _when(post)},
        quote=post.text,
        language=post.language,
        choices=tuple(choices),
        skip=_("Not needed"),
        post=post,
        colleague=colleague,
    )


def _when(post: Post) -> str:
    """Of what has no name no hour is told."""
    return day(post.created_at) if post.anonymous else ago(post.created_at)


def _answered(desk: Desk) -> list[Answered]:
    """What members answered before with their names."""
    rows = Post.objects.filter(
        community=desk.community,
        kind=Post.Kind.ANSWER,
        anonymous=False,
        author__in=list(desk.others),
        removed_at=None,
        hidden_at=None,
    ).select_related("question")
    return [
        Answered(
            by=row.author_id,
            words=_words(row.question) if row.question else frozenset(),
            topic=row.question.topic if row.question else "",
            helped=row.helped_count,
        )
        for row in rows.order_by("-created_at")[:REMEMBERED]
    ]


def _words(post: Post) -> frozenset[str]:
    text = f"{post.topic} {post.text}"
    return frozenset(stems(text, post.language or "en")) - small_words()


def _asked_lately(desk: Desk) -> set[Any]:
    return set(
        Word.objects.filter(
            community=desk.community, kind=Word.Kind.ASKED, at__gt=desk.now - SPARED
        ).values_list("person_id", flat=True)
    )


def do(desk: Desk, suggestion: Suggestion, choice: str) -> Done:
    post = suggestion.post
    assert post is not None
    if choice == "answer":
        page = reverse("question", args=[desk.community.pk, post.pk])
        return Done(says=_("A question has its answer."), go=f"{page}#bottom", state="begun")
    asked = desk.advisers if choice == "adviser" else [suggestion.colleague]
    tell = tuple({"person": who, "kind": Word.Kind.ASKED, "post": post} for who in asked if who)
    if choice == "adviser":
        says = _("The adviser is asked.")
    else:
        name = suggestion.colleague.first_name if suggestion.colleague else ""
        says = _("%(name)s is asked, on the page Today.") % {"name": name}
    return Done(says=says, post=post, tell=tell, rest=REST)
