"""A cascade in words and rows: its tiers, its cost, what stands in its way, its schedule."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.cascade.models import CascadePlan, SessionDay, Trainer
from staffroom.core.ids import from_short
from staffroom.people.models import Person
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places.models import Programme
from staffroom.places.queries import search_people

TIERS = (
    gettext_lazy("Master trainers"),
    gettext_lazy("Circle trainers"),
    gettext_lazy("Head teachers and deputies"),
    gettext_lazy("Teachers"),
)
BY = (
    gettext_lazy("the core team"),
    gettext_lazy("master trainers"),
    gettext_lazy("master trainers of head teachers"),
    gettext_lazy("circle trainers"),
)
LINES = {
    "travel": (gettext_lazy("Travel"), gettext_lazy("km")),
    "meals": (gettext_lazy("Meals"), gettext_lazy("days of a person")),
    "materials": (gettext_lazy("Materials"), gettext_lazy("people")),
    "trainers": (gettext_lazy("Trainers"), gettext_lazy("days of a trainer")),
    "venue": (gettext_lazy("Rooms"), gettext_lazy("days of a room")),
}
OTHERS = {
    "1 trainer a group": gettext_lazy("One trainer a group"),
    "2 trainers a group": gettext_lazy("Two trainers a group"),
    "groups of half the size": gettext_lazy("Groups of half the size"),
    "1 place a school": gettext_lazy("One teacher a school at once"),
    "2 places a school": gettext_lazy("Two teachers a school at once"),
    "3 days": gettext_lazy("Three days"),
    "4 days": gettext_lazy("Four days"),
    "5 days": gettext_lazy("Five days"),
}
SCHEDULE = ["day", "title", "tier", "subject", "venue", "venue_name", "room", "seats", "trainers"]


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def figures(kept: dict[str, Any]) -> dict[str, Any]:
    """`CascadePlan.figures` with days as days, and names for its keys."""
    if not kept:
        return {}
    tiers = [
        tier
        | {"name": TIERS[i], "by": BY[i], "first": day(tier["first"]), "last": day(tier["last"])}
        for i, tier in enumerate(kept["tiers"])
        if tier["groups"]
    ]
    lines = [
        line | dict(zip(("name", "unit"), LINES[line["line"]], strict=True))
        for line in kept["lines"]
    ]
    others = [
        other | {"name": OTHERS[other["key"]], "last": day(other.get("last", ""))}
        for other in kept["others"]
    ]
    each = round(kept["cost"] / kept["teachers"], 2) if kept["cost"] is not None else None
    dates = {"last": day(kept["last"]), "bound": day(kept["bound"])}
    return kept | dates | {"tiers": tiers, "lines": lines, "others": others, "each": each}


def failed(plan: CascadePlan) -> str:
    """Why there is no plan, in one sentence; "" where there is one."""
    told = plan.failed
    if not told or "said" in told:
        return told.get("said", "") if told else ""
    subject = str(SUBJECTS.get(told["subject"], "")) or _("head teachers")
    who = f"{TIERS[told['tier']]}" + (f", {told['area']}" if told["area"] else "")
    given = {"who": who, "subject": subject, "need": told["need"], "have": told["have"]}
    if told["what"] == "load":
        return _("%(who)s: a training of %(need)s days is longer than the %(have)s that a trainer may give.") % given  # fmt: skip
    if told["what"] == "trainers":
        return _("%(who)s, %(subject)s: %(need)s days of trainers are needed, and there are %(have)s.") % given  # fmt: skip
    return _("%(who)s: %(need)s trainings one after the other do not fit; the calendar has room for %(have)s.") % given  # fmt: skip


def ways(plan: CascadePlan) -> list[tuple[str, str]]:
    """(key, words) of each single change that was tried and is enough."""
    said = {
        "until": _("Go on until %(value)s"),
        "rooms": _("%(value)s groups at once at a central school"),
        "load": _("%(value)s days a trainer"),
        "circle_trainers": _("%(value)s trainers a circle and subject"),
        "places": _("%(value)s teachers a school at once"),
    }
    out = []
    for what, value in plan.failed.get("ways", []):
        shown = date_format(dt.date.fromisoformat(value), "j F Y") if what == "until" else value
        out.append((what, said[what] % {"value": shown}))
    return out


def trainers_of(plan: CascadePlan) -> QuerySet[Any]:
    found: QuerySet[Any] = Trainer.objects.filter(plan=plan).select_related("person", "home")
    return found.annotate(
        first=Min("session_trainers__session__days__day"),
        many=Count("session_trainers__session__days", distinct=True),
    ).order_by("number")


def chosen(programme: Programme, text: str) -> Person | None:
    """The person of a button; nobody for an empty one. Only who is found in the programme."""
    if not text:
        return None
    try:
        pk: uuid.UUID = from_short(text)
    except ValueError:
        return None
    person = Person.objects.filter(pk=pk, erased_at=None).first()
    if person is None or not search_people(programme, person.name).filter(pk=pk).exists():
        return None
    return person


def schedule(plan: CascadePlan) -> Iterator[Sequence[Any]]:
    rows = (
        SessionDay.objects.filter(session__plan=plan)
        .select_related("session__venue")
        .prefetch_related("session__session_trainers__trainer__person")
        .order_by("day", "session__venue__code", "session_id")
    )
    for each in rows.iterator(500):
        session = each.session
        trainers = ", ".join(
            link.trainer.person.name
            if link.trainer.person
            else f"{link.trainer.kind} {link.trainer.number}"
            for link in session.session_trainers.all()
        )
        yield [
            each.day, session.title, session.tier, session.subject,
            session.venue.code if session.venue else "", session.venue.name if session.venue else "",
            session.venue_words, session.seats, trainers,
        ]  # fmt: skip
