import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.edit import edit
from staffroom.conversations.actions.help import help
from staffroom.conversations.actions.remove import remove
from staffroom.conversations.models import Helped, Post, ReadMark, Thanks
from staffroom.core.clock import now, pretend
from staffroom.core.fragments import forget_all
from staffroom.core.ids import short, uuid7
from tests.conversations.test_stream_page import html, order


@pytest.fixture(autouse=True)
def _no_fragments():
    forget_all()


def address(post, name="question"):
    return reverse(name, args=[post.community_id, post.pk])


def test_answers_that_helped_stand_first_then_by_time(world, sign_in, question, answered):
    second = answer(by=world.otieno, question=question, text="Draw it.")
    third = answer(by=world.chausiku, question=question, text="Use money.")
    help(by=world.amina, answer=third)
    text = html(sign_in(world.amina).get(address(question)))
    assert order(
        text, *[f'id="p-{short(post.pk)}"' for post in (question, third, answered, second)]
    )
    assert "3 answers" in text


def test_a_member_answers_and_lands_at_the_answer(world, sign_in, question):
    client, key = sign_in(world.nafula), uuid7()
    for _time in range(2):
        sent = client.post(address(question), {"text": "Try paper.", "id": str(key)})
        assert sent.headers["Location"] == f"{address(question)}#p-{short(key)}"
    assert question.answers.count() == 1


def test_a_refused_answer_keeps_every_letter(world, sign_in, question):
    sent = sign_in(world.nafula).post(address(question), {"text": "b" * 6000})
    assert sent.status_code == 422
    assert "b" * 6000 in sent.content.decode()


def test_this_helped_is_pressed_and_released(world, sign_in, question, answered):
    client = sign_in(world.amina)
    came = {"Referer": f"http://testserver{address(question)}"}
    sent = client.post(address(answered, "help"), headers=came)
    assert sent.headers["Location"] == f"{address(question)}#p-{short(answered.pk)}"
    assert 'aria-pressed="true"' in html(client.get(address(question)))
    assert 'aria-pressed="true"' not in html(sign_in(world.otieno).get(address(question)))
    client.post(address(answered, "unhelp"))
    assert not Helped.objects.exists()


def test_the_script_gets_the_entry_anew(world, sign_in, question, answered, message):
    client, script = sign_in(world.amina), {"HX-Request": "true"}
    text = html(client.post(address(answered, "help"), headers=script))
    assert f'id="p-{short(answered.pk)}"' in text
    assert 'aria-pressed="true"' in text
    assert "<html" not in text
    text = html(client.post(address(message, "thank"), headers=script))
    assert "Take the thanks back" in text
    assert Thanks.objects.count() == 1


def test_a_referer_of_elsewhere_leads_home(world, sign_in, message):
    sent = sign_in(world.amina).post(
        address(message, "thank"), headers={"Referer": "https://evil.example/c/"}
    )
    assert sent.headers["Location"].startswith("/c/")


def test_solved_and_open_again(world, sign_in, question):
    client = sign_in(world.amina)
    client.post(address(question, "solve"))
    assert "Solved" in html(client.get(address(question)))
    client.post(address(question, "reopen"))
    text = html(client.get(address(question)))
    assert "It is solved" in text
    assert "It is solved" not in html(sign_in(world.nafula).get(address(question)))


def test_reading_a_question_is_marked_once(world, sign_in, question, answered):
    client = sign_in(world.amina)
    for _time in range(2):
        client.get(address(question))
    assert ReadMark.objects.get(question=question).until == answered.created_at


def test_the_author_edits_and_only_author_and_moderator_see_what_stood(world, sign_in, question):
    client = sign_in(world.amina)
    form = html(client.get(address(question, "edit")))
    assert question.text in form
    sent = client.post(
        address(question, "edit"),
        {"text": "Why at all?", "topic": "Fractions", "grade": "7", "version": "1"},
    )
    assert sent.status_code == 302
    assert "Edited" in html(client.get(address(question)))
    old = "Why do we turn the second fraction over?"
    for person, sees in [("amina", True), ("baraka", True), ("nafula", False), ("chausiku", False)]:
        text = html(sign_in(getattr(world, person)).get(address(question, "post_more")))
        assert (old in text) == sees


def test_an_edit_from_an_old_page_is_told(world, sign_in, message):
    edit(by=world.otieno, post=message, text="Newer words")
    sent = sign_in(world.otieno).post(
        address(message, "edit"), {"text": "From the old page", "version": "1"}
    )
    assert sent.status_code == 422
    assert "From the old page" in sent.content.decode()


def test_removing_asks_first_and_can_be_undone(world, sign_in, message):
    client = sign_in(world.otieno)
    assert "Shall it be removed?" in html(client.get(address(message, "remove")))
    message.refresh_from_db()
    assert message.removed_at is None
    text = html(client.post(address(message, "remove"), follow=True))
    assert "Removed by its author." in text
    assert address(message, "restore") in text
    client.post(address(message, "restore"))
    message.refresh_from_db()
    assert message.removed_at is None


def test_a_removed_question_keeps_its_answers(world, sign_in, question, answered):
    remove(by=world.amina, post=question)
    text = html(sign_in(world.nafula).get(address(question)))
    assert "turn the second fraction" not in text
    assert "how many quarters" in text
    assert 'id="write"' not in text


def test_asking_from_the_page(world, sign_in):
    client, key = sign_in(world.amina), uuid7()
    page = reverse("ask", args=[world.maths.pk])
    fields = {"text": "Why?", "topic": "Fractions", "grade": "7", "language": "en", "id": str(key)}
    for _time in range(2):
        assert (
            client.post(page, fields).headers["Location"]
            == f"/c/{short(world.maths.pk)}/q/{short(key)}"
        )
    refused = client.post(page, fields | {"text": "", "topic": "Long division"})
    assert refused.status_code == 422
    assert "Long division" in refused.content.decode()
    assert Post.objects.count() == 1


def test_celebrating_and_prompting_from_the_page(world, sign_in):
    client = sign_in(world.baraka)
    celebrate = reverse("celebrate", args=[world.maths.pk])
    assert "Baraka Mutiso</option>" not in html(client.get(celebrate))
    client.post(celebrate + "?room=tea", {"about": str(world.nafula.pk), "text": "Well done"})
    assert Post.objects.get(kind="celebration").room == "tea"
    client.post(reverse("prompt", args=[world.maths.pk]), {"text": "Bring one exercise."})
    assert Post.objects.get(kind="prompt").author == world.baraka
    assert sign_in(world.amina).get(reverse("prompt", args=[world.maths.pk])).status_code == 404
    assert client.post(celebrate, {"about": str(world.farid.pk), "text": "x"}).status_code == 422


def test_yesterday_is_said_only_for_a_day(world, sign_in, question, answered):
    client = sign_in(world.amina)
    with pretend(now().replace(hour=9)):
        said = answer(by=world.otieno, question=question, text="Said at nine.")
        assert "Today" in entry(html(client.get(address(question))), said)
    with pretend(now().replace(hour=9) + dt.timedelta(days=1)):
        assert "Yesterday" in entry(html(client.get(address(question))), said)


def entry(text, post):
    """The part of the page that is this post."""
    return text.split(f'id="p-{short(post.pk)}"')[1].split("</li><li")[0]


NAMES = [
    "question",
    "post",
    "post_more",
    "edit",
    "remove",
    "restore",
    "help",
    "unhelp",
    "thank",
    "unthank",
    "solve",
    "reopen",
    "pin",
    "unpin",
]


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni", "hamisi"])
@pytest.mark.parametrize("name", NAMES)
def test_others_find_no_such_page(world, sign_in, question, answered, who, name):
    client = sign_in(getattr(world, who))
    post = answered if "help" in name else question
    assert client.get(address(post, name)).status_code in (404, 405)
    assert client.post(address(post, name), {"text": "x"}).status_code in (404, 405)


@pytest.mark.parametrize("name", NAMES)
def test_a_post_of_another_community_is_not_found_here(world, sign_in, question, name):
    client = sign_in(world.amina)
    page = reverse(name, args=[world.sister.pk, question.pk])
    assert {client.get(page).status_code, client.post(page).status_code} <= {404, 405}


@pytest.mark.parametrize("name", ["edit", "remove", "restore"])
@pytest.mark.parametrize("who", ["baraka", "otieno", "chausiku"])
def test_members_change_only_their_own(world, sign_in, question, who, name):
    sent = sign_in(getattr(world, who)).post(address(question, name), {"text": "Mine"})
    assert sent.status_code == 404


def test_a_page_costs_the_same_queries_whatever_was_answered(world, sign_in, question):
    client, counts = sign_in(world.amina), []
    for more in (3, 25):
        for number in range(more):
            answer(by=world.nafula, question=question, text=f"{number}", quotes=question)
        client.get(address(question))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(question))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 19


def test_the_first_answer_takes_the_place_of_nobody(world, sign_in, question):
    """Sent by our script, the answer comes with the heading that is true now."""
    sent = sign_in(world.otieno).post(
        address(question), {"text": "Fold it."}, headers={"HX-Request": "true"}
    )
    text = html(sent)
    assert order(text, 'id="answers"', "1 answer", "Fold it.")
    assert "Nobody has answered" not in text
    assert "<html" not in text


def test_answers_come_while_the_question_is_open(world, sign_in, question):
    client, news = sign_in(world.amina), address(question, "new_answers")
    assert f'data-poll="{news}"' in html(client.get(address(question)))
    assert client.get(f"{news}?after=").status_code == 204
    first = answer(by=world.otieno, question=question, text="Fold it.")
    sent = client.get(f"{news}?after=")
    assert sent.headers["X-Cursor"] == short(first.pk)
    assert order(html(sent), "1 answer", "Fold it.")
    assert client.get(f"{news}?after={short(first.pk)}").status_code == 204
    second = answer(by=world.nafula, question=question, text="Cut it.")
    text = html(client.get(f"{news}?after={short(first.pk)}"))
    assert order(text, "2 answers", "Cut it.")
    assert "Fold it." not in text
    assert ReadMark.objects.get(person=world.amina, question=question).until == second.created_at


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni", "hamisi"])
def test_others_hear_of_no_answers(world, sign_in, question, answered, who):
    client = sign_in(getattr(world, who))
    assert client.get(address(question, "new_answers")).status_code == 404


def test_an_adviser_is_not_asked_whether_it_helped(world, sign_in, question, answered):
    """Only members say so: a button that leads nowhere is not shown."""
    button = address(answered, "help")
    assert button in html(sign_in(world.amina).get(address(question)))
    text = html(sign_in(world.chausiku).get(address(question)))
    assert button not in text
    assert address(answered, "thank") in text
