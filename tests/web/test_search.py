import uuid

import pytest
from django.urls import reverse

from staffroom.conversations.actions import search_text
from staffroom.conversations.actions.remove import forget_words
from staffroom.conversations.models import Mute, Post
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.core.models import SearchEntry, SearchWord
from staffroom.core.retrieval import reindex, vocabulary
from staffroom.core.retrieval.finding import Filters, find, wanted_words
from tests.conversations.makers import a_post, a_question


def found(person, text, page=1, **filters):
    page = find(person=person, text=text, filters=Filters(**filters), page=page)
    return [one.post for one in page.found]


@pytest.mark.parametrize(
    "text",
    ["fractions", "FRACT", "quarters fractions", "fractions  quart", "ELEVE", "ngombe", "0.5", "٧"],
)
def test_it_finds_every_word_by_its_beginning(world, text):
    right = a_post(
        world.maths, world.baraka, "Fractions: élèves cut ng’ombe into quarters, 0.5 and 7"
    )
    a_post(world.maths, world.baraka, "Nothing of the kind")
    assert found(world.amina, text) == [right]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("ur", "کسر کی کتابیں", "كتاب"),
        ("ur", "بچوں کو سمجھائیں", "بچہ"),
        ("sw", "Watoto hawaelewi maswali ya vitabu", "mtoto swali kitabu"),
        ("sw", "Nilifundisha sehemu", "kufundisha"),
        ("en", "They were teaching studies", "teach study"),
        ("fr", "Les élèves", "Eleve"),
    ],
)
def test_it_finds_other_forms_and_spellings_of_a_word(world, language, written, typed):
    right = a_post(world.maths, world.baraka, written, language=language)
    assert found(world.amina, typed) == [right]


@pytest.mark.parametrize("text", ["actions", "%", "_ractions %", "zebra"])
def test_it_does_not_find_the_middle_of_words(world, text):
    a_post(world.maths, world.baraka, "Fractions and quarters")
    try:
        assert found(world.amina, text) == []
    except Refused:
        assert text == "%"


def test_where_nothing_has_all_words_some_will_do_and_that_is_said(world):
    right = a_post(world.maths, world.baraka, "Fractions and quarters")
    page = find(person=world.amina, text="fractions photosynthesis")
    assert [one.post for one in page.found] == [right]
    assert page.some
    both = a_post(world.maths, world.baraka, "Fractions in photosynthesis")
    page = find(person=world.amina, text="fractions photosynthesis")
    assert [one.post for one in page.found] == [both]
    assert not page.some


@pytest.mark.parametrize("typed", ["photosyntesis", "fotosynthesis", "photosinthesys", "graed"])
def test_a_slip_of_typing_does_no_harm(world, typed):
    right = a_post(world.maths, world.baraka, "Photosynthesis for grade four")
    vocabulary.learn()
    page = find(person=world.amina, text=typed)
    assert [one.post for one in page.found] == [right]
    assert page.meant


def test_a_correction_tells_nothing_of_what_stands_elsewhere(world, sign_in):
    a_post(world.sister, world.daudi, "Photosynthesis")
    vocabulary.learn()
    page = find(person=world.otieno, text="photosyntesis")
    assert page.found == []
    assert page.meant == []
    said = sign_in(world.otieno).get(reverse("search"), {"q": "photosyntesis"}).content.decode()
    assert "near to it" not in said


def test_the_topic_of_a_question_counts_more_and_is_marked(world):
    a_question(world.maths, world.baraka, "Division of labour in class", topic="Groups")
    right = a_question(world.maths, world.baraka, "How do I begin?", topic="Long division")
    page = find(person=world.amina, text="divi")
    assert page.found[0].post == right
    assert [piece.text for piece in page.found[0].pieces if piece.hit] == ["division"]


def test_the_best_first_and_newer_first_where_they_are_equal(world):
    old = a_post(world.maths, world.baraka, "a goat", minutes_ago=9)
    new = a_post(world.maths, world.baraka, "a goat", minutes_ago=1)
    best = a_post(world.maths, world.baraka, "goat", minutes_ago=90)
    assert found(world.amina, "goat") == [best, new, old]


def test_twenty_a_page(world):
    posts = [a_post(world.maths, world.baraka, f"goats {n}", minutes_ago=n) for n in range(45)]
    pages = [find(person=world.amina, text="goat", page=page) for page in (1, 2, 3, 4)]
    assert [len(page.found) for page in pages] == [20, 20, 5, 0]
    assert [page.more for page in pages] == [True, True, False, False]
    assert [one.post for page in pages for one in page.found] == posts


def test_it_leaves_out_what_is_not_to_be_seen(world):
    a_post(world.maths, world.baraka, "goat removed", removed_at=now())
    a_post(world.maths, world.baraka, "goat hidden", hidden_at=now())
    a_post(world.sister, world.daudi, "goat next door")
    a_post(world.maths, world.nafula, "goat muted")
    Mute.objects.create(person=world.amina, muted_person=world.nafula)
    assert [post.text for post in found(world.amina, "goat")] == ["goat next door"]
    assert [post.text for post in found(world.otieno, "goat")] == ["goat muted"]
    assert [post.text for post in found(world.daudi, "goat")] == ["goat next door"]
    for outsider in (world.esther, world.farid, world.gathoni, world.hamisi):
        assert found(outsider, "goat") == []


def test_whoever_leaves_finds_nothing_there_any_more(world):
    a_post(world.maths, world.baraka, "goat")
    assert found(world.otieno, "goat")
    world.maths.memberships.filter(person=world.otieno).update(state="left")
    assert found(world.otieno, "goat") == []


def test_nobody_is_found_by_name(world):
    a_post(world.maths, world.baraka, "Fold a paper")
    a_question(world.maths, None, "How do I fold?", anonymous=True)
    assert found(world.amina, "Baraka") == []
    assert found(world.amina, "Mutiso") == []


def test_a_nameless_question_stands_in_no_order_of_writing(world):
    first = a_question(world.maths, world.baraka, "goat one")
    nameless = a_question(world.maths, None, "goat two", anonymous=True)
    last = a_question(world.maths, world.baraka, "goat three")
    numbers = {entry.object_id: entry.pk for entry in SearchEntry.objects.all()}
    assert numbers[nameless.pk] < 0 < numbers[first.pk] < numbers[last.pk]


def test_filters(world):
    asked = a_question(world.maths, world.baraka, "goat?", grade=6)
    other = a_post(world.maths, world.baraka, "goat", language="sw")
    there = a_post(world.sister, world.daudi, "goat")
    person = world.amina
    assert found(person, "goat", kinds=("question",)) == [asked]
    assert found(person, "goat", grade=6) == [asked]
    assert found(person, "goat", grade=7) == []
    assert found(person, "goat", language="sw") == [other]
    assert found(person, "goat", subject="science") == [there]
    assert found(person, "goat", within=world.sister.pk) == [there]
    with pytest.raises(NotYours):
        found(world.otieno, "goat", within=world.sister.pk)


def test_an_edited_post_is_found_by_its_new_words_only(world):
    post = a_post(world.maths, world.baraka, "goats")
    post.text, post.version = "sheep", 2
    post.save()
    search_text.remember(post)
    assert found(world.amina, "goats") == []
    assert found(world.amina, "sheep") == [post]


def test_what_came_another_way_is_found_after_the_night_and_what_went_is_forgotten(world):
    Post.objects.create(community=world.maths, author=world.baraka, kind="message", text="goats")
    stale = a_post(world.maths, world.baraka, "sheep")
    Post.objects.filter(pk=stale.pk).update(text="goats again", version=2)
    gone = a_post(world.maths, world.baraka, "zebra")
    Post.objects.filter(pk=gone.pk).delete()
    vocabulary.learn()
    assert SearchWord.objects.filter(word="zebra").exists()
    assert reindex.reindex() == (2, 1)
    assert len(found(world.amina, "goats")) == 2
    assert reindex.reindex() == (0, 0)
    assert SearchEntry.objects.count() == 2
    assert not SearchWord.objects.filter(word="zebra").exists()


def test_broken_off_it_goes_on_where_it_was(world, monkeypatch):
    for n in range(7):
        a_post(world.maths, world.baraka, f"goats {n}")
    reindex.begin_anew()
    monkeypatch.setattr(reindex, "A_STEP", 3)
    steps = []

    def stop_after_two(what, count):
        steps.append(count)
        if len(steps) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex.reindex(stop_after_two)
    assert len(found(world.amina, "goats")) == 7
    assert reindex.reindex() == (1, 0)


def test_words_of_what_was_removed_are_forgotten(world):
    post = a_post(world.maths, world.baraka, "goats")
    forget_words([post.pk])
    assert not SearchEntry.objects.exists()


@pytest.mark.parametrize("text", ["?!", "👍🏽", "…", "'", "%_", "\x00"])
def test_it_refuses_what_has_no_word(text):
    with pytest.raises(Refused, match="at least one word"):
        wanted_words(text)


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("", 200, "Looks through"),
        ("goat", 200, "<mark>Goats</mark>"),
        ("zebra", 200, "Nothing was found"),
        ("?!", 422, "at least one word"),
        ("👩‍🏫", 422, "at least one word"),
        ("x", 200, "Nothing was found"),
        ("x" * 10_000, 422, "10000 characters"),
        ("\x00", 200, "Looks through"),
        ("<script>", 200, "Nothing was found"),
        ("goat " * 40, 200, "<mark>Goats</mark>"),
        ('"goat" OR NOT near(\' & | ! :* \\', 200, "<mark>Goats</mark>"),
        ("in:goat kind:goat", 200, "<mark>Goats</mark>"),
        ("𝔤𝔬𝔞𝔱 \ud83d", 200, "<mark>Goats</mark>"),
    ],
)
def test_the_page(world, sign_in, text, status, says):
    a_post(world.maths, world.baraka, "Goats & sheep <b>eat</b> or near kind in")
    text = text.encode("utf-8", "replace").decode()
    answer = sign_in(world.amina).get(reverse("search"), {"q": text})
    assert answer.status_code == status
    page = answer.content.decode()
    assert says in page
    assert "<script>" not in page.split("</head>")[-1].split("<main")[1]
    assert "<b>eat</b>" not in page
    assert len(page) < 20_000


def test_choices_that_do_not_exist_are_none(world, sign_in):
    a_post(world.maths, world.baraka, "Goats")
    for name in ("in", "kind", "subject", "grade", "lang", "page"):
        for value in ("x", "A" * 21, "\x00", "9" * 400, "-9", "½"):
            answer = sign_in(world.amina).get(reverse("search"), {"q": "goat", name: value})
            assert b"<mark>Goats</mark>" in answer.content, (name, value)


def test_one_community_alone(world, sign_in):
    a_post(world.maths, world.baraka, "Goats")
    a_post(world.sister, world.daudi, "Goats")
    here = short(world.maths.pk)
    page = sign_in(world.amina).get(reverse("search"), {"q": "goat", "in": here}).content.decode()
    assert page.count("<mark>") == 1
    for who in (world.daudi, world.esther, world.farid):
        for query in ({"q": "goat", "in": here}, {"in": here}):
            assert sign_in(who).get(reverse("search"), query).status_code == 404
    nowhere = {"q": "goat", "in": short(uuid.uuid4())}
    assert sign_in(world.amina).get(reverse("search"), nowhere).status_code == 404


@pytest.mark.parametrize("who", ["esther", "farid", "gathoni", "hamisi"])
def test_whoever_is_inside_nowhere_finds_nothing(world, sign_in, who):
    a_post(world.maths, world.baraka, "Goats")
    answer = sign_in(getattr(world, who)).get(reverse("search"), {"q": "goat"})
    assert b"Goats" not in answer.content


def test_queries_do_not_grow(world, sign_in, django_assert_max_num_queries):
    client = sign_in(world.amina)
    client.get(reverse("search"), {"q": "goat"})
    counts = []
    for many in (10, 190):
        for n in range(many):
            a_post(world.maths, world.baraka, f"goats {n}")
        with django_assert_max_num_queries(40) as told:
            client.get(reverse("search"), {"q": "goat"})
        counts.append(len(told))
    assert counts[0] == counts[1]


def test_a_better_answer_comes_first_however_old(world):
    older = a_post(world.maths, world.baraka, "goat and maize", minutes_ago=60 * 24 * 400)
    newer = a_post(world.maths, world.baraka, "goat and maize and much else besides", minutes_ago=1)
    assert found(world.amina, "goat") == [older, newer]
