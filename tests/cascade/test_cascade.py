"""A cascade: planned by the worker, no plan with what to loosen, published into sessions, taken back."""

import datetime as dt
import random
from itertools import pairwise

import pytest
from django.urls import reverse

from staffroom.cascade.actions import cascade as acts
from staffroom.cascade.models import (
    CascadePlan,
    Invitation,
    SessionDay,
    SessionSchool,
    SessionTrainer,
    Trainer,
    TrainingSession,
)
from staffroom.cascade.planning import Choices
from staffroom.core.clock import pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.places.actions.clusters_form import remove_plan
from staffroom.places.models import (
    Block,
    Circle,
    Cluster,
    ClusterPlan,
    ClusterSchool,
    Holiday,
    School,
)
from tests.places.jobs import work

FIRST, UNTIL = "2027-01-11", "2027-06-25"


@pytest.fixture
def clusters(world):
    """Two circles of two clusters of six schools."""
    rng = random.Random(1)
    plan = ClusterPlan.objects.create(programme=world.programme, name="Kitui")
    block = Block.objects.create(plan=plan, number=1)
    for number in range(4):
        if number % 2 == 0:
            circle = Circle.objects.create(plan=plan, block=block, number=number // 2 + 1)
        schools = School.objects.bulk_create(
            School(programme=world.programme, code=f"C{number}{i}", name=f"School {number}{i}",
                   latitude=-1 + number / 10 + rng.random() / 50, longitude=38 + rng.random() / 50)
            for i in range(6)
        )  # fmt: skip
        cluster = Cluster.objects.create(
            plan=plan, circle=circle, number=number + 1, centre=schools[0]
        )
        ClusterSchool.objects.bulk_create(
            ClusterSchool(plan=plan, cluster=cluster, school=school, metres=1000 * i)
            for i, school in enumerate(schools)
        )
    return plan


def choices(**fields):
    usual = {
        "first": FIRST, "until": UNTIL, "subjects": ("mathematics", "english"), "teachers": 96,
        "group": 12, "ratio": 12, "days": 2, "prices": {"travel": 10.0, "meals": 400.0},
    }  # fmt: skip
    return Choices(**(usual | fields))


@pytest.fixture
def cascade(world, clusters):
    def make(**fields):
        made = acts.create(
            by=world.gathoni, programme=world.programme, clusters=clusters, name="Maths 2027",
            choices=choices(**fields),
        )  # fmt: skip
        assert work() == 1
        made.refresh_from_db()
        return made

    return make


def test_planned_with_its_cost_and_others_beside_it(cascade):
    plan = cascade()
    told = plan.figures
    assert (plan.state, plan.failed) == ("draft", {})
    assert (told["teachers"], told["schools"], told["circles"], told["blocks"]) == (96, 24, 2, 1)
    assert [tier["people"] for tier in told["tiers"]][3] == 96
    lasts = [(tier["first"], tier["last"]) for tier in told["tiers"]]
    assert all(one[1] < other[0] for one, other in pairwise(lasts))
    lines = {line["line"]: line for line in told["lines"]}
    assert lines["meals"]["cost"] == pytest.approx(lines["meals"]["quantity"] * 400)
    assert lines["venue"]["cost"] is None
    assert told["cost"] == pytest.approx(sum(line["cost"] or 0 for line in told["lines"]), abs=0.1)
    assert {other["key"] for other in told["others"]} >= {"3 days", "2 places a school"}


def test_no_plan_says_where_and_one_button_makes_one(world, cascade, sign_in):
    plan = cascade(until="2027-01-22")
    assert not plan.figures
    assert plan.failed["ways"]
    office = sign_in(world.gathoni)
    page = office.get(reverse("cascade", args=[plan.pk])).content.decode()
    assert "There is no such plan." in page
    assert "Any one of these is enough" in page
    what, value = plan.failed["ways"][0]
    office.post(reverse("cascade_again", args=[plan.pk]), {"what": what})
    work()
    plan.refresh_from_db()
    assert plan.figures
    assert plan.settings[what] == value


def test_published_into_sessions_without_any_double_booking(world, cascade):
    plan = cascade()
    acts.publish(by=world.gathoni, plan=plan)
    work()
    plan.refresh_from_db()
    assert plan.state == "published"
    sessions = TrainingSession.objects.filter(plan=plan)
    assert sessions.count() == plan.figures["groups"]
    assert Trainer.objects.filter(plan=plan).count() == plan.figures["trainers"]
    rows = SessionTrainer.objects.filter(session__plan=plan)
    days = list(rows.values_list("trainer", "session__days__day"))
    assert len(days) == len(set(days))
    taught = sessions.filter(tier="teachers")
    places = SessionSchool.objects.filter(session__in=taught).values_list("places", flat=True)
    assert sum(places) == 96
    weekend = {day.weekday() for day in SessionDay.objects.values_list("day", flat=True)}
    assert not weekend & set(world.programme.weekend)
    with pytest.raises(Refused):
        acts.publish(by=world.gathoni, plan=plan)


def test_a_holiday_is_kept_and_what_changed_since_is_not_published(world, cascade):
    Holiday.objects.create(programme=world.programme, name="Week off",
                           first_day=dt.date(2027, 1, 11), last_day=dt.date(2027, 1, 17))  # fmt: skip
    plan = cascade()
    assert plan.figures["tiers"][0]["first"] >= "2027-01-18"
    ClusterSchool.objects.filter(school__code="C05").delete()
    Holiday.objects.all().delete()
    acts.publish(by=world.gathoni, plan=plan)
    work()
    plan.refresh_from_db()
    assert plan.state == "draft"
    assert "have changed since" in plan.failed["said"]
    assert not TrainingSession.objects.exists()


def test_a_place_is_given_to_a_person_who_is_free_and_learns_first(world, cascade):
    plan = cascade()
    acts.publish(by=world.gathoni, plan=plan)
    work()
    circle = Trainer.objects.filter(plan=plan, kind="circle").order_by("number")
    acts.appoint(by=world.gathoni, trainer=circle[0], person=world.otieno)
    assert Invitation.objects.get(person=world.otieno).session.tier == "circle_trainers"
    busy = set(SessionDay.objects.filter(session__session_trainers__trainer=circle[0])
               .values_list("day", flat=True))  # fmt: skip
    # Of the same subject too, whose sessions have the same title.
    other = next(
        t for t in circle.filter(subject=circle[0].subject)[1:]
        if busy & set(SessionDay.objects.filter(session__session_trainers__trainer=t)
                      .values_list("day", flat=True))
    )  # fmt: skip
    with pytest.raises(Refused, match="train elsewhere"):
        acts.appoint(by=world.gathoni, trainer=other, person=world.otieno)
    acts.appoint(by=world.gathoni, trainer=circle[0], person=None)
    assert not Invitation.objects.filter(person=world.otieno).exists()


def test_taken_back_until_it_has_begun(world, cascade):
    plan = cascade()
    acts.publish(by=world.gathoni, plan=plan)
    work()
    with pretend(dt.datetime(2027, 5, 1, tzinfo=dt.UTC)), pytest.raises(Refused, match="begun"):
        acts.withdraw(by=world.gathoni, plan=plan)
    acts.withdraw(by=world.gathoni, plan=plan)
    assert not TrainingSession.objects.exists()
    plan.refresh_from_db()
    acts.remove(by=world.gathoni, plan=plan)
    assert not CascadePlan.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"until": "2026-01-01"}, "end before"), ({"subjects": ()}, "at least one subject")],
)
def test_what_cannot_be_is_refused_at_once(world, clusters, fields, words):
    with pytest.raises(Refused, match=words):
        acts.create(by=world.gathoni, programme=world.programme, clusters=clusters, name="x",
                    choices=choices(**fields))  # fmt: skip
    with pytest.raises(NotYours):
        acts.create(by=world.amina, programme=world.programme, clusters=clusters, name="x",
                    choices=choices())  # fmt: skip


def test_on_the_screen(world, clusters, sign_in):
    office = sign_in(world.hamisi)
    assert "No cascade has been planned yet." in office.get(reverse("cascades")).content.decode()
    form = office.get(reverse("cascade_new")).context["form"]
    fields = {
        name: field.initial for name, field in form.fields.items() if field.initial is not None
    }
    fields |= {"name": "Maths", "clusters": str(clusters.pk), "first": FIRST, "until": UNTIL,
               "teachers": 60, "price_travel": "12.5", "group": 0}  # fmt: skip
    bad = office.post(reverse("cascade_new"), fields)
    assert bad.status_code == 422
    assert 'value="Maths"' in bad.content.decode()
    office.post(reverse("cascade_new"), fields | {"group": 20})
    plan = CascadePlan.objects.get()
    assert office.get(reverse("cascade", args=[plan.pk])).url == reverse(
        "cascade_progress", args=[plan.pk]
    )
    assert "Refresh" in office.get(reverse("cascade_progress", args=[plan.pk])).headers
    work()
    page = office.get(reverse("cascade", args=[plan.pk])).content.decode()
    assert "<svg" in page
    assert "km a teacher" in page
    office.post(reverse("cascade_publish", args=[plan.pk]))
    work()
    trainers = office.get(reverse("cascade_trainers", args=[plan.pk]))
    assert "circle trainer" in trainers.content.decode()
    held = Trainer.objects.filter(plan=plan).first()
    one = reverse("cascade_trainer", args=[plan.pk, held.pk])
    assert "Otieno Ouma" in office.get(one + "?q=Otieno").content.decode()
    lines = b"".join(office.get(reverse("cascade_schedule", args=[plan.pk, "csv"])))
    assert lines.decode("utf-8-sig").splitlines()[0].startswith("day,title,tier")


def test_clusters_that_a_cascade_stands_on_are_not_removed(world, clusters, cascade):
    cascade()
    with pytest.raises(Refused, match="A cascade is planned on it"):
        remove_plan(by=world.hamisi, plan=clusters)
    assert ClusterPlan.objects.filter(pk=clusters.pk).exists()
