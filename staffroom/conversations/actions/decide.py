from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for
from staffroom.conversations import sealed
from staffroom.conversations.actions.counting import hold, recount
from staffroom.conversations.actions.report import MAX_NOTE
from staffroom.conversations.deciders import check_decide
from staffroom.conversations.models import Decision, Post, Report
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person

Choice = Decision.Choice


class AlreadyDecided(Refused):
    """Somebody else was a moment faster; the message tells what they decided."""


@transaction.atomic
def decide(*, by: Person, post: Post, choice: str, why: str = "") -> Decision:
    """Keep a reported post, hide it, or remind its author of the ground rules.

    For an appeal, *keep* means: put it back. Reports that wait for this post are closed by it.
    """
    community_for(by, post.community_id)
    held = hold(post)
    check_decide(by, held)
    waiting = Report.objects.select_for_update().filter(post=held, decision=None)
    if not waiting.exists():
        tell_what_was_decided(held)
    words = _words(choice, why)
    if held.hidden_at is not None:
        _show(held)
    decision = Decision.objects.create(post=held, choice=choice, why=words, by=by)
    waiting.update(decision=decision)
    if choice == Choice.HIDDEN:
        _hide(held, words)
    audit.write(f"post.{choice}", actor=by, on=held)
    outbox.put("post.decided", post=str(held.pk), choice=choice)
    return decision


@transaction.atomic
def undo(*, by: Person, decision: Decision) -> None:
    """Take a decision back: the post stands as before, and its reports wait again."""
    community_for(by, decision.post.community_id)
    held = hold(decision.post)
    current = Decision.objects.select_for_update().get(pk=decision.pk)
    if current.by_id != by.pk:
        check_decide(by, held)
    if current.undone_at is not None:
        return
    if held.decisions.filter(at__gt=current.at, undone_at=None).exists():
        raise Refused(_("Something newer was decided about this; that can be taken back first."))
    current.undone_at = now()
    current.save(update_fields=["undone_at"])
    if current.choice == Choice.HIDDEN:
        _show(held)
    waiting = Report.objects.filter(post=held, decision=None).values("reporter")
    current.reports.exclude(reporter__in=waiting).update(decision=None)
    audit.write("decision.undone", actor=by, on=held)
    outbox.put("post.decided", post=str(held.pk), choice="undone")


@transaction.atomic
def see(*, by: Person, post: Post) -> None:
    """The author has read what was decided about own words."""
    community_for(by, post.community_id)
    if not sealed.wrote(by, post):
        raise NotYours
    post.decisions.filter(seen_at=None).update(seen_at=now())


def tell_what_was_decided(post: Post) -> None:
    """For whoever comes second."""
    last = post.decisions.filter(undone_at=None).select_related("by").order_by("-at").first()
    if last is None:
        raise NotYours
    said = {
        Choice.HIDDEN: _("%(name)s has decided already: hidden. The reason: %(why)s"),
        Choice.REMINDED: _("%(name)s has decided already: the author is reminded. %(why)s"),
        Choice.KEPT: _("%(name)s has decided already: it stays."),
    }[Choice(last.choice)]
    name = last.by.name if last.by else _("A colleague")
    raise AlreadyDecided(said % {"name": name, "why": last.why})


def _words(choice: str, why: str) -> str:
    if choice not in Choice.values:
        raise Refused(_("Choose what shall happen."), "choice")
    words = one_line(why)
    if choice != Choice.KEPT and not words:
        raise Refused(
            _("Say why, in a sentence. The author reads it, and it stands where the post stood."),
            "why",
        )
    if len(words) > MAX_NOTE:
        raise Refused(
            _("This has %(have)s characters; at most %(most)s fit.")
            % {"have": len(words), "most": MAX_NOTE},
            "why",
        )
    return words


def _hide(post: Post, why: str) -> None:
    post.hidden_at, post.hidden_why, post.pinned_at = now(), why, None
    _save(post)


def _show(post: Post) -> None:
    post.decisions.filter(choice=Choice.HIDDEN, undone_at=None).update(undone_at=now())
    post.hidden_at, post.hidden_why = None, ""
    _save(post)


def _save(post: Post) -> None:
    post.version += 1
    post.save(update_fields=["hidden_at", "hidden_why", "pinned_at", "version"])
    if post.question is not None:
        recount(post.question)
