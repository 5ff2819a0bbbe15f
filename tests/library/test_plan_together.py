"""Several phones at the same moment, on SQLite and on PostgreSQL."""

import pytest

from staffroom.core.ids import uuid7
from staffroom.library.actions.plans.comments import comment
from staffroom.library.actions.plans.sections import take_out
from staffroom.library.actions.plans.share import save
from staffroom.library.actions.plans.write import settle
from staffroom.library.models import SavedPlan, SectionVersion, SectionWriting
from tests.conversations.test_together import at_once
from tests.library.plan_makers import STEPS, a_plan, put, section_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(world):
    made = a_plan(world)
    put(world.amina, made, STEPS)
    return made


def people(world):
    return [world.baraka, world.nafula, world.otieno]


def test_different_sections_at_once(world, plan):
    keys = ["objectives", "materials", "assessment"]
    assert not at_once(
        *[
            lambda p=person, k=key: put(p, plan, f"By {p.first_name}", key=k)
            for person, key in zip(people(world), keys, strict=True)
        ]
    )
    assert {section_of(plan, key).version for key in keys} == {1}


def test_three_edits_of_one_section_at_once(world, plan):
    """Each in a line of its own: all three stand."""
    edits = [("Fold", "Cut and fold"), ("quarters", "eighths"), ("the book", "the sand")]
    assert not at_once(
        *[
            lambda p=person, e=edit: put(p, plan, STEPS.replace(*e), based_on=1)
            for person, edit in zip(people(world), edits, strict=True)
        ]
    )
    section = section_of(plan)
    assert section.version == 4
    assert all(new in section.text for _, new in edits)


def test_three_edits_of_one_sentence_at_once(world, plan):
    """One stands, two wait beside it; every word is there."""
    words = ["Alpha", "Beta", "Gamma"]
    assert not at_once(
        *[
            lambda p=person, w=word: put(
                p, plan, STEPS.replace("Ask how many quarters.", f"{w}."), based_on=1
            )
            for person, word in zip(people(world), words, strict=True)
        ]
    )
    waiting = SectionWriting.objects.filter(clashes=True, settled_at=None)
    assert waiting.count() == 2
    there = section_of(plan).text + "".join(waiting.values_list("text", flat=True))
    assert all(word in there for word in words)


def test_the_same_text_by_three_at_once(world, plan):
    same = STEPS.replace("Fold", "Cut")
    assert not at_once(
        *[lambda p=person: put(p, plan, same, based_on=1) for person in people(world)]
    )
    assert section_of(plan).version == 2
    assert not SectionWriting.objects.filter(clashes=True).exists()


def test_one_phone_sends_four_times_at_once(world, plan):
    key = uuid7()
    assert not at_once(
        *[lambda: put(world.baraka, plan, STEPS + "\nSing.", based_on=1, id=key) for _ in range(4)]
    )
    assert section_of(plan).version == 2
    assert section_of(plan).text.count("Sing.") == 1


def test_taken_out_and_written_at_once(world, plan):
    """Whatever comes first, the words are there."""
    assert not at_once(
        lambda: take_out(by=world.baraka, section=section_of(plan)),
        lambda: put(world.nafula, plan, STEPS + "\nSing.", based_on=1),
    )
    assert section_of(plan).text.endswith("Sing.")


def test_two_settle_one_clash_at_once(world, plan):
    put(world.baraka, plan, STEPS.replace("Fold the paper.", "Cut it."))
    clash = put(
        world.nafula, plan, STEPS.replace("Fold the paper.", "Tear it."), based_on=1
    ).writing
    raised = at_once(
        *[
            lambda p=person: settle(by=p, writing=clash, text=f"{p.first_name} chose.", version=2)
            for person in (world.amina, world.otieno)
        ]
    )
    assert len(raised) == 1
    assert SectionVersion.objects.filter(how="settled").count() == 1


def test_two_phones_one_was_offline(world, plan):
    """Otieno's second phone sends what it wrote a day ago while two others save."""
    put(world.otieno, plan, STEPS + "\nHomework: fold one at home.")
    assert not at_once(
        lambda: put(world.otieno, plan, "5 min: Sing.\n" + STEPS, based_on=1),
        lambda: put(world.baraka, plan, STEPS.replace("quarters", "eighths"), based_on=1),
    )
    text = section_of(plan).text
    assert all(word in text for word in ("Sing.", "eighths", "Homework"))


def test_comments_and_bookmarks_at_once(world, plan):
    key = uuid7()
    section = section_of(plan)
    assert not at_once(
        *[lambda: comment(by=world.nafula, section=section, text="Why?", id=key) for _ in range(3)],
        *[lambda: save(by=world.amina, plan=plan) for _ in range(3)],
    )
    assert section.comments.count() == SavedPlan.objects.count() == 1
