from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for
from staffroom.conversations import sealed
from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.effects import cover
from staffroom.conversations.models import Decision, Post, Report
from staffroom.conversations.permissions import gone
from staffroom.conversations.queries.appeals import office_of
from staffroom.conversations.reasons import REASONS
from staffroom.core import audit, outbox
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import bounded
from staffroom.people.models import Person

MAX_NOTE = 300


def check_report(person: Person, post: Post) -> None:
    """Everyone inside may report what others wrote, in a resting community too."""
    community_for(person, post.community_id)
    if gone(post):
        raise NotYours
    if sealed.wrote(person, post):
        raise Refused(_("You wrote this yourself: you can change it or remove it."))


def check_appeal(person: Person, post: Post) -> None:
    """The author of what is hidden or covered, once."""
    community_for(person, post.community_id)
    if not sealed.wrote(person, post):
        raise NotYours
    covered = post.decisions.filter(choice=Decision.Choice.COVERED, undone_at=None)
    if post.hidden_at is None and not covered.exists():
        raise NotYours
    if post.removed_at is not None:
        raise Refused(_("You have removed this yourself, so nothing is left to put back."))
    if Report.objects.filter(
        post=post, reason=Report.Reason.APPEAL, decision__isnull=False, decision__undone_at=None
    ).exists():
        raise Refused(_("A second look was taken, by somebody else than the first time."))


@transaction.atomic
def report(*, by: Person, post: Post, reason: str, note: str = "") -> Report:
    """A member asks the moderator for a look. Reporting twice is one report."""
    check_report(by, post)
    if reason not in dict(REASONS):
        raise Refused(_("Choose what is the matter."), "reason")
    if reason == Report.Reason.PUPIL and post.photos.exists():
        return flag(by=by, post=post, note=note)
    return _file(by, post, reason, _words(note))


@transaction.atomic
def appeal(
    *,
    by: Person,
    post: Post,
    note: str = "",
    to: str = Report.To.INSIDE,
    agreed: bool = False,
) -> Report:
    """The author asks for a second look at what was hidden; somebody else takes it.

    Inside the community, or the programme's office, which then reads this post and nothing else:
    only if the author has agreed to that.
    """
    check_appeal(by, post)
    to = to or Report.To.INSIDE
    if to not in Report.To.values:
        raise Refused(_("Choose who shall look."), "to")
    if to == Report.To.OFFICE:
        _check_office(post, agreed)
    # An appeal comes from the author: of an anonymous post it names nobody.
    filed = _file(None if post.anonymous else by, post, Report.Reason.APPEAL, _words(note), to=to)
    post.decisions.filter(seen_at=None).update(seen_at=filed.at)
    return filed


def _check_office(post: Post, agreed: bool) -> None:
    if not office_of(post.community):
        raise Refused(_("The programme has nobody who could look. Ask inside."), "to")
    if not agreed:
        raise Refused(_("The office can look only if you agree that it reads this post."), "agreed")


@transaction.atomic
def flag(*, by: Person, post: Post, note: str = "") -> Report:
    """One tap: a pupil can be seen. The photos are covered until somebody has decided."""
    check_report(by, post)
    held = hold(post)
    photos = held.photos.all()
    if not photos.exists():
        raise NotYours
    filed = _file(by, post, Report.Reason.PUPIL, _words(note))
    # What was looked at and found fine is not covered again by everyone who sees it otherwise.
    if photos.filter(covered_at=None, cleared_at=None).exists():
        cover(held)
    return filed


def _words(note: str) -> str:
    words = one_line(note)
    return bounded(words, MAX_NOTE, "note")


def _file(
    by: Person | None, post: Post, reason: str, note: str, to: str = Report.To.INSIDE
) -> Report:
    if by is None and (known := post.reports.filter(decision=None, reason=reason).first()):
        return known
    try:
        with transaction.atomic():
            filed = Report.objects.create(post=post, reporter=by, reason=reason, note=note, to=to)
    except IntegrityError:  # one open report a person and post
        return Report.objects.get(post=post, reporter=by, decision=None)
    # Who reported stands in the report alone: neither the audit nor the outbox names them.
    audit.write("post.reported", actor=None, on=post, reason=reason)
    outbox.put("post.reported", post=str(post.pk))
    return filed
