"""The desk: what is suggested and why, one tap each, and everything can be taken back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.communities.models import LeverChoice, Membership, RuleAgreement, Term
from staffroom.conversations.actions import answer, ask_without_name, help
from staffroom.conversations.actions.report import report
from staffroom.conversations.models import Mention, Post, Thanks
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.core.models import AuditEntry
from staffroom.facilitation.actions.desk import take, undo
from staffroom.facilitation.models import Act, Word
from staffroom.facilitation.queries.desk import desk_of, today_at
from tests.conftest import make_person
from tests.conversations.makers import a_post, a_question
from tests.facilitation.conftest import has_read

HOUR = 60


def suggested(world) -> dict[str, list]:
    found = {}
    for one in today_at(desk_of(world.baraka, world.maths)).open:
        found.setdefault(one.kind, []).append(one)
    return found


def press(world, one, choice):
    return take(by=world.baraka, community=world.maths, key=one.key, choice=choice)


@pytest.fixture
def waiting(nudged):
    """A question of Amina's that nobody answered since yesterday."""
    return a_question(nudged.maths, nudged.amina, topic="Fractions", minutes_ago=30 * HOUR)


@pytest.fixture
def prompted(nudged):
    return a_post(nudged.maths, nudged.baraka, kind="prompt", minutes_ago=10)


# -- questions


def test_a_question_that_waits_is_suggested_and_one_of_this_morning_is_not(nudged):
    a_question(nudged.maths, nudged.amina, minutes_ago=5 * HOUR)
    assert "question" not in suggested(nudged)
    late = a_question(nudged.maths, nudged.amina, minutes_ago=13 * HOUR)
    assert [one.post for one in suggested(nudged)["question"]] == [late]


def test_who_answered_something_like_it_may_be_asked_with_one_tap(nudged, waiting):
    before = a_question(nudged.maths, nudged.otieno, topic="Fractions", minutes_ago=90 * 24 * HOUR)
    answer(by=nudged.nafula, question=before, text="Ask how many quarters fit.")
    (one,) = suggested(nudged)["question"]
    assert [choice.code for choice in one.choices] == ["colleague", "answer", "adviser"]
    assert "Nafula" in one.choices[0].words
    press(nudged, one, "colleague")
    word = Word.objects.get()
    assert (word.person, word.post, word.kind) == (nudged.nafula, waiting, "asked")
    assert "question" not in suggested(nudged)


def test_who_was_asked_this_week_is_spared(nudged, waiting):
    before = a_question(nudged.maths, nudged.otieno, topic="Fractions", minutes_ago=90_000)
    answer(by=nudged.nafula, question=before, text="Ask how many quarters fit.")
    press(nudged, suggested(nudged)["question"][0], "colleague")
    a_question(nudged.maths, nudged.otieno, topic="Fractions", minutes_ago=20 * HOUR)
    (one,) = suggested(nudged)["question"]
    assert "colleague" not in [choice.code for choice in one.choices]


def test_the_adviser_is_asked(nudged, waiting):
    press(nudged, suggested(nudged)["question"][0], "adviser")
    assert Word.objects.get().person == nudged.chausiku


def test_still_unanswered_after_two_days_it_comes_again(nudged, waiting, tuesday):
    press(nudged, suggested(nudged)["question"][0], "adviser")
    tuesday.shift(dt.timedelta(days=2))
    assert "question" in suggested(nudged)


def test_answering_leads_to_the_question_and_is_done_once_answered(nudged, waiting):
    taken = press(nudged, suggested(nudged)["question"][0], "answer")
    assert short(waiting.pk) in taken.go
    assert "question" in suggested(nudged)  # begun is not done
    answer(by=nudged.baraka, question=waiting, text="Because dividing asks how many fit.")
    here = today_at(desk_of(nudged.baraka, nudged.maths))
    assert "question" not in [one.kind for one in here.open]
    assert [act.key for act in here.done] == [f"question:{short(waiting.pk)}"]


def test_a_question_without_a_name_is_suggested_without_telling_who(nudged, tuesday):
    ask_without_name(by=nudged.nafula, community=nudged.maths, text="Why is zero even?")
    tuesday.shift(dt.timedelta(days=2))
    (one,) = suggested(nudged)["question"]
    assert one.about is None
    press(nudged, one, "adviser")
    entry = AuditEntry.objects.filter(act="desk.done").latest("at")
    assert str(nudged.nafula.pk) not in str(entry.detail)


# -- newcomers


def test_a_newcomer_is_welcomed_with_one_tap_before_all(newcomer, nudged):
    (one,) = suggested(nudged)["newcomer"]
    assert one.title == "Juma is new"
    press(nudged, one, "say")
    post = Post.objects.get(kind="message")
    assert post.author == nudged.baraka
    assert post.text == one.quote  # what is said is what was shown
    assert Mention.objects.get().person == newcomer
    assert "newcomer" not in suggested(nudged)


def test_who_was_welcomed_by_a_colleague_is_not_suggested(newcomer, nudged):
    post = a_post(nudged.maths, nudged.amina, "Karibu @Juma Kariuki")
    Mention.objects.create(post=post, person=newcomer)
    assert "newcomer" not in suggested(nudged)


def test_founders_are_no_newcomers(tuesday, world):
    assert "newcomer" not in suggested(world)


def test_undoing_a_welcome_removes_it_and_suggests_it_again(newcomer, nudged):
    taken = press(nudged, suggested(nudged)["newcomer"][0], "say")
    undo(by=nudged.baraka, community=nudged.maths, act_id=taken.act.pk)
    assert Post.objects.get(kind="message").removed_at is not None
    assert "newcomer" in suggested(nudged)


# -- thanks


@pytest.fixture
def helpful(nudged):
    question = a_question(nudged.maths, nudged.amina, minutes_ago=40 * HOUR)
    given = answer(by=nudged.nafula, question=question, text="Fold a paper.")
    help(by=nudged.amina, answer=given)
    return given


def test_whose_answer_helped_is_thanked_with_one_tap_and_it_can_be_taken_back(nudged, helpful):
    (one,) = suggested(nudged)["thanks"]
    assert one.title == "Nafula’s answer helped one of us"
    taken = press(nudged, one, "thank")
    assert Thanks.objects.get().person == nudged.baraka
    undo(by=nudged.baraka, community=nudged.maths, act_id=taken.act.pk)
    assert not Thanks.objects.exists()
    assert not Act.objects.exists()


@pytest.mark.parametrize("trust", ["corrected", "disputed"])
def test_nobody_is_thanked_for_what_is_doubted(nudged, helpful, trust):
    Post.objects.filter(pk=helpful.pk).update(trust=trust)
    assert "thanks" not in suggested(nudged)


def test_the_moderator_does_not_thank_themselves(nudged):
    question = a_question(nudged.maths, nudged.amina, minutes_ago=40 * HOUR)
    help(by=nudged.amina, answer=answer(by=nudged.baraka, question=question, text="Fold."))
    assert "thanks" not in suggested(nudged)


# -- the prompt


def test_the_prompt_of_the_week_is_suggested_once_a_week(nudged, tuesday):
    (one,) = suggested(nudged)["prompt"]
    taken = press(nudged, one, "write")
    assert taken.go == reverse("prompt", args=[nudged.maths.pk])
    a_post(nudged.maths, nudged.baraka, kind="prompt")
    here = today_at(desk_of(nudged.baraka, nudged.maths))
    assert "prompt" not in [one.kind for one in here.open]
    assert [act.says for act in here.done] == ["This week has its prompt."]
    tuesday.shift(dt.timedelta(days=6))  # Monday
    assert "prompt" in suggested(nudged)


def test_without_the_lever_no_prompt_is_suggested(nudged):
    LeverChoice.objects.create(
        programme=nudged.programme, community=nudged.maths, lever="prompts", value="none"
    )
    assert "prompt" not in suggested(nudged)


# -- reports


def test_a_report_comes_first_and_may_wait_but_not_be_left(nudged, waiting):
    bad = a_post(nudged.maths, nudged.otieno, "Only lazy teachers.")
    report(by=nudged.amina, post=bad, reason="unkind")
    first = today_at(desk_of(nudged.baraka, nudged.maths)).open[0]
    assert (first.kind, first.skip) == ("report", "")
    with pytest.raises(NotYours):
        press(nudged, first, "skip")
    assert press(nudged, first, "look").go == reverse("decide", args=[nudged.maths.pk, bad.pk])
    press(nudged, first, "later")
    assert "report" not in suggested(nudged)


# -- left, put off, done


def test_what_is_put_off_comes_tomorrow_and_what_is_left_in_two_weeks(nudged, waiting, tuesday):
    (one,) = suggested(nudged)["question"]
    press(nudged, one, "later")
    assert "question" not in suggested(nudged)
    tuesday.shift(dt.timedelta(days=1))
    press(nudged, suggested(nudged)["question"][0], "skip")
    tuesday.shift(dt.timedelta(days=13))
    assert "question" not in suggested(nudged)
    tuesday.shift(dt.timedelta(days=1))
    assert "question" in suggested(nudged)


def test_pressed_twice_it_is_done_once(newcomer, nudged):
    (one,) = suggested(nudged)["newcomer"]
    press(nudged, one, "say")
    with pytest.raises(Refused):
        press(nudged, one, "say")
    assert Post.objects.filter(kind="message").count() == 1


@pytest.mark.parametrize("key", ["", "nothing", "question:", "question:" + "A" * 22, "x:y:z"])
def test_nonsense_does_nothing(nudged, key):
    with pytest.raises(Refused):
        take(by=nudged.baraka, community=nudged.maths, key=key, choice="later")


def test_a_button_that_is_not_there_is_not_pressed(nudged, waiting):
    (one,) = suggested(nudged)["question"]
    with pytest.raises(NotYours):
        press(nudged, one, "thank")
    assert not Act.objects.exists()


def test_at_most_five_and_after_five_the_day_is_done(nudged, waiting, prompted):
    for number in range(4):
        a_question(nudged.maths, nudged.amina, f"Number {number}?", minutes_ago=20 * HOUR)
    assert len(suggested(nudged)["question"]) == 2
    here = today_at(desk_of(nudged.baraka, nudged.maths))
    assert len(here.open) <= 5


def test_in_the_holidays_nothing_is_suggested(nudged, waiting):
    from staffroom.places.models import Holiday

    Holiday.objects.create(
        programme=nudged.programme,
        name="Holiday",
        first_day=now().date(),
        last_day=now().date(),
    )
    here = today_at(desk_of(nudged.baraka, nudged.maths))
    assert (here.open, here.resting) == ([], True)


def test_a_resting_community_suggests_nothing(nudged, waiting):
    nudged.maths.stage = "resting"
    nudged.maths.save()
    assert today_at(desk_of(nudged.baraka, nudged.maths)).open == []


# -- who


@pytest.mark.parametrize("name", ["amina", "chausiku", "daudi", "esther", "farid", "gathoni"])
def test_nobody_else_sits_at_the_desk(nudged, waiting, name):
    person = getattr(nudged, name)
    with pytest.raises(NotYours):
        desk_of(person, nudged.maths)
    with pytest.raises(NotYours):
        take(
            by=person,
            community=nudged.maths,
            key=f"question:{short(waiting.pk)}",
            choice="later",
        )


def test_the_next_moderator_sees_nothing_of_what_was_done_and_takes_nothing_back(nudged, waiting):
    taken = press(nudged, suggested(nudged)["question"][0], "adviser")
    Term.objects.filter(person=nudged.baraka).update(ended_at=now())
    Term.objects.create(
        community=nudged.maths, person=nudged.amina, how="turn", accepted_at=now(), starts=now()
    )
    assert today_at(desk_of(nudged.amina, nudged.maths)).done == []
    for person in (nudged.amina, nudged.baraka):
        with pytest.raises(NotYours):
            undo(by=person, community=nudged.maths, act_id=taken.act.pk)


# -- pages


def test_the_page_says_what_and_why_and_each_act_is_one_button(nudged, waiting, sign_in):
    html = sign_in(nudged.baraka).get(reverse("moderators_desk", args=[nudged.maths.pk]))
    assert "small things for today" in html.content.decode()
    page = sign_in(nudged.baraka).post(
        reverse("desk_act", args=[nudged.maths.pk]),
        {"do": f"question:{short(waiting.pk)}/adviser"},
        follow=True,
    )
    html = page.content.decode()
    assert "The adviser is asked." in html
    assert "Undo" in html
    act = Act.objects.get()
    sign_in(nudged.baraka).post(reverse("desk_undo", args=[nudged.maths.pk, act.pk]))
    assert not Act.objects.exists()
    assert not Word.objects.exists()


def test_too_late_is_said_kindly(nudged, sign_in):
    page = sign_in(nudged.baraka).post(
        reverse("desk_act", args=[nudged.maths.pk]), {"do": "question:x/later"}, follow=True
    )
    assert "taken care of already" in page.content.decode()


def test_whoever_moderates_for_the_first_time_finds_a_first_week(nudged, sign_in):
    url = reverse("moderators_desk", args=[nudged.maths.pk])
    assert "Your first week" in sign_in(nudged.baraka).get(url).content.decode()
    Term.objects.create(
        community=nudged.sister,
        person=nudged.baraka,
        how="turn",
        starts=now(),
        ended_at=now(),
    )
    assert "Your first week" not in sign_in(nudged.baraka).get(url).content.decode()


def test_today_leads_to_the_desk_and_the_menu_does(nudged, waiting, sign_in):
    url = reverse("moderators_desk", args=[nudged.maths.pk])
    client = sign_in(nudged.baraka)
    html = client.get("/").content.decode()
    assert "small things at your desk" in html
    assert url in html
    assert url in client.get(reverse("stream", args=[nudged.maths.pk])).content.decode()
    assert url in client.get(reverse("moderation", args=[nudged.maths.pk])).content.decode()
    other = sign_in(nudged.amina)
    assert url not in other.get("/").content.decode()
    assert url not in other.get(reverse("stream", args=[nudged.maths.pk])).content.decode()


def test_the_queries_do_not_grow_with_members_or_posts(nudged, sign_in):
    client = sign_in(nudged.baraka)
    url = reverse("moderators_desk", args=[nudged.maths.pk])
    counts = []
    for size in (10, 200):
        _fill(nudged, size)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0]
    assert counts[0] <= 75


def _fill(world, size: int) -> None:
    """Silent members, questions that wait, answers that helped, newcomers."""
    have = Membership.objects.filter(community=world.maths).count()
    for number in range(have, size):
        person = make_person(f"Member {number}", last_used_on=now().date())
        joined = now() - dt.timedelta(days=1 if number % 5 == 0 else 200)
        Membership.objects.create(
            community=world.maths, person=person, state="active", joined_at=joined
        )
        RuleAgreement.objects.create(rules=world.maths.rule_versions.get(), person=person)
        has_read(person, world.maths, 1)
        a_question(world.maths, person, f"Question {number}?", minutes_ago=20 * HOUR)
        asked = a_question(world.maths, world.amina, f"Old {number}?", minutes_ago=30 * HOUR)
        given = answer(by=person, question=asked, text="Fold it.")
        help(by=world.amina, answer=given)


def test_the_suggested_prompt_is_started_with_one_tap_and_taken_back(nudged, tuesday):
    (one,) = suggested(nudged)["prompt"]
    start = one.choices[0]
    assert one.quote
    taken = take(by=nudged.baraka, community=nudged.maths, key=one.key, choice=start.code)
    post = taken.act.post
    assert (post.kind, post.text, post.author) == ("prompt", one.quote, nudged.baraka)
    assert "prompt" not in suggested(nudged)
    undo(by=nudged.baraka, community=nudged.maths, act_id=taken.act.pk)
    post.refresh_from_db()
    assert post.removed_at
    assert "prompt" in suggested(nudged)
