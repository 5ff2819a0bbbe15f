"""What a phone sends twice is done once; nobody's act is sent in the name of another."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from staffroom.conversations import actions
from staffroom.conversations.models import Post, Thanks
from staffroom.core import once
from staffroom.core.clock import now
from staffroom.core.ids import uuid7
from staffroom.core.models import DoneAct


def told(person, *, act=None, turn=1, age=0, phone="fone", who=None) -> dict[str, str]:
    said = f"{act or uuid7()} {who or once.whose(person)} {phone} {turn} {age}"
    return {"HTTP_X_ACT": said, "HTTP_HX_REQUEST": "true"}


@pytest.fixture
def stream(world):
    return reverse("stream", args=[world.maths.pk])


def test_an_act_that_arrives_twice_is_done_once(world, sign_in, stream):
    client, header = sign_in(world.amina), told(world.amina)
    words = {"text": "Once.", "id": str(uuid7())}
    assert client.post(stream, words, **header).status_code == 200
    again = client.post(stream, words, **header)
    assert (again.status_code, again["X-Why"]) == (204, "done")
    # Even where nothing else would know it again.
    assert client.post(stream, {"text": "Once."}, **header).status_code == 204
    assert Post.objects.filter(text="Once.").count() == 1
    assert DoneAct.objects.get().person_id == world.amina.pk


def test_where_it_led_is_told_again(world, sign_in):
    client, header = sign_in(world.amina), told(world.amina)
    where = reverse("ask", args=[world.maths.pk])
    sent = {"text": "Why do we turn it over?", "language": "en", "id": str(uuid7())}
    first, second = client.post(where, sent, **header), client.post(where, sent, **header)
    question = Post.objects.get(kind="question")
    assert (
        first["X-Go"] == second["X-Go"] == reverse("question", args=[world.maths.pk, question.pk])
    )
    assert first.status_code == second.status_code == 204


def test_a_refused_act_leaves_nothing_and_may_be_mended(world, sign_in, stream):
    client, act = sign_in(world.amina), uuid7()
    assert client.post(stream, {"text": " "}, **told(world.amina, act=act)).status_code == 422
    assert not DoneAct.objects.exists()
    assert client.post(stream, {"text": "So."}, **told(world.amina, act=act)).status_code == 200


def test_a_page_that_is_shown_again_has_done_nothing(world, sign_in):
    client = sign_in(world.amina)
    header = told(world.amina) | {"HTTP_HX_REQUEST": ""}
    sent = {"text": "Why?", "language": "en", "look": "1"}
    assert client.post(reverse("ask", args=[world.maths.pk]), sent, **header).status_code == 200
    assert not DoneAct.objects.exists()


def test_what_baraka_wrote_is_not_sent_by_amina(world, sign_in, stream):
    answer = sign_in(world.amina).post(
        stream, {"text": "Mine."}, **told(world.amina, who=once.whose(world.baraka))
    )
    assert (answer.status_code, answer["X-Why"]) == (409, "other")
    assert not Post.objects.exists()


@pytest.mark.parametrize("name", ["daudi", "esther", "farid"])
def test_others_get_nothing(world, sign_in, stream, name):
    person = getattr(world, name)
    answer = sign_in(person).post(stream, {"text": "In?"}, **told(person))
    assert (answer.status_code, answer["X-Why"]) == (404, "said")
    assert not DoneAct.objects.exists()


def test_signed_out_it_waits(world, client, stream):
    answer = client.post(stream, {"text": "Half an evening."}, **told(world.amina))
    assert (answer.status_code, answer["X-Why"]) == (401, "out")


def test_an_old_token_is_told_as_such(world, sign_in, stream):
    client = sign_in(world.amina)
    client.handler.enforce_csrf_checks = True
    answer = client.post(stream, {"text": "Half an evening."}, **told(world.amina))
    assert (answer.status_code, answer["X-Why"]) == (403, "token")


def test_whatever_is_refused_says_that_it_is_ours(world, sign_in, stream):
    client, act = sign_in(world.amina), told(world.amina)
    empty = client.post(stream, {"text": ""}, **act)
    assert (empty.status_code, empty["X-Why"]) == (422, "again")
    nowhere = client.post("/c/nowhere/", {"text": "Hello"}, **act)
    assert (nowhere.status_code, nowhere["X-Why"]) == (404, "said")
    assert "X-Why" not in client.post(stream, {"text": ""})


def press(client, person, what, post, **act) -> str:
    where = reverse(what, args=[post.community_id, post.pk])
    return client.post(where, **told(person, **act)).get("X-Why", "")


def test_an_old_thank_does_not_win_over_a_later_unthank(world, sign_in):
    post = actions.say(by=world.baraka, community=world.maths, text="I folded paper.")
    client = sign_in(world.amina)
    assert press(client, world.amina, "thank", post, turn=5) == ""
    assert press(client, world.amina, "unthank", post, turn=7) == ""
    assert press(client, world.amina, "thank", post, turn=6) == "overtaken"
    assert not Thanks.objects.exists()
    assert press(client, world.amina, "thank", post, turn=8) == ""
    assert Thanks.objects.count() == 1


def test_between_two_phones_the_later_written_wins(world, sign_in):
    post = actions.say(by=world.baraka, community=world.maths, text="I folded paper.")
    client = sign_in(world.amina)
    press(client, world.amina, "thank", post, turn=50, phone="old1", age=7200)
    press(client, world.amina, "unthank", post, turn=1, phone="new1", age=60)
    assert press(client, world.amina, "thank", post, turn=51, phone="old1", age=3600) == "overtaken"
    assert press(client, world.amina, "thank", post, turn=52, phone="old1", age=0) == ""
    assert Thanks.objects.count() == 1


def test_it_tells_when_it_was_written_by_any_clock(world, sign_in, stream):
    client = sign_in(world.amina)
    client.post(stream, {"text": "At once."}, **told(world.amina, age=3))
    client.post(stream, {"text": "Yesterday."}, **told(world.amina, age=24 * 3600))
    client.post(stream, {"text": "Long ago."}, **told(world.amina, age=999_999_999))
    assert Post.objects.get(text="At once.").written_at is None
    yesterday = now() - Post.objects.get(text="Yesterday.").written_at
    assert abs(yesterday - dt.timedelta(days=1)) < dt.timedelta(minutes=1)
    ago = now() - Post.objects.get(text="Long ago.").written_at
    assert ago < dt.timedelta(days=61)


def test_what_has_no_name_leaves_no_row(world, sign_in):
    client = sign_in(world.amina)
    where = reverse("ask_without_name", args=[world.maths.pk])
    sent = {"text": "Why is a minus times a minus a plus?", "language": "en", "sure": "1"}
    assert client.post(where, sent, **told(world.amina)).status_code in {204, 302}
    question = Post.objects.get(anonymous=True)
    page = reverse("question", args=[world.maths.pk, question.pk])
    client.post(page, {"text": "With three pupils it went so."}, **told(world.amina))
    press(client, world.amina, "solve", question)
    assert not DoneAct.objects.exists()
    question.refresh_from_db()
    assert question.solved_at
    assert question.answer_count == 1


def test_too_much_at_once_waits_and_is_not_refused(world, sign_in, stream):
    client = sign_in(world.amina)
    for number in range(61):
        last = client.post(stream, {"text": f"{number}"}, **told(world.amina))
    assert last.status_code == 429
    assert 0 < int(last["Retry-After"]) <= 600
    assert Post.objects.count() == DoneAct.objects.count() == 60


def test_nonsense_in_the_header_is_no_act(world, sign_in, stream):
    client = sign_in(world.amina)
    for said in ("", "x", f"{uuid.uuid4()} a b c d", "é" * 40, "-" * 36 + " abcdef fone 1 1"):
        client.post(stream, {"text": "So."}, HTTP_X_ACT=said)
    assert not DoneAct.objects.exists()
    assert Post.objects.filter(text="So.").count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_fault_takes_the_row_with_it(world, sign_in, stream, monkeypatch):
    from staffroom.conversations.views import stream as views

    def broken(**fields):
        raise OSError("no room")

    monkeypatch.setattr(views, "forget", broken)  # after the post was written
    client = sign_in(world.amina)
    client.raise_request_exception = False
    act = uuid7()
    assert client.post(stream, {"text": "Half."}, **told(world.amina, act=act)).status_code == 500
    assert not Post.objects.filter(text="Half.").exists()
    assert not DoneAct.objects.exists()
    assert connection.in_atomic_block is False
