"""The programme's office looks at one post, as its author asked, and reads nothing else here."""

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.conversations import sealed
from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.decide import (
    AlreadyDecided,
    Choice,
    clean_why,
    settle,
)
from staffroom.conversations.models import Decision, Report
from staffroom.conversations.queries.appeals import ROLES
from staffroom.conversations.reasons import told_already
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person


def check_look(person: Person, appeal: Report) -> None:
    """Of the programme's office, not barred by the wall, not the author; of what was asked of it."""
    if appeal.reason != Report.Reason.APPEAL or appeal.to != Report.To.OFFICE:
        raise NotYours
    if not offices.tends(person, appeal.post.community, *ROLES):
        raise NotYours
    if sealed.wrote(person, appeal.post):
        raise NotYours


@transaction.atomic
def decide_appeal(*, by: Person, appeal: Report, choice: str, why: str = "") -> Decision:
    """Put the post back, or leave it hidden with a reason."""
    check_look(by, appeal)
    post = hold(appeal.post)
    waiting = Report.objects.select_for_update().filter(pk=appeal.pk, decision=None)
    if not waiting.exists():
        raise _told(appeal)
    if post.removed_at is not None:
        raise Refused(_("Its author has removed it. There is nothing left to decide."))
    if choice not in (Choice.KEPT, Choice.HIDDEN):
        raise Refused(_("Choose what shall happen."), "choice")
    words = clean_why(choice, why)
    covered = post.hidden_at is None
    if covered and choice == Choice.HIDDEN:
        choice = Choice.COVERED
    return settle(by=by, post=post, waiting=waiting, choice=choice, why=words, office=True)


def _told(appeal: Report) -> AlreadyDecided:
    decision = Report.objects.select_related("decision__by").get(pk=appeal.pk).decision
    assert decision is not None
    return AlreadyDecided(told_already(decision))
