"""A person's part in lesson plans: taken along, forgotten, merged; what is kept and for how long."""

import datetime as dt

import pytest

from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours
from staffroom.core.retention import keep as keep_rules
from staffroom.library.actions.plans.comments import comment
from staffroom.library.actions.plans.drafts import keep
from staffroom.library.actions.plans.share import save
from staffroom.library.actions.plans.teach import take_back, tell_taught
from staffroom.library.hooks import plans as hooks
from staffroom.library.models import (
    LessonPlan,
    PlanSection,
    SavedPlan,
    SectionComment,
    SectionDraft,
    SectionVersion,
    SectionWriting,
    Taught,
)
from tests.library.plan_makers import STEPS, a_plan, put, section_of


@pytest.fixture
def plan(world):
    made = a_plan(world)
    put(world.amina, made, "Amina alone wrote this.", key="objectives")
    put(world.amina, made, STEPS)
    put(world.baraka, made, STEPS + "\nSing.")
    comment(by=world.amina, section=section_of(made), text="Why?")
    tell_taught(by=world.amina, plan=made, happened="It went.")
    keep(by=world.amina, section=section_of(made), text="Half", based_on=2)
    save(by=world.amina, plan=made)
    return made


def test_one_takes_everything_along(world, plan):
    mine = hooks.export_person(world.amina)
    assert [one["text"] for one in mine["plan_texts"]] == ["Amina alone wrote this.", STEPS]
    assert mine["plan_notes"][0]["text"] == "Why?"
    assert mine["plans_taught"][0]["happened"] == "It went."
    assert mine["plan_drafts"][0]["text"] == "Half"
    assert len(mine["lesson_plans"]) == len(mine["plans_kept"]) == 1
    assert "Sing" not in str(mine)


def nobody_is(person):
    return not (
        LessonPlan.objects.filter(started_by=person).exists()
        or PlanSection.objects.filter(written_by=person).exists()
        or SectionVersion.objects.filter(by=person).exists()
        or SectionWriting.objects.filter(by=person).exists()
        or SectionComment.objects.filter(by=person).exists()
        or Taught.objects.filter(by=person).exists()
        or SectionDraft.objects.filter(person=person).exists()
        or SavedPlan.objects.filter(person=person).exists()
    )


def test_whoever_leaves_leaves_the_words_without_the_name(world, plan):
    hooks.erase_person(world.amina, keep_contributions=True)
    assert nobody_is(world.amina)
    assert section_of(plan, "objectives").text == "Amina alone wrote this."
    assert Taught.objects.count() == SectionComment.objects.count() == 1


def test_or_takes_along_what_they_alone_wrote(world, plan):
    hooks.erase_person(world.amina, keep_contributions=False)
    assert nobody_is(world.amina)
    assert section_of(plan, "objectives").text == ""
    assert section_of(plan).text == STEPS + "\nSing."
    assert not Taught.objects.exists()
    assert not SectionComment.objects.exists()
    # Baraka writes on where she had written alone.
    put(world.baraka, plan, "New words", key="objectives")
    assert section_of(plan, "objectives").text == "New words"


def test_two_accounts_become_one(world, plan):
    save(by=world.nafula, plan=plan)
    keep(by=world.nafula, section=section_of(plan), text="Other half", based_on=2)
    hooks.merge_people(keep=world.amina, drop=world.nafula)
    assert SavedPlan.objects.count() == SectionDraft.objects.count() == 1


def test_drafts_and_what_was_sent_go_in_time_and_an_open_clash_stays(world, plan):
    put(world.nafula, plan, STEPS.replace("Fold", "Tear"), based_on=1)
    clash = put(world.otieno, plan, STEPS.replace("Fold the paper.", "Cut."), based_on=1).writing
    assert clash.clashes
    with pretend(now() + dt.timedelta(days=400)):
        keep_rules()
    assert not SectionDraft.objects.exists()
    assert list(SectionWriting.objects.all()) == [clash]
    assert SectionVersion.objects.filter(section=section_of(plan)).count() == 3


def test_ones_own_report_alone_is_taken_away(world, plan):
    report = Taught.objects.get()
    with pytest.raises(NotYours):
        take_back(by=world.baraka, taught=report)
    take_back(by=world.amina, taught=report)
    assert not Taught.objects.exists()
