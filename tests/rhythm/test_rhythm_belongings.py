"""What this room holds about a person: taken along, forgotten, of two accounts one."""

import datetime as dt

import pytest

from staffroom.core import hooks
from staffroom.core.clock import now
from staffroom.rhythm.actions.prompt_office import write_prompt
from staffroom.rhythm.models import Gathering, NoReminders, Presence, Prompt


@pytest.fixture
def held(world):
    """Baraka left an hour out, is in one now, and wants no reminders."""
    ends = {"begins": now(), "ends": now() + dt.timedelta(hours=1)}
    world.gathering = Gathering.objects.create(
        community=world.maths,
        day=now().date(),
        skipped_by=world.baraka,
        skipped_at=now(),
        skipped_why="A funeral.",
        **ends,
    )
    Presence.objects.create(gathering=world.gathering, person=world.baraka)
    NoReminders.objects.create(community=world.maths, person=world.baraka)
    return world


def exported(person) -> dict:
    return {key: rows for part in hooks.export_person.call(person=person) for key, rows in part.items()}  # fmt: skip


def test_taken_along(held):
    said = exported(held.baraka)
    assert said["gatherings_left_out"][0]["why"] == "A funeral."
    assert said["no_reminders"][0]["community"] == held.maths.name
    assert len(said["here_now"]) == 1
    assert exported(held.amina)["gatherings_left_out"] == []


@pytest.mark.parametrize("keep", [True, False])
def test_forgotten(keep, held):
    hooks.erase_person.call(person=held.baraka, keep_contributions=keep)
    held.gathering.refresh_from_db()
    assert held.gathering.skipped_by is None
    assert bool(held.gathering.skipped_why) == keep
    assert not Presence.objects.exists()
    assert not NoReminders.objects.exists()


def test_two_accounts_become_one(held):
    Presence.objects.create(gathering=held.gathering, person=held.amina)
    NoReminders.objects.create(community=held.maths, person=held.amina)
    hooks.merge_people.call(keep=held.amina, drop=held.baraka)
    assert not Presence.objects.filter(person=held.baraka).exists()
    assert not NoReminders.objects.filter(person=held.baraka).exists()


def test_the_programmes_prompt_stays_without_its_writer(world):
    write_prompt(
        by=world.gathoni, programme=world.programme, subject="parents", texts={"en": "Who?"}
    )
    assert exported(world.gathoni)["prompts_written"][0]["texts"] == {"en": "Who?"}
    hooks.erase_person.call(person=world.gathoni, keep_contributions=False)
    assert Prompt.objects.get().changed_by is None
