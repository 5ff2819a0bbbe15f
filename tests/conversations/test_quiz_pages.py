"""Quizzes, puzzles and polls as members meet them: made, answered, looked at, without any script."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.communities.models import LeverChoice
from staffroom.conversations.actions.mute import mute_person
from staffroom.conversations.actions.quiz import begin_quiz, poll, publish_quiz, puzzle
from staffroom.conversations.models import Post
from staffroom.core.ids import uuid7
from staffroom.instruments import actions
from staffroom.instruments.models import Answer, Instrument, Response, Version
from tests.conversations.makers import a_picture
from tests.instruments.conftest import ALL, CAPITAL, HALF, PRIMES, RIGHT


@pytest.fixture
def on(world):
    LeverChoice.objects.create(
        programme=world.programme, lever="quizzes", value="on", left_to_community=True
    )
    world.maths.__dict__.pop("_lever_choices", None)


@pytest.fixture
def quiz(world, on):
    version = begin_quiz(by=world.amina, community=world.maths, title="Fractions and more")
    for item in ALL:
        actions.put_item(by=world.amina, version=version, item=item)
    return publish_quiz(by=world.amina, version=version).instrument


@pytest.fixture
def vote(world):
    post = poll(by=world.amina, community=world.maths, text="When?", choices=["Tue", "Thu", "Sat"])
    return post.instrument


def at(world, name, *more):
    return reverse(name, args=[world.maths.pk, *more])


PUZZLE = {
    "kind": "one",
    "text": "How much is a half and a quarter?",
    "choice_0": "Two sixths",
    "choice_1": "Three quarters",
    "right": "1",
    "explanation": "A half is two quarters.",
}


def test_a_puzzle_in_three_taps(world, on, sign_in):
    client = sign_in(world.amina)
    stream = client.get(at(world, "stream")).content.decode()
    assert at(world, "quiz_new") in stream  # one: the plus; two: this
    page = client.get(at(world, "quiz_new")).content.decode()
    id = re.search(r'name="id" value="([^"]+)"', page)[1]
    sent = client.post(at(world, "quiz_new"), PUZZLE | {"id": id})  # three
    assert sent.status_code == 302
    assert sent["Location"].endswith("#bottom")
    post = Post.objects.get(kind="quiz")
    assert (str(post.pk), post.text, post.instrument.kind) == (id, PUZZLE["text"], "puzzle")
    client.post(at(world, "quiz_new"), PUZZLE | {"id": id})  # sent again by a bad line
    assert Post.objects.filter(kind="quiz").count() == Instrument.objects.count() == 1
    said = client.get(at(world, "stream")).content.decode()
    assert at(world, "remove", post.pk) in said  # with a way back
    stream = sign_in(world.nafula).get(at(world, "stream")).content.decode()
    assert "Puzzle" in stream
    assert "Nobody has tried yet" in stream
    assert at(world, "quiz", post.instrument.pk) in stream


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"right": ""}, "There is no right answer yet: mark the right one."),
        ({"choice_1": "two  SIXTHS"}, "This says the same as answer 1."),
        ({"choice_1": "", "right": "0"}, "Write at least two answers to choose from."),
        ({"right": "3"}, "This is marked as right, but nothing is written here."),
        ({"text": "  "}, "Write the question first."),
        ({"text": "x" * 601}, "This has 601 characters; at most 600 fit."),
        ({"choice_0": "x" * 121}, "This has 121 characters; at most 120 fit."),
    ],
)
def test_what_lacks_is_said_and_everything_typed_kept(world, on, sign_in, change, words):
    data = PUZZLE | change
    answer = sign_in(world.amina).post(at(world, "quiz_new"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "A half is two quarters." in page
    for place in (0, 1):
        assert f'value="{data[f"choice_{place}"]}"' in page
    assert not Post.objects.filter(kind="quiz").exists()


def test_another_way_of_answering_keeps_what_was_typed(world, on, sign_in):
    client = sign_in(world.amina)
    page = client.post(at(world, "quiz_new"), PUZZLE | {"as": "many"}).content.decode()
    assert 'type="checkbox" name="right" value="1" checked' in page
    assert "Three quarters" in page
    page = client.post(at(world, "quiz_new"), PUZZLE | {"as": "number"}).content.decode()
    assert "The right number" in page
    assert PUZZLE["text"] in page
    assert "alert" not in page
    sent = client.post(
        at(world, "quiz_new"), {"kind": "number", "text": "6 × 7?", "right_number": "forty"}
    )
    assert sent.status_code == 422
    assert "Please write a number" in sent.content.decode()
    client.post(at(world, "quiz_new"), {"kind": "number", "text": "6 × 7?", "right_number": "۴۲"})
    assert Post.objects.get(kind="quiz").instrument.versions.get().items.get().right == 42


def test_a_number_may_be_nothing(world, on, sign_in):
    sign_in(world.amina).post(
        at(world, "quiz_new"), {"kind": "number", "text": "6 − 6?", "right_number": "0"}
    )
    assert Post.objects.get(kind="quiz").instrument.versions.get().items.get().right == 0


def test_several_questions_in_a_draft(world, on, sign_in):
    client = sign_in(world.amina)
    made = client.post(at(world, "quiz_new"), PUZZLE | {"more": "1", "id": str(uuid7())})
    draft = Version.objects.get()
    make = at(world, "quiz_make", draft.instrument_id)
    assert made["Location"] == make
    page = client.get(make).content.decode()
    assert "Only you see this" in page
    assert "disabled" in page
    new = at(world, "quiz_item_new", draft.instrument_id)
    second = {"kind": "short", "text": "The county town?", "accepted": "Kitui\nKitui town"}
    assert client.post(new, second)["Location"] == make
    scale = {"kind": "scale", "text": "How sure?", "low": "Not", "high": "Very", "steps": "5"}
    assert client.post(new, scale | {"more": "1", "optional": "on"})["Location"] == new
    item = at(world, "quiz_item", draft.instrument_id, "i2")
    assert "Kitui town" in client.get(item).content.decode()
    client.post(item, second | {"text": "The county’s town?"})
    client.post(at(world, "quiz_item_up", draft.instrument_id, "i2"))
    client.post(at(world, "quiz_item_drop", draft.instrument_id, "i3"))
    assert [each.text for each in draft.items.all()] == ["The county’s town?", PUZZLE["text"]]
    refused = client.post(make, {"title": "", "publish": "1"})
    assert refused.status_code == 422
    assert "Give it a name first" in refused.content.decode()
    assert "Without a name yet" in client.get(at(world, "quizzes")).content.decode()
    assert not Post.objects.filter(kind="quiz").exists()
    client.post(make, {"title": "Two things", "about": "For Friday", "publish": "1"})
    assert Post.objects.get(kind="quiz").text == "Two things"
    assert client.get(make).status_code == 404  # no draft any more


def test_a_draft_is_its_authors(world, on, sign_in):
    version = begin_quiz(by=world.amina, community=world.maths, title="Secret draft")
    for person in (world.baraka, world.nafula, world.chausiku):
        client = sign_in(person)
        for name in ("quiz", "quiz_make", "quiz_item_new"):
            assert client.get(at(world, name, version.instrument_id)).status_code == 404
        assert "Secret draft" not in client.get(at(world, "quizzes")).content.decode()
    assert sign_in(world.amina).get(at(world, "quiz", version.instrument_id)).status_code == 302
    sign_in(world.amina).post(at(world, "quiz_discard", version.instrument_id))
    assert not Instrument.objects.exists()


def test_one_question_a_page_saved_and_taken_up_again(world, quiz, sign_in):
    client, url = sign_in(world.nafula), at(world, "quiz", quiz.pk)
    page = client.get(url).content.decode()
    assert "How much is a half and a quarter?" in page
    assert "Which are prime?" not in page
    assert "A half is two quarters." not in page  # the explanation comes afterwards
    wrong = client.post(url, {"item": "i1"})
    assert wrong.status_code == 422
    assert "Please choose one." in wrong.content.decode()
    assert client.post(url, {"item": "i1", "i1": "a"}).status_code == 302
    page = client.get(url).content.decode()  # another day, another phone
    assert "Question 2 of 5" in page
    assert 'type="checkbox" name="i2"' in page
    client.post(url, {"item": "i2", "i2": ["a", "c"]})
    typed = client.post(url, {"item": "i3", "i3": "about 14"})
    assert 'value="about 14"' in typed.content.decode()
    client.post(url, {"item": "i3", "i3": "14,1 cm"})
    client.post(url, {"item": "i4", "i4": "KITUI"})
    assert "Leave it out" in client.get(url).content.decode()
    client.post(url, {"item": "i5", "skip": "i5"})
    page = client.get(url).content.decode()
    assert "3 of 4 right" in page
    assert "A half is two quarters." in page
    assert "Three quarters" in page
    assert "How all answered is shown once three have" in page
    assert '<svg class="share' not in page
    assert "1 has tried" in page


def test_all_on_one_page(world, quiz, sign_in):
    client, url = sign_in(world.nafula), at(world, "quiz", quiz.pk) + "?all=1"
    page = client.get(url).content.decode()
    assert page.count('name="item"') == 5
    keys = ["i1", "i2", "i3", "i4", "i5"]
    some = client.post(url, {"item": keys, "i1": "b", "i3": "x", "i4": "Kitui"})
    page = some.content.decode()
    assert some.status_code == 422
    assert "Please choose one or more." in page
    assert "Please write a number" in page
    assert 'value="b" checked' in page
    assert 'value="Kitui"' in page
    assert not Answer.objects.exists()
    client.post(url, {"item": keys, "i1": "b", "i2": "a", "i3": "14.1", "i4": "Kitui"})
    assert "3.5 of 4 right" in client.get(url).content.decode()


def test_the_picture_names_nobody_and_is_the_same_for_the_author(world, quiz, sign_in):
    version = quiz.versions.get()
    for who in (world.nafula, world.otieno, world.baraka):
        actions.answer(by=who, version=version, values=RIGHT | {"i4": "Zzyzx"})
    url = at(world, "quiz", quiz.pk)
    member = sign_in(world.nafula).get(url).content.decode()
    author = sign_in(world.amina).get(f"{url}?results=1").content.decode()
    for page in (member, author):
        assert page.count('<table class="bars">') == 5
        assert "100 of 100 right" in page
        for name in ("Nafula", "Otieno", "Baraka"):
            assert name not in page.split("<main")[1]
    tables = [re.findall(r'<table class="bars">.*?</table>', page) for page in (member, author)]
    assert tables[0] == tables[1]
    assert "5 questions" in sign_in(world.otieno).get(at(world, "stream")).content.decode()


def test_a_poll_is_voted_changed_and_kept_secret(world, vote, sign_in):
    url = at(world, "quiz", vote.pk)
    client = sign_in(world.nafula)
    assert "Nobody sees who chose what" in client.get(url).content.decode()
    client.post(url, {"item": "i1", "i1": "a"})
    page = client.get(url).content.decode()
    assert "Your answer:" in page
    assert "Change my vote" in page
    change = client.get(f"{url}?change=1").content.decode()
    assert 'value="a" checked' in change
    client.post(f"{url}?change=1", {"item": "i1", "i1": "c"})
    for who in ("otieno", "baraka"):
        sign_in(getattr(world, who)).post(url, {"item": "i1", "i1": "c"})
    page = sign_in(world.baraka).get(url).content.decode()
    assert '<rect width="100" height="6"/>' in page
    assert "3 have voted" in page
    assert not Response.objects.exclude(person=None).exists()


def test_a_poll_on_which_some_have_voted_is_not_changed(world, vote, sign_in):
    author, change = sign_in(world.amina), at(world, "quiz_change", vote.pk)
    assert author.post(change)["Location"] == at(world, "quiz_make", vote.pk)
    make = at(world, "quiz_item", vote.pk, "i1")
    assert "mark what is right" not in author.get(make).content.decode()
    author.post(make, {"kind": "one", "text": "Which day?", "choice_0": "Tue", "choice_1": "Thu"})
    author.post(at(world, "quiz_make", vote.pk), {"title": "", "about": "", "publish": "1"})
    assert Post.objects.get(kind="poll").text == "Which day?"
    sign_in(world.nafula).post(at(world, "quiz", vote.pk), {"item": "i1", "i1": "a"})
    refused = author.post(change)
    assert refused.status_code == 422
    assert "Some have voted already" in refused.content.decode()


def test_a_poll_of_bad_input(world, sign_in):
    client, url = sign_in(world.amina), at(world, "poll_new")
    start = {"text": "When?", "choice_0": "Tue", "choice_1": "Thu"}
    for change, words in [
        ({"choice_1": "tue."}, "same as answer 1"),
        ({"choice_1": ""}, "at least two"),
        ({"text": ""}, "Write the question first."),
        ({"ends_on": "2020-01-01"}, "This day has passed"),
        ({"ends_on": "soon"}, "Enter a valid date"),
    ]:
        answer = client.post(url, start | change)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert 'value="Tue"' in answer.content.decode()
    client.post(url, start | {"ends_on": "2999-01-01"})
    assert "until 1 January" in client.get(at(world, "stream")).content.decode()


def test_the_adviser_tries_a_quiz_and_only_looks_at_a_poll(world, quiz, vote, sign_in):
    client = sign_in(world.chausiku)
    url = at(world, "quiz", quiz.pk)
    assert client.post(url, {"item": "i1", "i1": "b"}).status_code == 302
    assert (
        '<form method="post" class="b"'
        not in client.get(at(world, "quiz", vote.pk)).content.decode()
    )
    for name in ("quiz_new", "poll_new"):
        assert client.get(at(world, name)).status_code == 404


def test_switched_off_is_not_offered_and_says_so(world, quiz, sign_in):
    LeverChoice.objects.filter(lever="quizzes").update(value="off")
    client = sign_in(world.nafula)
    assert at(world, "quiz_new") not in client.get(at(world, "stream")).content.decode()
    assert at(world, "poll_new") in client.get(at(world, "stream")).content.decode()
    refused = client.get(at(world, "quiz_new"))
    assert refused.status_code == 422
    assert "switched off in this community" in refused.content.decode()
    assert "switched off" in client.get(at(world, "quizzes")).content.decode()
    page = client.get(at(world, "quiz", quiz.pk)).content.decode()
    assert "switched off" in page
    assert 'type="radio"' not in page


def test_a_kept_page_follows_the_lever(world, quiz, sign_in):
    client = sign_in(world.nafula)
    for _ in range(2):
        assert at(world, "quiz_new") in client.get(at(world, "stream")).content.decode()
    LeverChoice.objects.filter(lever="quizzes").update(value="off")
    assert at(world, "quiz_new") not in client.get(at(world, "stream")).content.decode()


def test_a_kept_page_follows_the_count(world, vote, sign_in):
    client = sign_in(world.nafula)
    for _ in range(3):
        assert "Nobody has voted yet" in client.get(at(world, "stream")).content.decode()
    sign_in(world.otieno).post(at(world, "quiz", vote.pk), {"item": "i1", "i1": "a"})
    assert "1 has voted" in client.get(at(world, "stream")).content.decode()
    actions.close(by=world.amina, instrument=vote)
    assert "Closed" in client.get(at(world, "stream")).content.decode()


def test_closed_with_a_way_back(world, quiz, sign_in):
    author, url = sign_in(world.amina), at(world, "quiz", quiz.pk)
    page = author.post(at(world, "quiz_close", quiz.pk), follow=True).content.decode()
    assert at(world, "quiz_reopen", quiz.pk) in page
    closed = sign_in(world.nafula).get(url).content.decode()
    assert "This is closed" in closed
    assert "The right answer:" in closed  # to learn from all the same
    late = sign_in(world.nafula).post(url, {"item": "i1", "i1": "b"})
    assert late.status_code == 422
    author.post(at(world, "quiz_reopen", quiz.pk))
    assert 'type="radio"' in sign_in(world.nafula).get(url).content.decode()
    assert sign_in(world.baraka).post(at(world, "quiz_close", quiz.pk)).status_code == 404


def test_a_change_makes_a_new_version_to_answer(world, quiz, sign_in):
    nafula, author = sign_in(world.nafula), sign_in(world.amina)
    actions.answer(by=world.nafula, version=quiz.versions.get(), values=RIGHT)
    author.post(at(world, "quiz_change", quiz.pk))
    assert "You are changing it" in author.get(at(world, "quiz_make", quiz.pk)).content.decode()
    assert "4 of 4 right" in nafula.get(at(world, "quiz", quiz.pk)).content.decode()
    old = quiz.versions.get(number=1)
    author.post(at(world, "quiz_make", quiz.pk), {"title": "Anew", "publish": "1"})
    page = nafula.get(at(world, "quiz", quiz.pk)).content.decode()
    assert "This was changed since you answered it." in page
    assert 'name="i1"' in page
    # Otieno had the earlier page open.
    url = at(world, "quiz", quiz.pk)
    late = sign_in(world.otieno).post(url, {"item": "i1", "i1": "b", "version": str(old.pk)})
    assert late.status_code == 422
    assert "changed a moment ago" in late.content.decode()


def test_removed_hidden_and_muted(world, quiz, sign_in):
    post, url = quiz.posts.get(), at(world, "quiz", quiz.pk)
    mute_person(by=world.nafula, other=world.amina, community=world.maths)
    page = sign_in(world.nafula).get(at(world, "stream")).content.decode()
    assert "Muted. Show" in page
    Post.objects.filter(pk=post.pk).update(hidden_at=post.created_at, hidden_why="Why")
    assert sign_in(world.otieno).get(url).status_code == 302
    assert sign_in(world.otieno).post(url, {"item": "i1", "i1": "b"}).status_code == 302
    assert not Response.objects.exists()


def test_the_words_are_changed_where_they_were_made(world, quiz, sign_in):
    client, post = sign_in(world.amina), quiz.posts.get()
    assert client.get(at(world, "edit", post.pk)).status_code == 404
    more = client.get(at(world, "post_more", post.pk)).content.decode()
    assert at(world, "quiz", quiz.pk) in more


@pytest.mark.parametrize("who", ["daudi", "esther", "farid", "gathoni", "hamisi"])
def test_strangers_find_nothing(world, quiz, vote, sign_in, who):
    client = sign_in(getattr(world, who))
    for instrument in (quiz, vote):
        assert client.get(at(world, "quiz", instrument.pk)).status_code == 404
        answer = client.post(at(world, "quiz", instrument.pk), {"item": "i1", "i1": "a"})
        assert answer.status_code == 404
    assert client.get(at(world, "quizzes")).status_code == 404


def test_of_another_community_it_is_not_found(world, quiz, sign_in):
    here = reverse("quiz", args=[world.sister.pk, quiz.pk])
    assert sign_in(world.amina).get(here).status_code == 404


def test_in_another_language(world, on, sign_in):
    client = sign_in(world.amina)
    version = begin_quiz(by=world.amina, community=world.maths, language="en")
    actions.put_item(by=world.amina, version=version, item=HALF)
    url = at(world, "quiz_words", version.instrument_id, "sw")
    assert url in client.get(at(world, "quiz_make", version.instrument_id)).content.decode()
    assert "A half is two quarters." in client.get(url).content.decode()
    long = client.post(url, {"i1_choice_a": "x" * 121, "i1_text": "Nusu na robo?"})
    assert long.status_code == 422
    assert "Nusu na robo?" in long.content.decode()
    client.post(url, {"i1_text": "Nusu na robo?", "i1_choice_b": "Robo tatu"})
    publish_quiz(by=world.amina, version=version)
    world.nafula.language = "sw"
    world.nafula.save()
    page = sign_in(world.nafula).get(at(world, "quiz", version.instrument_id)).content.decode()
    assert "Nusu na robo?" in page
    assert "Robo tatu" in page
    assert "Two sixths" in page  # not translated: as it was written
    for tongue in ("en", "xx"):
        other = at(world, "quiz_words", version.instrument_id, tongue)
        assert client.get(other).status_code == 404


def test_whoever_decides_sees_what_is_hidden(world, quiz, sign_in):
    post, url = quiz.posts.get(), at(world, "quiz", quiz.pk)
    Post.objects.filter(pk=post.pk).update(hidden_at=post.created_at, hidden_why="Why")
    for person in (world.baraka, world.amina):
        page = sign_in(person).get(url)
        assert page.status_code == 200
        assert "It is hidden" in page.content.decode()
        assert 'type="radio"' not in page.content.decode()
    for person in (world.nafula, world.chausiku):
        assert sign_in(person).get(url).status_code == 302
    sign_in(world.otieno).post(at(world, "report", post.pk), {"reason": "wrong", "note": ""})
    Post.objects.filter(pk=post.pk).update(removed_at=post.created_at)
    assert sign_in(world.baraka).get(url).status_code == 302


def test_pictures_to_choose_from(world, on, sign_in):
    client = sign_in(world.amina)
    version = begin_quiz(by=world.amina, community=world.maths)
    url = at(world, "quiz_item_new", version.instrument_id)
    data = {
        "kind": "picture",
        "text": "Which is a half?",
        "choice_0": "A circle cut in two",
        "file_0": a_picture(),
        "choice_1": "A circle cut in three",
        "file_1": a_picture(colour="red"),
        "right": "",
    }
    refused = client.post(url, data)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "mark the right one" in page
    kept = dict(re.findall(r'name="(kept_\d)" value="([^"]+)"', page))
    assert len(kept) == 2  # what was chosen need not be chosen again
    again = {name: value for name, value in data.items() if "file" not in name}
    assert client.post(url, again | kept | {"right": "0"}).status_code == 302
    publish_quiz(by=world.amina, version=version)
    page = sign_in(world.nafula).get(at(world, "quiz", version.instrument_id)).content.decode()
    source = re.search(r'<img class="look" src="([^"]+)"', page)[1]
    picture = sign_in(world.nafula).get(source)
    assert picture["Content-Type"] == "image/webp"
    assert sign_in(world.daudi).get(source).status_code == 404
    picture = version.instrument.pictures.first()
    assert max(picture.width, picture.height) <= 240
    assert picture.size <= 6000


def test_a_picture_needs_words_and_words_a_picture(world, on, sign_in):
    version = begin_quiz(by=world.amina, community=world.maths)
    url = at(world, "quiz_item_new", version.instrument_id)
    client = sign_in(world.amina)
    data = {"kind": "picture", "text": "Which?", "right": "0"}
    page = client.post(url, data | {"file_0": a_picture()}).content.decode()
    assert "Write what it shows" in page
    page = client.post(url, data | {"choice_0": "A circle"}).content.decode()
    assert "Choose a picture here." in page
    broken = a_picture()
    broken.truncate(200)
    page = client.post(url, data | {"choice_0": "A circle", "file_0": broken}).content.decode()
    assert "damaged" in page or "not a photo" in page


def test_a_photo_as_an_answer_is_seen_by_its_sender_alone(world, on, sign_in):
    version = begin_quiz(by=world.amina, community=world.maths, title="Working")
    actions.put_item(by=world.amina, version=version, item=HALF)
    url = at(world, "quiz_item_new", version.instrument_id)
    sign_in(world.amina).post(url, {"kind": "photo", "text": "Show your working."})
    publish_quiz(by=world.amina, version=version)
    url = at(world, "quiz", version.instrument_id)
    client = sign_in(world.nafula)
    client.post(url, {"item": "i1", "i1": "b"})
    assert "Please choose a photo." in client.post(url, {"item": "i2"}).content.decode()
    client.post(url, {"item": "i2", "i2": a_picture()})
    page = client.get(url).content.decode()
    source = re.search(r'<img class="working" src="([^"]+)"', page)[1]
    assert client.get(source).status_code == 200
    for person in (world.amina, world.baraka, world.otieno):
        assert sign_in(person).get(source).status_code == 404


def test_the_list_costs_the_same_however_long(world, on, sign_in):
    client = sign_in(world.nafula)
    counts = []
    for many in (3, 25):
        for number in range(many):
            puzzle(
                by=world.amina,
                community=world.maths,
                item=CAPITAL if number % 2 else PRIMES,
            )
        for name in ("quizzes", "stream"):
            client.get(at(world, name) + "?skip=1")  # what is new is marked as read
            with CaptureQueriesContext(connection) as queries:
                client.get(at(world, name) + "?skip=1")
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
