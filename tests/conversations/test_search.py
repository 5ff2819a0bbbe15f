import pytest
from django.urls import reverse

from staffroom.conversations.actions import search_text
from staffroom.conversations.models import Mute, Post, SearchText
from staffroom.conversations.queries.search import search, wanted_words
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from tests.conversations.makers import a_post, a_question


def found(person, community, text, **options):
    return [
        one.post for one in search(person=person, community=community, text=text, **options).found
    ]


@pytest.mark.parametrize(
    "text",
    ["fractions", "FRACT", "quarters fractions", "fractions  quart", "ELEVE", "ngombe", "0.5", "٧"],
)
def test_it_finds_every_word_by_its_beginning(world, text):
    right = a_post(
        world.maths, world.baraka, "Fractions: élèves cut ng’ombe into quarters, 0.5 and 7"
    )
    a_post(world.maths, world.baraka, "Nothing of the kind")
    assert found(world.amina, world.maths, text) == [right]


@pytest.mark.parametrize("text", ["actions", "fractions photosynthesis", "%", "_ractions %"])
def test_it_does_not_find_the_middle_of_words_or_only_some(world, text):
    a_post(world.maths, world.baraka, "Fractions and quarters")
    try:
        assert found(world.amina, world.maths, text) == []
    except Refused:
        assert text == "%"


def test_it_finds_urdu_however_it_is_typed(world):
    right = a_post(world.maths, world.baraka, "کسر کی کتاب")
    assert found(world.amina, world.maths, "كتاب") == [right]


def test_it_finds_the_topic_of_a_question_too(world):
    right = a_question(world.maths, world.baraka, "How do I begin?", topic="Long division")
    page = search(person=world.amina, community=world.maths, text="divi")
    assert [one.post for one in page.found] == [right]
    assert [piece.text for piece in page.found[0].pieces if piece.hit] == ["division"]


def test_newest_first_twenty_a_page(world):
    posts = [a_post(world.maths, world.baraka, f"goats {n}", minutes_ago=n) for n in range(45)]
    seen, after = [], None
    for expected in (20, 20, 5):
        page = search(person=world.amina, community=world.maths, text="goat", after=after)
        assert len(page.found) == expected
        seen += [one.post for one in page.found]
        after = page.next
    assert after is None
    assert seen == posts


def test_it_leaves_out_what_is_not_to_be_seen(world):
    a_post(world.maths, world.baraka, "goat removed", removed_at=now())
    a_post(world.maths, world.baraka, "goat hidden", hidden_at=now())
    a_post(world.sister, world.daudi, "goat next door")
    a_post(world.maths, world.nafula, "goat muted")
    Mute.objects.create(person=world.amina, muted_person=world.nafula)
    assert found(world.amina, world.maths, "goat") == []
    assert [post.text for post in found(world.otieno, world.maths, "goat")] == ["goat muted"]


def test_an_edited_post_is_found_by_its_new_words_only(world):
    post = a_post(world.maths, world.baraka, "goats")
    post.text, post.version = "sheep", 2
    post.save()
    search_text.remember(post)
    assert found(world.amina, world.maths, "goats") == []
    assert found(world.amina, world.maths, "sheep") == [post]


def test_what_came_another_way_is_remembered_at_night(world):
    Post.objects.create(community=world.maths, author=world.baraka, kind="message", text="goats")
    stale = a_post(world.maths, world.baraka, "sheep")
    Post.objects.filter(pk=stale.pk).update(text="goats again", version=2)
    assert search_text.remember_missing() == 2
    assert len(found(world.amina, world.maths, "goats")) == 2
    assert search_text.remember_missing() == 0
    assert SearchText.objects.count() == 2


@pytest.mark.parametrize("text", ["?!", "👍🏽", "…", "'", "%_", "\x00"])
def test_it_refuses_what_has_no_word(text):
    with pytest.raises(Refused, match="at least one word"):
        wanted_words(text)


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("", 200, "Looks through"),
        ("goat", 200, "<mark>Goats</mark>"),
        ("zebra", 200, "Nothing in this community"),
        ("?!", 422, "at least one word"),
        ("👩‍🏫", 422, "at least one word"),
        ("x" * 10_000, 422, "10000 characters"),
        ("\x00", 200, "Looks through"),
        ("<script>", 200, "Nothing in this community"),
        ("goat " * 40, 200, "<mark>Goats</mark>"),
    ],
)
def test_the_page(world, sign_in, text, status, says):
    a_post(world.maths, world.baraka, "Goats & sheep <b>eat</b>")
    answer = sign_in(world.amina).get(reverse("search", args=[world.maths.pk]), {"q": text})
    assert answer.status_code == status
    page = answer.content.decode()
    assert says in page
    assert "<script>" not in page.split("</head>")[-1].split("<main")[1]
    assert "<b>eat</b>" not in page
    assert len(page) < 20_000


def test_a_strange_place_to_go_on_from_is_the_beginning(world, sign_in):
    a_post(world.maths, world.baraka, "Goats")
    for after in ("x", "A" * 22, "%00"):
        answer = sign_in(world.amina).get(
            reverse("search", args=[world.maths.pk]), {"q": "goat", "after": after}
        )
        assert b"<mark>Goats</mark>" in answer.content


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("amina", 200),
        ("chausiku", 200),
        ("daudi", 404),
        ("esther", 404),
        ("farid", 404),
        ("gathoni", 404),
        ("hamisi", 404),
    ],
)
def test_who_may_search(world, sign_in, who, status):
    a_post(world.maths, world.baraka, "Goats")
    client = sign_in(getattr(world, who))
    answer = client.get(reverse("search", args=[world.maths.pk]), {"q": "goat"})
    assert answer.status_code == status
    assert (b"Goats" in answer.content) == (status == 200)
