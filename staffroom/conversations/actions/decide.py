import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for
from staffroom.conversations import sealed
from staffroom.conversations.actions import effects
from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.report import MAX_NOTE
from staffroom.conversations.deciders import check_decide
from staffroom.conversations.models import Decision, Post, Report
from staffroom.conversations.reasons import told_already
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import bounded
from staffroom.people.models import Person

Choice = Decision.Choice
#: How long a decision is taken back with one tap. Later there is the author's second look.
UNDO = dt.timedelta(days=7)
#: These the author reads, or those who are told: they need a sentence.
NEEDS_WORDS = (Choice.HIDDEN, Choice.REMINDED, Choice.RETURNED, Choice.PASSED)


class AlreadyDecided(Refused):
    """Somebody else was a moment faster; the message tells what they decided."""


@transaction.atomic
def decide(*, by: Person, post: Post, choice: str, why: str = "", rule: str = "") -> Decision:
    """Decide about a reported post. Reports that wait for it are closed by that.

    For an appeal, *keep* means: put it back. `rule` is one of the community's, in its words. What is
    passed on carries the code of those who read it as `decision.code`.
    """
    community_for(by, post.community_id)
    held = hold(post)
    check_decide(by, held)
    waiting = waiting_inside(held)
    if not waiting.exists():
        tell_what_was_decided(held)
    _check_choice(held, choice)
    words = clean_why(choice, why)
    code = effects.pass_on(by=by, post=held, why=words) if choice == Choice.PASSED else ""
    decision = settle(
        by=by,
        post=held,
        waiting=waiting,
        choice=choice,
        why="" if choice == Choice.PASSED else words,
        rule=one_line(rule)[:MAX_NOTE],
        room=effects.other_room(held.room) if choice == Choice.MOVED else "",
    )
    decision.code = code
    return decision


def waiting_inside(post: Post) -> QuerySet[Report]:
    """The open reports about a post that somebody inside decides."""
    return Report.objects.select_for_update().filter(post=post, decision=None, to=Report.To.INSIDE)


def settle(*, by: Person, post: Post, waiting: QuerySet[Report], **fields: Any) -> Decision:
    """Write the decision, do it, close the reports; the caller holds the post and has checked."""
    at = now()
    if post.hidden_at is not None:
        effects.show(post, at=at)
    kept, appealed = fields["choice"] == Choice.KEPT, _asked_by_author(waiting)
    if kept and appealed:
        effects.lift_cover(post, at=at)
    # Nobody is told of what was kept: it would only tell that somebody complained.
    if (kept and not appealed) or post.author_id == by.pk:
        fields["seen_at"] = at
    decision = Decision.objects.create(post=post, by=by, at=at, **fields)
    waiting.update(decision=decision)
    effects.apply(decision)
    audit.write(f"post.{decision.choice}", actor=by, on=post)
    outbox.put("post.decided", post=str(post.pk), choice=decision.choice)
    return decision


def _asked_by_author(waiting: QuerySet[Report]) -> bool:
    return waiting.filter(reason=Report.Reason.APPEAL).exists()


@transaction.atomic
def undo(*, by: Person, decision: Decision) -> None:
    """Take a decision back: the post stands as before, and its reports wait again."""
    community_for(by, decision.post.community_id)
    held = hold(decision.post)
    current = Decision.objects.select_for_update().get(pk=decision.pk)
    check_undo(by, held, current)
    if current.undone_at is not None:
        return
    if held.decisions.filter(at__gt=current.at, undone_at=None).exists():
        raise Refused(_("Something newer was decided about this; that can be taken back first."))
    current.undone_at = now()
    current.save(update_fields=["undone_at"])
    current.post = held
    effects.take_back(current)
    waiting = Report.objects.filter(post=held, decision=None).values("reporter")
    current.reports.exclude(reporter__in=waiting).update(decision=None)
    audit.write("decision.undone", actor=by, on=held)
    outbox.put("post.decided", post=str(held.pk), choice="undone")


def check_undo(person: Person, post: Post, decision: Decision) -> None:
    """Whoever decided, or may decide now; for a week. Neither what was passed on nor what the office
    or the author has gone on from.
    """
    if decision.by_id != person.pk:
        check_decide(person, post)
    if decision.choice == Choice.PASSED or decision.office or decision.mended_at is not None:
        raise NotYours
    if decision.undone_at is None and now() - decision.at > UNDO:
        raise Refused(
            _("This was decided more than a week ago. Its author may ask for a second look.")
        )


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
    raise AlreadyDecided(told_already(last))


def _check_choice(post: Post, choice: str) -> None:
    if choice not in Choice.values:
        raise Refused(_("Choose what shall happen."), "choice")
    if choice == Choice.MOVED and (post.question_id is not None or post.hidden_at is not None):
        raise Refused(_("A thread is moved as a whole, from its question."), "choice")
    if choice == Choice.COVERED and not post.photos.exists():
        raise Refused(_("There is no photo here."), "choice")


def clean_why(choice: str, why: str) -> str:
    words = one_line(why)
    if choice in NEEDS_WORDS and not words:
        raise Refused(
            _("Say why, in a sentence. The author reads it, and it stands where the post stood.")
            if choice != Choice.PASSED
            else _("Say in a sentence what troubles you. Only those who are named for it read it."),
            "why",
        )
    return bounded(words, MAX_NOTE, "why")
