"""An author makes a draft and publishes it; what is published never changes."""

import dataclasses
from decimal import Decimal

import pytest

from staffroom.conversations.actions.quiz import begin_quiz, publish_quiz
from staffroom.core.errors import NotYours, Refused
from staffroom.instruments import actions, shape
from staffroom.instruments.models import Instrument, Item, Version
from staffroom.instruments.queries.current import newest
from staffroom.instruments.shape import Shape, options
from tests.instruments.conftest import CAPITAL, HALF, LENGTH, PRIMES, SURE


def refused(item, scored=True):
    with pytest.raises(Refused) as refusal:
        shape.check(item, scored=scored)
    return refusal.value.field, refusal.value.message


@pytest.mark.parametrize("item", [HALF, PRIMES, LENGTH, CAPITAL, SURE], ids=lambda item: item.kind)
def test_a_whole_item_is_taken(item):
    shape.check(item, scored=True)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"text": " ?! "[:0]}, "text", "Write the question"),
        ({"text": "x" * 601}, "text", "601"),
        ({"options": options("One", "Two")}, "right", "no right answer yet"),
        ({"options": options("One", "Two", right="ab")}, "right", "Only one"),
        ({"options": options("One", right="a")}, "choice_1", "at least two"),
        ({"options": options("Half", " HALF. ", right="a")}, "choice_1", "same as answer 1"),
        ({"options": options("One", "", "Three", right="b")}, "choice_1", "nothing is written"),
        ({"options": options(*"abcdefghi", right="a")}, "", "At most 8"),
        ({"options": options("One", "x" * 121, right="a")}, "choice_1", "121"),
    ],
)
def test_a_choice_that_lacks_something(change, field, words):
    said = refused(dataclasses.replace(HALF, **change))
    assert said[0] == field
    assert words in said[1]


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (dataclasses.replace(LENGTH, right=None), "right_number"),
        (dataclasses.replace(LENGTH, tolerance=Decimal(-1)), "tolerance"),
        (dataclasses.replace(CAPITAL, accepted=(" ",)), "accepted"),
        (dataclasses.replace(SURE, low=""), "low"),
        (dataclasses.replace(SURE, steps=6), "steps"),
    ],
)
def test_others_that_lack_something(item, field):
    assert refused(item)[0] == field


def test_a_poll_needs_no_right_answer():
    shape.check(dataclasses.replace(HALF, options=options("One", "Two")), scored=False)
    assert refused(dataclasses.replace(HALF, options=options("One", "one")), scored=False)


def test_publishing_says_which_question_lacks_what(world, draft):
    Item.objects.filter(version=draft, key="i2").update(
        choices=[{"key": "a", "text": "2"}, {"key": "b", "text": "9"}]
    )
    with pytest.raises(Refused) as refusal:
        actions.publish(by=world.amina, version=draft)
    assert refusal.value.message == "Question 2: There is no right answer yet: mark the right one."
    assert refusal.value.field == "i2"


def test_nothing_and_only_unscored_questions_are_no_quiz(world, quizzes_on):
    version = begin_quiz(by=world.amina, community=world.maths, title="Empty")
    with pytest.raises(Refused, match="at least one question"):
        actions.publish(by=world.amina, version=version)
    actions.put_item(by=world.amina, version=version, item=SURE)
    with pytest.raises(Refused, match="No question here has a right answer"):
        actions.publish(by=world.amina, version=version)


def test_several_questions_need_a_name_and_one_is_a_puzzle(world, quizzes_on):
    version = begin_quiz(by=world.amina, community=world.maths)
    actions.put_item(by=world.amina, version=version, item=HALF)
    actions.put_item(by=world.amina, version=version, item=CAPITAL)
    with pytest.raises(Refused) as refusal:
        actions.publish(by=world.amina, version=version)
    assert refusal.value.field == "title"
    actions.drop_item(by=world.amina, version=version, key="i2")
    actions.publish(by=world.amina, version=version)
    instrument = Instrument.objects.get()
    assert (instrument.kind, instrument.item_count) == ("puzzle", 1)


def test_at_most_twenty_questions(world, quizzes_on):
    version = begin_quiz(by=world.amina, community=world.maths)
    for _ in range(20):
        actions.put_item(by=world.amina, version=version, item=HALF)
    with pytest.raises(Refused, match="20 questions"):
        actions.put_item(by=world.amina, version=version, item=HALF)


def test_changing_an_item_keeps_its_key_and_those_of_its_answers(world, draft):
    item = draft.items.get(key="i1")
    kept = shape.of(item)
    fewer = tuple(option for option in kept.options if option.key != "a")
    changed = dataclasses.replace(
        kept, options=(*fewer, shape.Option("Five eighths", place=2)), text="And now?"
    )
    actions.put_item(by=world.amina, version=draft, item=changed, key="i1")
    item.refresh_from_db()
    assert (item.text, item.position) == ("And now?", 1)
    assert [(each["key"], each["text"]) for each in item.choices] == [
        ("b", "Three quarters"),
        ("c", "One"),
        ("a", "Five eighths"),
    ]


def test_a_translation_stays_while_its_words_do(world, draft):
    told = {"i1": {"text": "Nusu?", "choices": {"a": "Moja", "b": " "}}, "i3": {"unit": "sm"}}
    actions.translate(by=world.amina, version=draft, language="sw", told=told)
    item = draft.items.get(key="i1")
    assert item.translations == {"sw": {"text": "Nusu?", "choices": {"a": "Moja"}}}
    changed = dataclasses.replace(shape.of(item), text="And now?")
    actions.put_item(by=world.amina, version=draft, item=changed, key="i1")
    item.refresh_from_db()
    assert item.translations == {"sw": {"choices": {"a": "Moja"}}}
    assert draft.items.get(key="i3").translations == {"sw": {"unit": "sm"}}
    actions.translate(by=world.amina, version=draft, language="sw", told={"i3": {}})
    assert draft.items.get(key="i3").translations == {}


@pytest.mark.parametrize(("language", "key"), [("xx", "i1"), ("en", "i1"), ("sw", "i9")])
def test_no_translation_into_nothing(world, draft, language, key):
    with pytest.raises(NotYours):
        actions.translate(
            by=world.amina, version=draft, language=language, told={key: {"text": "x"}}
        )


def test_items_change_places(world, draft):
    actions.move_up(by=world.amina, version=draft, key="i3")
    actions.move_up(by=world.amina, version=draft, key="i1")
    assert [item.key for item in draft.items.all()] == ["i1", "i3", "i2", "i4", "i5"]


def test_a_removed_question_gives_its_key_to_no_other(world, draft):
    actions.drop_item(by=world.amina, version=draft, key="i2")
    assert actions.put_item(by=world.amina, version=draft, item=HALF).key == "i6"


def test_what_is_published_stays(world, quiz):
    for act in (
        lambda: actions.put_item(by=world.amina, version=quiz, item=HALF),
        lambda: actions.drop_item(by=world.amina, version=quiz, key="i1"),
        lambda: actions.name(by=world.amina, version=quiz, title="Other"),
        lambda: actions.discard(by=world.amina, version=quiz),
    ):
        with pytest.raises(Refused, match="published"):
            act()
    assert actions.publish(by=world.amina, version=quiz).number == 1  # twice changes nothing


def test_an_edit_makes_the_next_version(world, quiz):
    draft = actions.revise(by=world.amina, instrument=quiz.instrument)
    assert draft.number == 2
    assert actions.revise(by=world.amina, instrument=quiz.instrument) == draft
    assert newest(quiz.instrument) == quiz
    actions.put_item(
        by=world.amina,
        version=draft,
        item=dataclasses.replace(HALF, text="Better words?"),
        key="i1",
    )
    post = publish_quiz(by=world.amina, version=draft)
    assert newest(quiz.instrument) == Version.objects.get(number=2)
    assert quiz.items.get(key="i1").text == HALF.text
    assert post.version == 2
    assert post.edited_at is not None
    assert quiz.instrument.posts.count() == 1


def test_a_draft_thrown_away(world, quiz, draft):
    second = actions.revise(by=world.amina, instrument=quiz.instrument)
    actions.discard(by=world.amina, version=second)
    assert Version.objects.get() == quiz
    first = begin_quiz(by=world.amina, community=world.maths)
    actions.discard(by=world.amina, version=first)
    assert Instrument.objects.get() == quiz.instrument


def test_begun_twice_with_one_id_is_one_draft(world, quizzes_on):
    first = begin_quiz(by=world.amina, community=world.maths)
    id = first.instrument_id
    assert begin_quiz(by=world.amina, community=world.maths, id=id) == first
    with pytest.raises(Refused):
        begin_quiz(by=world.nafula, community=world.maths, id=id)


@pytest.mark.parametrize(
    "who", ["baraka", "nafula", "chausiku", "daudi", "esther", "farid", "gathoni"]
)
def test_nobody_else_changes_it(world, draft, who):
    person = getattr(world, who)
    for act in (
        lambda: actions.put_item(by=person, version=draft, item=HALF),
        lambda: actions.drop_item(by=person, version=draft, key="i1"),
        lambda: actions.move_up(by=person, version=draft, key="i2"),
        lambda: actions.name(by=person, version=draft, title="Other"),
        lambda: actions.translate(by=person, version=draft, language="sw", told={}),
        lambda: actions.publish(by=person, version=draft),
        lambda: actions.discard(by=person, version=draft),
        lambda: actions.revise(by=person, instrument=draft.instrument),
        lambda: actions.close(by=person, instrument=draft.instrument),
        lambda: actions.reopen(by=person, instrument=draft.instrument),
    ):
        with pytest.raises(NotYours):
            act()


def test_an_unknown_host_is_nobodys(world):
    with pytest.raises(NotYours):
        actions.make(by=world.amina, kind="quiz", host="cascade", host_id=world.maths.pk)


def test_a_shape_survives_the_way_through_the_table(world, draft):
    for item, written in zip(draft.items.all(), (HALF, PRIMES, LENGTH, CAPITAL, SURE), strict=True):
        kept = shape.of(item)
        assert (
            dataclasses.replace(
                kept,
                options=tuple(dataclasses.replace(each, key="") for each in kept.options),
            )
            == written
        )
        assert isinstance(written, Shape)
