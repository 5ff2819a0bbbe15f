"""Several write in one section: nothing that anybody wrote is lost."""

import pytest

from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.library.actions.plans import begin as beginning
from staffroom.library.actions.plans.drafts import keep
from staffroom.library.actions.plans.sections import take_out
from staffroom.library.actions.plans.write import restore, settle, write
from staffroom.library.models import SectionDraft, SectionVersion, SectionWriting
from tests.library.plan_makers import STEPS, a_plan, put, section_of


@pytest.fixture
def plan(world):
    made = a_plan(world)
    put(world.amina, made, STEPS)
    return made


def text_of(plan, key="steps"):
    return section_of(plan, key).text


def test_a_plan_begins_with_the_six_sections(world):
    sections = list(a_plan(world).sections.all())
    assert [section.key for section in sections] == [
        "objectives",
        "materials",
        "steps",
        "assessment",
        "differentiation",
        "reflection",
    ]
    assert {section.version for section in sections} == {0}


def test_what_is_written_stands_with_its_author_and_version(world, plan):
    section = section_of(plan)
    assert (section.text, section.version, section.written_by) == (STEPS, 1, world.amina)
    assert section.versions.get().how == "written"


def test_two_people_in_different_lines(world, plan):
    put(world.baraka, plan, STEPS.replace("Fold", "Cut and fold"))
    done = put(world.nafula, plan, STEPS.replace("in the book", "on the board"), based_on=1)
    assert done.merged
    assert not done.clashes
    assert text_of(plan) == STEPS.replace("Fold", "Cut and fold").replace(
        "in the book", "on the board"
    )
    assert list(section_of(plan).versions.order_by("version").values_list("how", flat=True)) == [
        "written",
        "written",
        "merged",
    ]


def test_two_people_in_the_same_sentence(world, plan):
    put(world.baraka, plan, STEPS.replace("Ask how many quarters.", "Let them count."))
    mine = STEPS.replace("Ask how many quarters.", "Ask who found three.")
    done = put(world.nafula, plan, mine, based_on=1)
    assert done.clashes
    assert text_of(plan) == STEPS.replace("Ask how many quarters.", "Let them count.")
    assert done.writing.text == mine


def test_looking_at_both_settles_it(world, plan):
    put(world.baraka, plan, STEPS.replace("Fold the paper.", "Cut it."))
    done = put(world.nafula, plan, STEPS.replace("Fold the paper.", "Tear it."), based_on=1)
    chosen = STEPS.replace("Fold the paper.", "Cut it, or tear it.")
    settled = settle(by=world.amina, writing=done.writing, text=chosen, version=2)
    assert not settled.clashes
    assert text_of(plan) == chosen
    assert section_of(plan).versions.get(version=3).how == "settled"
    with pytest.raises(Refused, match="settled this already"):
        settle(by=world.baraka, writing=done.writing, text="x", version=3)
    assert text_of(plan) == chosen


def test_settling_what_moved_on_meets_that_too(world, plan):
    put(world.baraka, plan, STEPS.replace("Fold the paper.", "Cut it."))
    done = put(world.nafula, plan, STEPS.replace("Fold the paper.", "Tear it."), based_on=1)
    put(world.otieno, plan, text_of(plan).replace("in the book", "on the board"))
    settle(
        by=world.nafula,
        writing=done.writing,
        text=STEPS.replace("Fold the paper.", "Tear it."),
        version=2,
    )
    assert text_of(plan) == STEPS.replace("Fold the paper.", "Tear it.").replace(
        "in the book", "on the board"
    )


def test_the_same_edit_by_two_counts_once(world, plan):
    same = STEPS.replace("Fold", "Cut")
    put(world.baraka, plan, same)
    done = put(world.nafula, plan, same, based_on=1)
    assert not done.clashes
    assert section_of(plan).version == 2
    assert text_of(plan) == same


def test_sent_again_it_counts_once(world, plan):
    key = uuid7()
    put(world.baraka, plan, STEPS + "\nCollect.", id=key)
    put(world.amina, plan, STEPS + "\nCollect the strips.")
    again = put(world.baraka, plan, STEPS + "\nCollect.", id=key, based_on=1)
    assert again.writing.pk == key
    assert section_of(plan).version == 3
    assert SectionWriting.objects.filter(pk=key).count() == 1


def test_anothers_id_is_refused(world, plan):
    key = uuid7()
    put(world.baraka, plan, STEPS + "\nCollect.", id=key)
    with pytest.raises(Refused):
        put(world.nafula, plan, "x", id=key)
    with pytest.raises(Refused):
        put(world.baraka, plan, "x", key="materials", id=key)


def test_a_phone_that_was_offline_for_a_day(world, plan):
    """It began from the first version; five others were saved since."""
    for word in ("strips", "pencils", "chalk", "stones", "glue"):
        put(world.baraka, plan, text_of(plan) + f"\nBring {word}.")
    done = put(world.otieno, plan, "5 min: Sing.\n" + STEPS, based_on=1)
    assert not done.clashes
    assert text_of(plan).startswith("5 min: Sing.\n10 min: Fold")
    assert text_of(plan).endswith("Bring glue.")


def test_a_base_that_nobody_knows_makes_both_stand_side_by_side(world, plan):
    for based_on in (0, 77, -3):
        done = put(world.baraka, plan, "Quite another lesson.", based_on=based_on)
        there = text_of(plan) + done.writing.text
        assert "Fold the paper." in there
        assert "Quite another lesson." in there


def test_a_section_taken_out_while_i_write_comes_back(world, plan):
    take_out(by=world.baraka, section=section_of(plan))
    done = put(world.nafula, plan, STEPS + "\nSing.", based_on=1)
    assert done.came_back
    assert section_of(plan).removed_at is None
    assert text_of(plan).endswith("Sing.")


def test_a_plan_taken_out_while_i_write_says_so(world, plan):
    beginning.remove(by=world.amina, plan=plan)
    with pytest.raises(Refused, match="bring the plan back"):
        put(world.nafula, plan, "x")
    beginning.bring_back(by=world.amina, plan=plan)
    put(world.nafula, plan, "x")


def test_an_earlier_version_stands_again(world, plan):
    put(world.baraka, plan, "All other.")
    restore(by=world.nafula, section=section_of(plan), version=1)
    section = section_of(plan)
    assert (section.text, section.version, section.written_by) == (STEPS, 3, world.nafula)
    with pytest.raises(NotYours):
        restore(by=world.nafula, section=section, version=9)


def test_emptying_a_section_is_a_version_too(world, plan):
    put(world.baraka, plan, "  \n ")
    assert text_of(plan) == ""
    assert section_of(plan).versions.count() == 2


def test_a_hundred_kilobytes_are_refused_with_both_numbers(world, plan):
    with pytest.raises(Refused, match="100000 characters; at most 10000"):
        put(world.amina, plan, "x" * 100_000)


def test_two_directions_in_one_text(world, plan):
    mixed = "۱۰ منٹ: کاغذ موڑیں Fold it.\n\u202eX"
    put(world.amina, plan, mixed, key="materials")
    assert text_of(plan, "materials") == mixed


def test_drafts_are_kept_and_go_with_the_text(world, plan):
    section = section_of(plan)
    keep(by=world.baraka, section=section, text="I was wri", based_on=1)
    assert SectionDraft.objects.get().text == "I was wri"
    put(world.baraka, plan, "I was writing.")
    assert not SectionDraft.objects.exists()
    keep(by=world.baraka, section=section_of(plan), text="I was writing.", based_on=1)
    assert not SectionDraft.objects.exists()


@pytest.mark.parametrize("name", ["daudi", "esther", "farid", "gathoni"])
def test_outsiders_get_nothing(name, world, plan):
    person, section = getattr(world, name), section_of(plan)
    for act in (
        lambda: write(by=person, section=section, text="x", based_on=1),
        lambda: keep(by=person, section=section, text="x", based_on=1),
        lambda: take_out(by=person, section=section),
        lambda: restore(by=person, section=section, version=1),
        lambda: beginning.begin(by=person, community=world.maths, title="x"),
        lambda: beginning.remove(by=person, plan=plan),
        lambda: beginning.copy(by=person, origin=plan, community=world.sister),
    ):
        with pytest.raises(NotYours):
            act()
    assert SectionVersion.objects.count() == 1


def test_an_adviser_writes_and_does_not_begin(world, plan):
    put(world.chausiku, plan, STEPS + "\nSay why.")
    with pytest.raises(NotYours):
        beginning.begin(by=world.chausiku, community=world.maths, title="x")
