"""The demo's lesson plans, written through the product's own actions as of their days."""

import datetime as dt
import tomllib
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from staffroom.communities.models import Community
from staffroom.conversations import plans as told
from staffroom.core.clock import now, pretend, today
from staffroom.core.ids import uuid7
from staffroom.library.actions.plans import begin, comments, share, teach
from staffroom.library.actions.plans.write import write
from staffroom.library.models import LessonPlan, PlanSection
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.web.demo.content import CONTENT

ZONE = ZoneInfo("Africa/Nairobi")
FACTS = ("title", "subject", "grade", "topic", "minutes", "language")


@transaction.atomic
def load(programme: Programme, people: dict[str, Person]) -> None:
    """Two plans with versions, notes and reports; one of them shared."""
    for raw in tomllib.loads((CONTENT / "plans.toml").read_text("utf-8"))["plans"]:
        community = Community.objects.select_related("programme").get(
            programme=programme, name=raw["community"]
        )
        with pretend(_moment(raw)):
            plan = begin.begin(
                by=people[raw["by"]],
                community=community,
                tell=False,
                **{name: raw[name] for name in FACTS},
            )
            told.begun({"plan": plan.pk, "by": people[raw["by"]].pk, "message": str(uuid7())})
        acts = [("writings", _write), ("notes", _note), ("taught", _taught)]
        later = [(one, act) for name, act in acts for one in raw.get(name, [])]
        for one, act in sorted(later, key=lambda pair: _moment(pair[0])):
            with pretend(_moment(one)):
                act(plan, one, people)
        _finish(plan, raw, people)


def _moment(raw: dict[str, Any]) -> dt.datetime:
    hour, minute = map(int, raw["at"].split(":"))
    day = today(ZONE) - dt.timedelta(days=raw["days_ago"])
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE).astimezone(dt.UTC)


def _section(plan: LessonPlan, key: str) -> PlanSection:
    return PlanSection.objects.select_related("plan__community__programme").get(plan=plan, key=key)


def _write(plan: LessonPlan, raw: dict[str, Any], people: dict[str, Person]) -> None:
    section = _section(plan, raw["key"])
    write(
        by=people[raw["by"]],
        section=section,
        text=raw["text"],
        based_on=raw.get("based_on", section.version),
    )


def _note(plan: LessonPlan, raw: dict[str, Any], people: dict[str, Person]) -> None:
    made = comments.comment(
        by=people[raw["by"]], section=_section(plan, raw["key"]), text=raw["text"]
    )
    if by := raw.get("done_by"):
        comments.set_done(by=people[by], comment=made)


def _taught(plan: LessonPlan, raw: dict[str, Any], people: dict[str, Person]) -> None:
    teach.tell_taught(
        by=people[raw["by"]],
        plan=plan,
        grade=raw["grade"],
        pupils=raw["pupils"],
        happened=raw["happened"],
        change=raw["change"],
    )


def _finish(plan: LessonPlan, raw: dict[str, Any], people: dict[str, Person]) -> None:
    by = people[raw["by"]]
    ago = lambda days: now() - dt.timedelta(days=days)  # noqa: E731
    for key in raw.get("kept_by", []):
        share.save(by=people[key], plan=plan)
    if days := raw.get("shared_days_ago"):
        with pretend(ago(days)):
            share.share(by=by, plan=plan)
    if days := raw.get("ready_days_ago"):
        LessonPlan.objects.filter(pk=plan.pk).update(ready_at=ago(days))
