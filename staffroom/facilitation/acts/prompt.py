"""Start this week's prompt."""

import datetime as dt

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.levers import acts, lever
from staffroom.conversations.models import Post
from staffroom.facilitation.acts.shape import Choice, Desk, Done, Suggestion

acts("prompts", gettext_lazy("The moderator’s desk suggests the prompt of the week."))
KIND = "prompt"


def propose(desk: Desk) -> list[Suggestion]:
    if lever(desk.community, "prompts") != "weekly":
        return []
    monday = desk.today - dt.timedelta(days=desk.today.weekday())
    begins = dt.datetime.combine(monday, dt.time(), desk.zone)
    this_week = Post.objects.filter(
        community=desk.community, kind=Post.Kind.PROMPT, created_at__gte=begins, removed_at=None
    )
    if this_week.exists():
        return []
    choices = [Choice("write", _("Write it"))]
    if _library(desk):
        choices.insert(0, Choice("choose", _("Choose one")))
    year, week, _day = desk.today.isocalendar()
    return [
        Suggestion(
            kind=KIND,
            subject=f"{year}-W{week}",
            urgency=_urgency(desk),
            title=_("This week’s prompt"),
            reason=_("One question for all of us to think about, or something to bring."),
            choices=tuple(choices),
            skip=_("Not this week"),
        )
    ]


def _urgency(desk: Desk) -> float:
    """More so on the day of the set time and the day before; and when the week grows old."""
    meets = desk.community.set_weekday
    if meets is not None and (meets - desk.today.weekday()) % 7 <= 1:
        return 80
    return 45 + 5 * desk.today.weekday()


def _library(desk: Desk) -> str:
    """The page where prompts are kept, if there is one."""
    try:
        return reverse("prompts", args=[desk.community.pk])
    except NoReverseMatch:
        return ""


def do(desk: Desk, suggestion: Suggestion, choice: str) -> Done:
    page = reverse("prompt", args=[desk.community.pk])
    if choice == "choose":
        page = _library(desk) or page
    return Done(says=_("This week has its prompt."), go=page, state="begun")
