"""Look at what was reported."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.conversations.queries.reports import Case, cases_for
from staffroom.core.ids import short
from staffroom.core.words import listed
from staffroom.facilitation.acts.shape import Choice, Desk, Done, Suggestion

KIND = "report"


def propose(desk: Desk) -> list[Suggestion]:
    return [
        Suggestion(
            kind=KIND,
            subject=short(case.post.pk),
            urgency=100,
            title=_title(case),
            reason=listed(case.reason_words),
            quote=case.post.text,
            language=case.post.language,
            choices=(Choice("look", _("Look at it")),),
            post=case.post,
            waits_for_nobody=True,
        )
        for case in cases_for(desk.person, desk.community)
    ]


def _title(case: Case) -> str:
    if case.appeal:
        return _("The author asks for a second look")
    if case.mended:
        return _("The author has changed what was returned")
    return ngettext("Reported by one of us", "Reported by %(n)s of us", case.members) % {
        "n": case.members
    }


def do(desk: Desk, suggestion: Suggestion, choice: str) -> Done:
    assert suggestion.post is not None
    return Done(
        says=_("You looked at what was reported."),
        go=reverse("decide", args=[desk.community.pk, suggestion.post.pk]),
        state="begun",
    )
