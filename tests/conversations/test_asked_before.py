import pytest
from django.urls import reverse

from staffroom.conversations.models import Photo, Post
from staffroom.core.ids import uuid7
from staffroom.core.retrieval import vocabulary
from tests.conversations.makers import a_picture, a_post, a_question

WORDS = "How do I explain division by a fraction to my class?"


@pytest.fixture
def known(world):
    """Some questions, and the one that is like ours."""
    for text in (
        "How do I explain photosynthesis?",
        "How do I teach sixty pupils in one class?",
        "What do you do when a parent never comes?",
    ):
        a_question(world.maths, world.baraka, text)
    right = a_question(world.maths, world.baraka, "How can one explain division by fractions?")
    vocabulary.learn()
    return right


def send(client, world, name="ask", **more):
    fields = {"text": WORDS, "topic": "", "grade": "", "language": "en", "id": str(uuid7())} | more
    return client.post(reverse(name, args=[world.maths.pk]), fields)


def test_it_is_told_and_the_form_is_kept(world, sign_in, known):
    answer = send(sign_in(world.amina), world, topic="Fractions", photo=a_picture())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "asked before" in page
    assert "division by fractions" in page
    assert reverse("post", args=[world.maths.pk, known.pk]) in page
    assert "photosynthesis" not in page
    assert WORDS in page
    assert 'value="Fractions"' in page
    assert Photo.objects.filter(post=None).count() == 1
    assert "photo_id" in page
    assert "Ask all the same" in page
    assert Post.objects.count() == 4


def test_asked_all_the_same_it_stands(world, sign_in, known):
    assert send(sign_in(world.amina), world, sure="1").status_code == 302
    assert Post.objects.filter(text=WORDS).count() == 1


def test_sending_the_same_again_is_not_asking_again(world, sign_in):
    client, id = sign_in(world.amina), str(uuid7())
    for _twice in range(2):
        assert send(client, world, id=id).status_code == 302
    assert Post.objects.count() == 1


def test_without_a_name_it_is_told_too(world, sign_in, known):
    client, id = sign_in(world.amina), str(uuid7())
    told = send(client, world, "ask_without_name", id=id)
    assert told.status_code == 422
    assert "division by fractions" in told.content.decode()
    for _twice in range(2):
        assert send(client, world, "ask_without_name", id=id, sure="1").status_code == 302
    assert Post.objects.count() == 5


@pytest.mark.parametrize(
    "text", ["Where can I find a book of songs?", "?!", "👍", "How do I?", "x", "کسر"]
)
def test_another_question_is_simply_asked(world, sign_in, known, text):
    assert send(sign_in(world.amina), world, text=text).status_code == 302


def test_what_is_not_theirs_to_read_is_not_told(world, sign_in):
    a_question(world.sister, world.daudi, WORDS)
    a_question(world.maths, world.nafula, WORDS, removed_at=world.maths.created_at)
    vocabulary.learn()
    assert send(sign_in(world.otieno), world).status_code == 302
    assert send(sign_in(world.amina), world).status_code == 422


def while_typing(client, world, text):
    return client.post(reverse("asked", args=[world.maths.pk]), {"text": text})


def test_while_typing_it_costs_few_bytes(world, sign_in, known):
    long = a_question(world.maths, world.baraka, "کسر سے تقسیم کیسے سمجھائیں؟ " * 20, language="ur")
    vocabulary.learn()
    client = sign_in(world.amina)
    for text, right in ((WORDS, known), ("کسر سے تقسیم کیسے سمجھائیں", long)):
        answer = while_typing(client, world, text)
        assert answer.status_code == 200
        assert reverse("post", args=[world.maths.pk, right.pk]) in answer.content.decode()
        assert len(answer.content) <= 300
    for text in ("", "?", "Where are songs?", "x" * 10_000, "\x00"):
        assert while_typing(client, world, text).status_code == 204


@pytest.mark.parametrize(
    ("who", "status"),
    [("daudi", 404), ("esther", 404), ("farid", 404), ("chausiku", 404), ("nafula", 200)],
)
def test_who_may_ask_that(world, sign_in, known, who, status):
    assert while_typing(sign_in(getattr(world, who)), world, WORDS).status_code == status


def test_its_queries_do_not_grow(world, sign_in, known, django_assert_max_num_queries):
    client = sign_in(world.amina)
    while_typing(client, world, WORDS)
    counts = []
    for many in (10, 190):
        for n in range(many):
            a_post(world.maths, world.baraka, f"{WORDS} {n}", kind="question")
        with django_assert_max_num_queries(40) as told:
            while_typing(client, world, WORDS)
        counts.append(len(told))
    assert counts[1] <= counts[0]
