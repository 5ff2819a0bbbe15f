"""Thank somebody whose answer helped."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.conversations.actions import thank, unthank
from staffroom.conversations.models import Post, Thanks
from staffroom.core.ids import short
from staffroom.facilitation.acts.shape import Choice, Desk, Done, Suggestion
from staffroom.facilitation.models import Act
from staffroom.library.models import Trust

KIND = "thanks"
FRESH = dt.timedelta(days=7)
MOST = 10
DOUBTED = (Trust.State.CORRECTED, Trust.State.DISPUTED)


def propose(desk: Desk) -> list[Suggestion]:
    """Answers of this week that helped, one of each colleague, the newest first."""
    found = (
        Post.objects.filter(
            community=desk.community,
            kind=Post.Kind.ANSWER,
            anonymous=False,
            author__in=list(desk.others),
            helped_count__gt=0,
            created_at__gt=desk.now - FRESH,
            removed_at=None,
            hidden_at=None,
        )
        .exclude(trust__in=DOUBTED)
        .exclude(pk__in=Thanks.objects.filter(person=desk.person).values("post"))
        .select_related("author", "community", "question")
        .order_by("-created_at", "-id")[:MOST]
    )
    of_each = {post.author_id: post for post in reversed(found)}
    return [_suggest(post) for post in of_each.values()]


def _suggest(post: Post) -> Suggestion:
    assert post.author is not None
    helped = ngettext(
        "%(name)s’s answer helped one of us",
        "%(name)s’s answer helped %(n)s of us",
        post.helped_count,
    )
    return Suggestion(
        kind=KIND,
        subject=short(post.pk),
        urgency=30,
        title=helped % {"name": post.author.first_name, "n": post.helped_count},
        reason=_("A word of thanks keeps a good colleague going."),
        quote=post.text,
        language=post.language,
        choices=(Choice("thank", _("Thank %(name)s") % {"name": post.author.first_name}),),
        skip=_("Not needed"),
        about=post.author,
        post=post,
    )


def do(desk: Desk, suggestion: Suggestion, choice: str) -> Done:
    assert suggestion.post is not None
    assert suggestion.about is not None
    thank(by=desk.person, post=suggestion.post)
    says = _("You thanked %(name)s.") % {"name": suggestion.about.first_name}
    return Done(says=says, post=suggestion.post)


def undo(act: Act) -> None:
    if act.post is not None:
        unthank(by=act.term.person, post=act.post)
