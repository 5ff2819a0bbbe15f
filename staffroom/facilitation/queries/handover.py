"""A hand-over drafted from what happened in a term: what was asked, what is open, who came. No ranking,
and nobody's silence: whoever was quiet is told to nobody after the term."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.communities.models import Community, Membership, Term
from staffroom.conversations.models import Decision, Post
from staffroom.core.words import listed, semicolon

MOST, LONG = 5, 60


def draft(community: Community, term: Term) -> str:
    """In the words of whoever reads it now; the moderator changes it and goes on writing."""
    parts = [
        _counted(community, term),
        _open(community, term),
        _joined(community, term),
        _other(community, term),
        _("What goes well:"),
        _("What to watch:"),
    ]
    return "\n".join(part for part in parts if part)


def _questions(community: Community, term: Term) -> QuerySet[Post]:
    return Post.objects.filter(
        community=community,
        kind=Post.Kind.QUESTION,
        created_at__gte=term.starts,
        removed_at=None,
        hidden_at=None,
    )


def _counted(community: Community, term: Term) -> str:
    counts = _questions(community, term).aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(answer_count__gt=0)),
        solved=Count("pk", filter=Q(solved_at__isnull=False)),
    )
    asked = ngettext("%(n)s question was asked", "%(n)s questions were asked", counts["asked"])
    return _("%(asked)s; answered: %(answered)s, solved: %(solved)s.") % {
        "asked": asked % {"n": counts["asked"]},
        "answered": counts["answered"],
        "solved": counts["solved"],
    }


def _open(community: Community, term: Term) -> str:
    """What has no answer. Of a question without a name no word is copied: its author may remove it."""
    waiting = list(
        _questions(community, term)
        .filter(answer_count=0, solved_at=None)
        .order_by("created_at", "id")[: MOST + 1]
    )
    named = [_short(post) for post in waiting[:MOST] if not post.anonymous]
    nameless = sum(post.anonymous for post in waiting[:MOST])
    if nameless:
        named.append(
            ngettext("%(n)s without a name", "%(n)s without a name", nameless) % {"n": nameless}
        )
    if not named:
        return ""
    if len(waiting) > MOST:
        named.append("…")
    return _("Still open: %(questions)s.") % {"questions": listed(named, semicolon())}


def _short(post: Post) -> str:
    words = " ".join(post.text.split())
    text = words if len(words) <= LONG else words[:LONG].rsplit(" ", 1)[0] + "…"
    return f"“{text}”"


def _joined(community: Community, term: Term) -> str:
    new = Membership.objects.filter(
        community=community, state=Membership.State.ACTIVE, joined_at__gte=term.starts
    ).select_related("person")
    names = [each.person.name for each in new.order_by("joined_at", "id")[:20]]
    return _("New among us: %(names)s.") % {"names": listed(names)} if names else ""


def _other(community: Community, term: Term) -> str:
    prompts = Post.objects.filter(
        community=community, kind=Post.Kind.PROMPT, created_at__gte=term.starts, removed_at=None
    ).count()
    decided = Decision.objects.filter(
        post__community=community, at__gte=term.starts, undone_at=None
    ).count()
    return _("Prompts: %(prompts)s. Decisions about posts: %(decided)s.") % {
        "prompts": prompts,
        "decided": decided,
    }
