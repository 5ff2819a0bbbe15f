"""What this room says below a question, and what it does when words elsewhere change."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.models import Advisership, Membership
from staffroom.conversations.hooks import below_question
from staffroom.conversations.models import Post
from staffroom.core import hooks, outbox
from staffroom.core.clock import now
from staffroom.core.retention import Rule
from staffroom.edges.actions import returning, rising
from staffroom.edges.models import Crossing, Rise
from staffroom.people.models import Person

Notice = dict[str, Any]
#: No question rises earlier.
EARLIEST = dt.timedelta(hours=12)
#: When the postings of more people change at once, all crossings are looked at.
MANY = 500


def below(request: HttpRequest, question: Post, mine: bool) -> list[Notice]:
    """The asker is asked; who answers a question from elsewhere is told where it goes."""
    if question.travel == Post.Travel.IN:
        return _from_elsewhere(request, question)
    if question.travel == Post.Travel.OUT:
        return [_stands_elsewhere(question, mine)]
    if not mine or question.answer_count or question.solved_at:
        return []
    if question.created_at > now() - EARLIEST:
        return []
    rise = Rise.objects.filter(question=question, asked_at__isnull=False).first()
    return [_may_go(question, rise)] if rise is not None else []


def _may_go(question: Post, rise: Rise) -> Notice:
    said_no = rise.kept_at is not None or rise.back_at is not None
    return {
        "icon": "out",
        "text": _("You kept it here. It may still go to sister communities, without your name.")
        if said_no
        else _(
            "Nobody here has answered yet. With your yes the question goes to sister communities, without your name."
        ),
        "url": reverse("onward", args=[question.community_id, question.pk]),
        "do": _("Look, and decide"),
    }


def _stands_elsewhere(question: Post, mine: bool) -> Notice:
    notice: Notice = {
        "icon": "out",
        "text": _(
            "This question also stands in sister communities, without a name. Answers from there come back here."
        ),
    }
    if mine:
        notice["url"] = reverse("onward", args=[question.community_id, question.pk])
        notice["do"] = _("See where, or take it back")
    return notice


def _from_elsewhere(request: HttpRequest, question: Post) -> list[Notice]:
    notices: list[Notice] = [
        {
            "icon": "talk",
            "text": _(
                "Nobody in a sister community could answer this. What you answer goes back there, as from “a colleague of another community”."
            ),
            "more": _(
                "Only your words go, no photo, voice or file; you may let your name go along."
            ),
        }
    ]
    if not question.answer_count:
        return notices
    own = Post.objects.filter(
        question=question, author=request.user.pk, kind=Post.Kind.ANSWER,
        removed_at=None, hidden_at=None,
    ).exclude(text="")  # fmt: skip
    known = {
        each.origin_id: each
        for each in Crossing.objects.filter(
            origin__question=question, origin__author=request.user.pk
        )
    }
    return notices + [_credit(answer, known.get(answer.pk)) for answer in own[:5]]


def _credit(answer: Post, crossing: Crossing | None) -> Notice:
    named = crossing is not None and crossing.named_id is not None
    words = " ".join(answer.text.split())[:60]
    notice: Notice = {
        "icon": "out",
        "text": _("Your answer “%(words)s” goes back with your name and our community’s.")
        % {"words": words}
        if named
        else _("Your answer “%(words)s” goes back without a name.") % {"words": words},
        "buttons": [
            {
                "url": reverse("answer_credit", args=[answer.community_id, answer.pk]),
                "name": "say",
                "value": "hide" if named else "name",
                "words": _("Leave my name out") if named else _("Let my name go along"),
            }
        ],
    }
    if crossing is not None and crossing.thanked_at is not None:
        notice["more"] = _("They say: this helped, thank you.")
    return notice


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Answers that went to another community, and under which name."""
    crossings = Crossing.objects.filter(origin__author=person).select_related("origin")
    return {
        "answers_to_other_communities": [
            {"answer": str(each.origin_id), "named": each.named_id is not None}
            for each in crossings.filter(origin__kind=Post.Kind.ANSWER)
        ]
    }


def erase(person: Person, keep_contributions: bool) -> None:
    """Runs once the words are gone: what stands elsewhere follows, and no credit keeps the name."""
    Crossing.objects.filter(named=person).update(named=None)
    was = Membership.objects.filter(person=person).values_list("community", flat=True)
    advised = Advisership.objects.filter(person=person).values_list("community", flat=True)
    returning.mend(communities=set(was) | set(advised))


def postings_changed(person_ids: set[UUID]) -> None:
    """A wall may have risen between two communities."""
    if not Crossing.objects.exists():
        return
    if len(person_ids) > MANY:
        returning.mend()
        return
    members = Membership.objects.filter(person__in=person_ids).exclude(joined_at=None)
    advisers = Advisership.objects.filter(person__in=person_ids)
    near = set(members.values_list("community", flat=True)) | set(
        advisers.values_list("community", flat=True)
    )
    if near:
        returning.mend(communities=near)


def rules() -> list[Rule]:
    return [
        Rule(
            "rises",
            gettext_lazy("How far a question without an answer has risen; nobody’s name"),
            gettext_lazy("So that it finds an answer, and its asker is asked once"),
            days=365,
            least=90,
            most=1095,
            due=lambda before: Rise.objects.filter(rose_at__lt=before).exclude(
                question__travel=Post.Travel.OUT
            ),
        ),
        Rule(
            "crossings",
            gettext_lazy("Which words of one community stand in another, and under whose name"),
            gettext_lazy("So that they change and go together"),
            until=gettext_lazy("while the words stand"),
        ),
    ]


def register() -> None:
    below_question.add(below)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.postings_changed.add(postings_changed)
    hooks.retention.add(rules)
    hooks.nightly.add(rising.nightly)
    hooks.nightly.add(returning.mend_all)
    outbox.on("post.written", returning.written)
    for topic in ("post.edited", "post.removed", "post.restored", "post.decided"):
        outbox.on(topic, returning.changed)
    for topic in ("post.thanked", "post.helped"):
        outbox.on(topic, returning.thanked)
