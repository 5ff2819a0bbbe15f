"""The words for levels, states and reasons, and the groups in which news are shown."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staffroom.conversations.models import Post
from staffroom.notices import plain
from staffroom.notices.actions.choose import NOTHING
from staffroom.notices.models import Digest, Reach
from staffroom.notices.queries.news import News, Section

Level, State = Reach.Level, Digest.State

LEVELS: dict[str, Any] = {
    Level.EVERYTHING: gettext_lazy("Everything"),
    Level.CONCERNS: gettext_lazy("What concerns me, and questions"),
    Level.DIGEST: gettext_lazy("In the digest only"),
    NOTHING: gettext_lazy("Nothing"),
}
#: The same as choices, with what each means.
CHOICES: dict[str, Any] = {
    Level.EVERYTHING: gettext_lazy(
        "Everything: questions, answers to you, and how many other messages there are."
    ),
    Level.CONCERNS: gettext_lazy(
        "What concerns me, and questions: other messages are not counted."
    ),
    Level.DIGEST: gettext_lazy("In the digest only: nothing of it stands on What is new."),
    NOTHING: gettext_lazy(
        "Nothing: no counts and no notices, until you choose anew. You can read and write as before, and nobody is told."
    ),
}
STATES: dict[str, Any] = {
    State.WAITING: gettext_lazy("Waiting to be sent"),
    State.TRYING: gettext_lazy("Waiting to be sent"),
    State.SENT: gettext_lazy("Sent"),
    State.FAILED: gettext_lazy("Not sent"),
}
#: Why a digest is on the page alone.
WHY: dict[str, Any] = {
    "number": gettext_lazy("Your number cannot be reached, or your phone is reported lost."),
    "browser": gettext_lazy("No phone of yours takes notifications now. Turn them on there anew."),
    "address": gettext_lazy("Your e-mail address takes no letters."),
    "later": gettext_lazy("The network did not take it in time. The next digest is tried again."),
    "unknown": gettext_lazy(
        "The network did not say whether it took it. It is not sent again, so that it never comes twice."
    ),
    "cap": gettext_lazy("This month’s text messages are used up."),
    "off": gettext_lazy("Your programme does not send digests by text message."),
    "stopped": gettext_lazy("You stopped the messages before it was sent."),
}


@dataclass(frozen=True)
class Group:
    """One fold: its title, its lines, and whether it stands open."""

    icon: str
    title: str
    rows: list[dict[str, str]]
    open: bool = False


@dataclass(frozen=True)
class Shown:
    """One community's news, or with no community what belongs to none."""

    community: Any
    groups: list[Group]


def shown(news: News) -> list[Shown]:
    """The news as a page shows them: by community, folded by kind."""
    found = [Shown(each.community, _groups(each)) for each in news.sections]
    rest = [group for group in (_corrections(news), _invitations(news)) if group.rows]
    return [*found, Shown(None, rest)] if rest else found


def _groups(section: Section) -> list[Group]:
    here = section.community.pk
    n = len(section.answers)
    asked = len(section.questions)
    if section.mine:
        questions = ngettext(
            "%(n)s question of your subject", "%(n)s questions of your subject", asked
        )
    else:
        questions = ngettext("%(n)s question", "%(n)s questions", asked)
    groups = [
        Group(
            "ask",
            ngettext("%(n)s answer to you", "%(n)s answers to you", n) % {"n": n},
            [_row(post) for post in section.answers],
            open=True,
        ),
        Group("say", _("Somebody named you"), [_row(post) for post in section.named], open=True),
        Group(
            "flag",
            _("A word about your post"),
            [_decided(here, each.post_id) for each in section.decisions],
            open=True,
        ),
        Group("book", questions % {"n": asked}, [_row(post) for post in section.questions]),
        Group("talk", plain.others(section.others), _others(section)),
    ]
    return [group for group in groups if group.rows]


def _row(post: Post) -> dict[str, str]:
    kind = "question" if post.kind == Post.Kind.QUESTION or post.question_id else "post"
    return {
        "url": reverse(kind, args=[post.community_id, post.question_id or post.pk]),
        "title": plain.who(post),
        "text": plain.words(post),
        "language": post.language,
    }


def _decided(community: uuid.UUID, post: uuid.UUID) -> dict[str, str]:
    return {
        "url": reverse("word", args=[community, post]),
        "title": _("Read what was decided"),
        "text": "",
    }


def _others(section: Section) -> list[dict[str, str]]:
    if not section.others:
        return []
    url = reverse("stream", args=[section.community.pk]) + "#new"
    return [{"url": url, "title": _("Go there"), "text": ""}]


def _corrections(news: News) -> Group:
    rows = [
        {
            "url": reverse("trust", args=[word.thing.kind, word.thing.id]),
            "title": plain.heard(word.what),
            "text": word.thing.title,
            "language": word.thing.language,
        }
        for word in news.corrections
    ]
    return Group("stamp", _("About what you read"), rows, open=True)


def _invitations(news: News) -> Group:
    rows = [
        {
            "url": reverse("invitation", args=[each.pk]),
            "title": _("You are invited to %(name)s.") % {"name": each.community.name},
            "text": "",
        }
        for each in news.invitations
    ]
    return Group("plus", _("Invitations"), rows, open=True)
