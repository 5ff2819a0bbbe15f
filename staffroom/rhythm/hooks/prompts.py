"""Where prompts show themselves: on Today, on the community's page, in the office."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities import offices
from staffroom.communities.hooks import about_rows
from staffroom.communities.models import Community, Term
from staffroom.core import hooks
from staffroom.core.clock import today
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.rhythm.actions.prompt_week import mark_weeks
from staffroom.rhythm.models import Prompt
from staffroom.rhythm.queries.prompts import had_one_since, offered, suggestion


def today_rows(person: Person, communities: list[Community]) -> list[dict[str, str]]:
    """The week's prompt, for whoever moderates, on the day that the clock wrote down."""
    due = [each for each in communities if _is_day(each)]
    if not due:
        return []
    mine = set(
        Term.objects.filter(
            person=person, community__in=due, starts__isnull=False, ended_at=None
        ).values_list("community", flat=True)
    )
    rows = [_row(person, each) for each in due if each.pk in mine]
    return [row for row in rows if row][:3]


def _is_day(community: Community) -> bool:
    return (
        community.prompt_day is not None
        and community.stage == Community.Stage.OPEN
        and community.prompt_day == today(community.timezone)
    )


def _row(person: Person, community: Community) -> dict[str, str]:
    if not offered(community) or had_one_since(community, community.prompt_day or today()):
        return {}
    words = suggestion(community)
    if words is None:
        return {}
    return {
        "url": f"{reverse('prompt_start', args=[community.pk])}?key={words.key}",
        "icon": "pin",
        "title": _("This week’s question for %(name)s?") % {"name": community.name},
        "text": words.said(community.language, person.language),
    }


def on_the_page(request: HttpRequest) -> list[dict[str, str]]:
    community = request.community  # type: ignore[attr-defined]
    if not offered(community):
        return []
    return [
        {
            "url": reverse("prompts", args=[community.pk]),
            "icon": "pin",
            "title": _("Questions to think about"),
            "text": _("For the week; the moderator chooses"),
        }
    ]


def me_entries(person: Person) -> list[dict[str, str]]:
    """The programme's own prompts, for its office."""
    if not person.is_staff:
        return []
    roles = (offices.GARDENER, offices.ADMINISTRATOR)
    if not offices.appointments(person, *roles).filter(area=None).exists():
        return []
    return [
        {
            "url": reverse("prompt_library"),
            "group": "work",
            "icon": "pin",
            "title": _("Questions to think about"),
            "text": _("What moderators may put before their communities"),
        }
    ]


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    rows = Prompt.objects.filter(changed_by=person).order_by("changed_at")
    return {
        "prompts_written": [
            {"key": each.key, "subject": each.subject, "texts": each.texts, "at": each.changed_at}
            for each in rows
        ]
    }


def erase(person: Person, keep_contributions: bool) -> None:
    """The programme's prompts are its own; who wrote them is forgotten."""
    Prompt.objects.filter(changed_by=person).update(changed_by=None)


def rules() -> list[Rule]:
    return [
        Rule(
            "prompts",
            gettext_lazy("A programme’s own prompts; which prompt a community had, and when"),
            gettext_lazy("So that none comes twice before all were used"),
            until=gettext_lazy("while the programme, or the community, is kept"),
        )
    ]


def register() -> None:
    hooks.today_rows.add(today_rows)
    hooks.me_entries.add(me_entries)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.retention.add(rules)
    hooks.nightly.add(mark_weeks)
    about_rows.add(on_the_page)
