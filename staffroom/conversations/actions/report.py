from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for
from staffroom.conversations import sealed
from staffroom.conversations.models import Decision, Post, Report
from staffroom.conversations.permissions import gone
from staffroom.core import audit, outbox
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
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
    """The author of what is hidden, once."""
    community_for(person, post.community_id)
    if not sealed.wrote(person, post) or post.hidden_at is None or post.removed_at is not None:
        raise NotYours
    if Report.objects.filter(
        post=post, reason=Report.Reason.APPEAL, decision__isnull=False, decision__undone_at=None
    ).exists():
        raise Refused(_("A second look was taken, by somebody else than the first time."))


@transaction.atomic
def report(*, by: Person, post: Post, reason: str, note: str = "") -> Report:
    """A member asks the moderator for a look. Reporting twice is one report."""
    check_report(by, post)
    if reason not in Report.Reason.values or reason == Report.Reason.APPEAL:
        raise Refused(_("Choose what is the matter."), "reason")
    return _file(by, post, reason, _words(note))


@transaction.atomic
def appeal(*, by: Person, post: Post, note: str = "") -> Report:
    """The author asks for a second look at what was hidden; somebody else takes it."""
    check_appeal(by, post)
    # An appeal comes from the author: of an anonymous post it names nobody.
    filed = _file(None if post.anonymous else by, post, Report.Reason.APPEAL, _words(note))
    Decision.objects.filter(post=post, choice=Decision.Choice.HIDDEN, seen_at=None).update(
        seen_at=filed.at
    )
    return filed


def _words(note: str) -> str:
    words = one_line(note)
    if len(words) > MAX_NOTE:
        raise Refused(
            _("This has %(have)s characters; at most %(most)s fit.")
            % {"have": len(words), "most": MAX_NOTE},
            "note",
        )
    return words


def _file(by: Person | None, post: Post, reason: str, note: str) -> Report:
    if by is None and (known := post.reports.filter(decision=None, reason=reason).first()):
        return known
    try:
        with transaction.atomic():
            filed = Report.objects.create(post=post, reporter=by, reason=reason, note=note)
    except IntegrityError:  # one open report a person and post
        return Report.objects.get(post=post, reporter=by, decision=None)
    # Who reported stands in the report alone: neither the audit nor the outbox names them.
    audit.write("post.reported", actor=None, on=post, reason=reason)
    outbox.put("post.reported", post=str(post.pk))
    return filed
