"""Start this week's prompt."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.levers import acts, lever
from staffroom.conversations.actions.remove import remove
from staffroom.conversations.models import Post
from staffroom.facilitation.acts.shape import Choice, Desk, Done, Suggestion
from staffroom.facilitation.models import Act
from staffroom.rhythm.actions.prompts import start_prompt
from staffroom.rhythm.queries.prompts import suggestion

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
    words = suggestion(desk.community)
    choices = [Choice("choose", _("Choose one")), Choice("write", _("Write it"))]
    if words is not None:
        choices.insert(0, Choice(f"start.{words.key}", _("Put it before all of us")))
    year, week, _day = desk.today.isocalendar()
    return [
        Suggestion(
            kind=KIND,
            subject=f"{year}-W{week}",
            urgency=_urgency(desk),
            title=_("This week’s prompt"),
            reason=_("One question for all of us to think about, or something to bring."),
            quote=words.said(desk.community.language, desk.person.language) if words else "",
            language=words.tongue(desk.community.language, desk.person.language) if words else "",
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


def do(desk: Desk, _suggestion: Suggestion, choice: str) -> Done:
    if choice.startswith("start."):
        key = choice.removeprefix("start.")
        post = start_prompt(by=desk.person, community=desk.community, key=key)
        return Done(says=_("This week has its prompt."), post=post)
    page = "prompts" if choice == "choose" else "prompt"
    go = reverse(page, args=[desk.community.pk])
    return Done(says=_("This week has its prompt."), go=go, state="begun")


def undo(act: Act) -> None:
    """The prompt is taken back like any post of one's own."""
    if act.post is not None:
        remove(by=act.term.person, post=act.post)
