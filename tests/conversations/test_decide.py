import pytest
from django.urls import reverse

from staffroom.communities.models import Advisership, Term
from staffroom.conversations.actions.decide import AlreadyDecided, decide, see, undo
from staffroom.conversations.actions.report import appeal, report
from staffroom.conversations.models import Decision, Report
from staffroom.conversations.queries.reports import log, words_for
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from tests.conversations.makers import a_post, a_question


@pytest.fixture
def reported(world):
    post = a_post(world.maths, world.otieno, "Buy my past papers, 200 bob")
    report(by=world.amina, post=post, reason="forwarded")
    return post


@pytest.mark.parametrize(
    ("choice", "why", "hidden", "told"),
    [
        ("kept", "", False, False),
        ("reminded", "No selling here, please.", False, True),
        ("hidden", "No selling here, please.", True, True),
    ],
)
def test_the_three_decisions(world, reported, choice, why, hidden, told):
    decide(by=world.baraka, post=reported, choice=choice, why=why)
    reported.refresh_from_db()
    assert (reported.hidden_at is not None) == hidden
    assert reported.hidden_why == (why if hidden else "")
    assert (words_for(world.otieno, world.maths) is not None) == told
    assert log(world.maths).count() == (choice != "kept")
    assert not Report.objects.filter(decision=None).exists()


@pytest.mark.parametrize(
    ("choice", "why", "field"),
    [
        ("hidden", " ", "why"),
        ("reminded", "", "why"),
        ("ban", "x", "choice"),
        ("hidden", "x" * 301, "why"),
    ],
)
def test_it_asks_for_a_reason(world, reported, choice, why, field):
    with pytest.raises(Refused) as refusal:
        decide(by=world.baraka, post=reported, choice=choice, why=why)
    assert refusal.value.field == field
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "who",
    ["amina", "nafula", "otieno", "chausiku", "daudi", "esther", "farid", "gathoni", "hamisi"],
)
def test_nobody_else_decides(world, sign_in, reported, who):
    person = getattr(world, who)
    with pytest.raises(NotYours):
        decide(by=person, post=reported, choice="hidden", why="x")
    url = reverse("decide", args=[world.maths.pk, reported.pk])
    assert sign_in(person).get(url).status_code == 404
    assert sign_in(person).post(url, {"choice": "hidden", "why": "x"}).status_code == 404
    assert not Decision.objects.exists()


def test_without_a_report_there_is_nothing_to_decide(world):
    with pytest.raises(NotYours):
        decide(by=world.baraka, post=a_post(world.maths, world.otieno), choice="hidden", why="x")


def test_the_second_is_told_what_was_decided(world, sign_in):
    Advisership.objects.update(ended_at=now())
    post = a_post(world.maths, world.baraka, "I moderate, so I may")
    report(by=world.amina, post=post, reason="unkind")
    decide(by=world.nafula, post=post, choice="hidden", why="Kinder, please.")
    with pytest.raises(AlreadyDecided, match=r"Nafula Wekesa .* hidden.* Kinder, please"):
        decide(by=world.otieno, post=post, choice="kept")
    url = reverse("decide", args=[world.maths.pk, post.pk])
    answer = sign_in(world.otieno).post(url, {"choice": "kept"}, follow=True)
    assert "Nafula Wekesa has decided already" in answer.content.decode()
    assert (
        "Nafula Wekesa has decided already"
        in sign_in(world.otieno).get(url, follow=True).content.decode()
    )
    assert Decision.objects.count() == 1


def test_hidden_is_shown_where_it_stood(world, sign_in, reported):
    client = sign_in(world.baraka)
    url = reverse("decide", args=[world.maths.pk, reported.pk])
    answer = client.post(url, {"choice": "hidden"})
    assert answer.status_code == 422
    answer = client.post(url, {"choice": "hidden", "why": "No selling <here>"}, follow=True)
    page = answer.content.decode()
    assert "Hidden by the moderator: No selling &lt;here&gt;" in page
    assert "200 bob" not in page
    decision = Decision.objects.get()
    assert f'action="{reverse("undo_decision", args=[world.maths.pk, decision.pk])}"' in page
    said = (
        sign_in(world.amina).get(reverse("moderation_log", args=[world.maths.pk])).content.decode()
    )
    assert "No selling &lt;here&gt;" in said
    for word in ("Amina", "Otieno", "200 bob"):
        assert word not in said


def test_it_is_taken_back(world, sign_in, reported):
    decision = decide(by=world.baraka, post=reported, choice="hidden", why="x")
    with pytest.raises(NotYours):
        undo(by=world.amina, decision=decision)
    for _ in range(2):
        undo(by=world.baraka, decision=decision)
    reported.refresh_from_db()
    assert reported.hidden_at is None
    assert Report.objects.filter(decision=None).count() == 1
    assert words_for(world.otieno, world.maths) is None
    said = (
        sign_in(world.amina).get(reverse("moderation_log", args=[world.maths.pk])).content.decode()
    )
    assert "Taken back" in said
    decide(by=world.baraka, post=reported, choice="kept")


def test_what_came_first_is_not_taken_back_first(world, reported):
    first = decide(by=world.baraka, post=reported, choice="kept")
    report(by=world.nafula, post=reported, reason="off topic")
    decide(by=world.baraka, post=reported, choice="hidden", why="x")
    with pytest.raises(Refused, match="newer"):
        undo(by=world.baraka, decision=first)


def test_a_hidden_answer_does_not_count(world):
    question = a_question(world.maths, world.amina)
    answer = a_post(world.maths, world.otieno, kind="answer", question=question)
    report(by=world.amina, post=answer, reason="wrong")
    decision = decide(by=world.baraka, post=answer, choice="hidden", why="x")
    question.refresh_from_db()
    assert question.answer_count == 0
    undo(by=world.baraka, decision=decision)
    question.refresh_from_db()
    assert question.answer_count == 1


def test_the_author_is_told_kindly_and_may_ask_for_a_second_look(world, sign_in, reported):
    decide(by=world.baraka, post=reported, choice="hidden", why="No selling, please.")
    author = sign_in(world.otieno)
    stream = reverse("stream", args=[world.maths.pk])
    url = reverse("word", args=[world.maths.pk, reported.pk])
    assert url in author.get(stream).content.decode()
    page = author.get(url).content.decode()
    for words in ("Baraka has hidden this", "No selling, please.", "200 bob", "second look"):
        assert words in page
    assert "Amina" not in page
    for name in ("amina", "baraka", "chausiku", "esther", "farid"):
        assert sign_in(getattr(world, name)).get(url).status_code == 404
    author.post(url, {"appeal": "1", "note": "They are free, I wrote it badly"})
    assert url not in author.get(stream).content.decode()
    adviser = sign_in(world.chausiku)
    case = reverse("decide", args=[world.maths.pk, reported.pk])
    assert "I wrote it badly" in adviser.get(case).content.decode()
    assert sign_in(world.baraka).get(case).status_code == 404
    adviser.post(case, {"choice": "kept"})
    reported.refresh_from_db()
    assert reported.hidden_at is None
    assert url in author.get(stream).content.decode()  # the outcome is told
    assert "it stays as you wrote it" in author.get(url).content.decode()


def test_read_is_read(world, sign_in, reported):
    decide(by=world.baraka, post=reported, choice="reminded", why="Kindly.")
    with pytest.raises(NotYours):
        see(by=world.amina, post=reported)
    sign_in(world.otieno).post(reverse("word", args=[world.maths.pk, reported.pk]))
    assert words_for(world.otieno, world.maths) is None


def test_a_decision_is_found_through_its_community_alone(world, sign_in, reported):
    decision = decide(by=world.baraka, post=reported, choice="kept")
    url = reverse("undo_decision", args=[world.sister.pk, decision.pk])
    Term.objects.create(community=world.sister, person=world.daudi, how="turn", starts=now())
    assert sign_in(world.daudi).post(url).status_code == 404


def test_in_a_community_of_two_the_other_decides(world):
    post = a_post(world.sister, world.daudi)
    report(by=world.amina, post=post, reason="unkind")
    decide(by=world.amina, post=post, choice="hidden", why="x")
    post.refresh_from_db()
    appeal(by=world.daudi, post=post)
    with pytest.raises(NotYours):
        decide(by=world.amina, post=post, choice="hidden", why="y")


def test_today_tells_the_author_and_the_decider(world, sign_in, reported):
    home = reverse("today")
    assert "One report waits for you" in sign_in(world.baraka).get(home).content.decode()
    for name in ("amina", "otieno", "chausiku"):
        assert (
            "report waits for you" not in sign_in(getattr(world, name)).get(home).content.decode()
        )
    decide(by=world.baraka, post=reported, choice="reminded", why="Kindly.")
    assert "report waits for you" not in sign_in(world.baraka).get(home).content.decode()
    url = reverse("word", args=[world.maths.pk, reported.pk])
    assert url in sign_in(world.otieno).get(home).content.decode()
    assert url not in sign_in(world.amina).get(home).content.decode()
