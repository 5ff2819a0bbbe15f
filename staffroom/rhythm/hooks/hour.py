"""Where the hour shows itself: above the stream, in the menu, on the community's page; people and it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.hooks import about_rows
from staffroom.communities.models import Community
from staffroom.conversations import hooks as conversation_hooks
from staffroom.core import hooks, outbox
from staffroom.core.clock import now, today
from staffroom.core.retention import Rule
from staffroom.core.templatetags.ui import hour as hour_words
from staffroom.core.words import listed, weekday
from staffroom.people.models import Person
from staffroom.rhythm import hour as clock
from staffroom.rhythm.actions import hour as acting
from staffroom.rhythm.models import Gathering, NoReminders, Presence
from staffroom.rhythm.queries import hour as asking

Row = dict[str, str]


def above(request: HttpRequest) -> list[Row]:
    """Above the stream, at its time alone: the weekday and the hour tell whether to ask at all."""
    community: Community = request.community  # type: ignore[attr-defined]
    if community.set_hour is None:
        return []
    rows = []
    if asking.meeting_now(community):
        url = reverse("gathering", args=[community.pk])
        rows.append(
            _row(url, "talk", _("We meet now"), _("Come in, say that you are here if you like"))
        )
    elif been := asking.just_been(community):
        url = reverse("gathering_summary", args=[community.pk, been.pk])
        rows.append(
            _row(url, "book", _("What our hour brought"), _("Questions, answers, what was shared"))
        )
    hub = reverse("hour", args=[community.pk])
    if left_out := asking.skipped(community):
        day = date_format(left_out.day, "l j F")
        title = _("No gathering on %(day)s") % {"day": day}
        rows.append(_row(hub, "off", title, left_out.skipped_why))
    if community.set_since and now() - community.set_since < clock.HEARD:
        rows.append(_row(hub, "today", _("Our hour has changed"), when(community)))
    return rows  # fmt: skip


def today_rows(person: Person, communities: list[Community]) -> list[Row]:
    """On Today: an hour that was moved, and on its day one that is left out. Nothing is asked."""
    rows = []
    for each in communities:
        hub = reverse("hour", args=[each.pk])
        if each.stage != Community.Stage.OPEN or each.set_hour is None:
            continue
        if each.skip_day is not None and each.skip_day == today(each.timezone):
            rows.append(_row(hub, "off", _("No gathering today"), each.name))
        elif each.set_since and now() - each.set_since < clock.TOLD:
            rows.append(
                _row(hub, "today", _("Our hour has changed"), listed([each.name, when(each)]))
            )
    return rows[:3]  # fmt: skip


def _row(url: str, icon: str, title: str, text: str) -> Row:
    return {"url": url, "icon": icon, "title": title, "text": text}


def when(community: Community) -> str:
    """The weekday and the hour, as the language of the screen says them."""
    if community.set_hour is None or community.set_weekday is None:
        return ""
    return listed([weekday(community.set_weekday), hour_words(community.set_hour)])


def menu(request: HttpRequest) -> list[Row]:
    community: Community = request.community  # type: ignore[attr-defined]
    if community.set_hour is None:
        return []
    return [{"url": reverse("hour", args=[community.pk]), "icon": "today", "words": _("Our hour")}]


def on_the_page(request: HttpRequest) -> list[Row]:
    community: Community = request.community  # type: ignore[attr-defined]
    if not asking.weekly(community):
        return []
    text = when(community) or _("No set time yet")
    return [_row(reverse("hour", args=[community.pk]), "today", _("Our hour"), text)]


def kept(request: HttpRequest) -> list[Row]:
    community: Community = request.community  # type: ignore[attr-defined]
    if not asking.weekly(community):
        return []
    url = reverse("gatherings", args=[community.pk])
    return [_row(url, "today", _("Our hours"), _("What each of them brought"))]


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    quiet = NoReminders.objects.filter(person=person).select_related("community")
    there = Presence.objects.filter(person=person).select_related("gathering__community")
    left_out = Gathering.objects.filter(skipped_by=person).select_related("community")
    return {
        "no_reminders": [{"community": each.community.name, "since": each.at} for each in quiet],
        "here_now": [{"community": each.gathering.community.name, "at": each.at} for each in there],
        "gatherings_left_out": [
            {"community": each.community.name, "day": each.day, "why": each.skipped_why}
            for each in left_out.order_by("day")
        ],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    NoReminders.objects.filter(person=person).delete()
    Presence.objects.filter(person=person).delete()
    left_out = Gathering.objects.filter(skipped_by=person)
    if not keep_contributions:
        left_out.update(skipped_why="")
    left_out.update(skipped_by=None)


def merge_people(keep: Person, drop: Person) -> None:
    """One wish a community, one presence a gathering."""
    mine = NoReminders.objects.filter(person=keep).values("community")
    NoReminders.objects.filter(person=drop, community__in=mine).delete()
    there = Presence.objects.filter(person=keep).values("gathering")
    Presence.objects.filter(person=drop, gathering__in=there).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "presence",
            gettext_lazy("Who said “I am here” in a community’s hour"),
            gettext_lazy("So that those who meet see each other"),
            until=gettext_lazy("until the hour is over"),
        ),
        Rule(
            "gatherings",
            gettext_lazy("When a community met, and why a week was left out; who wants no reminder"),
            gettext_lazy("To remind, and to find again what an hour brought"),
            until=gettext_lazy("while the community is kept; a wish until its person leaves"),
        ),
    ]  # fmt: skip


def register() -> None:
    conversation_hooks.above.add(above)
    conversation_hooks.menu.add(menu)
    conversation_hooks.kept.add(kept)
    about_rows.add(on_the_page)
    hooks.today_rows.add(today_rows)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
    hooks.nightly.add(acting.nightly)
    outbox.on("community.set_time", acting.set_time_changed)
    outbox.on("gathering.plan", acting.plan_one)
    outbox.on("gathering.remind", acting.remind)
    outbox.on("gathering.over", acting.over)
    outbox.on("membership.ended", acting.membership_ended)
