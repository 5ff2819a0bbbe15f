"""Return sessions: planned in two taps, brought to, given on with a yes, the kick-off of communities."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.cascade.actions import harvest as harvesting
from staffroom.cascade.actions import returns
from staffroom.cascade.hooks.visits import lines
from staffroom.cascade.models import Brought, Harvest, Invitation, TrainingSession
from staffroom.cascade.queries import returns as asking
from staffroom.communities.models import Community, LeverChoice
from staffroom.conversations.models import Post
from staffroom.core.clock import pretend, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.places.models import Holiday, Supervision
from tests.cascade.conftest import make_training
from tests.conftest import LONG_AGO, make_community

WORDS = {"tried": "Paper strips.", "happened": "Half of them saw it.", "question": "And the rest?"}


@pytest.fixture
def planned(trained):
    """The day is there, and all three said yes to it."""
    made = returns.plan(
        by=trained.chausiku, training=trained.training, day=today() + dt.timedelta(days=3)
    )
    made.days.update(day=today())
    Invitation.objects.filter(session=made).update(state="accepted")
    return made


@pytest.fixture
def brought(trained, planned):
    return returns.bring(by=trained.amina, session=planned, words=WORDS, shared=True)


def url(session, rest=""):
    return f"/training/returns/{short(session.pk)}{rest}"


def test_the_day_is_proposed_by_the_school_calendar(trained):
    with pretend(dt.datetime(2026, 3, 5, tzinfo=dt.UTC)):
        training = make_training(trained.programme, trained.trainer, [], days_ago=1)  # a Wednesday
        assert asking.propose_day(training) == dt.date(2026, 4, 15)
        Holiday.objects.create(
            programme=trained.programme, name="Break",
            first_day=dt.date(2026, 4, 13), last_day=dt.date(2026, 4, 27),
        )  # fmt: skip
        assert asking.propose_day(training) == dt.date(2026, 4, 29)
        Holiday.objects.update(last_day=dt.date(2026, 5, 3))
        assert asking.propose_day(training) == dt.date(2026, 5, 4)  # late rather than in a break


def test_two_taps_bring_the_same_people_to_the_same_place(trained, sign_in):
    client = sign_in(trained.chausiku)
    page = client.get(url(trained.training, "/plan"))
    day = page.context["form"]["day"].value()
    for _ in range(2):
        client.post(url(trained.training, "/plan"), {"day": day.isoformat()})
    made = TrainingSession.objects.get(kind="return")
    assert (made.follows, made.venue, made.title) == (trained.training, trained.market, "Fractions")
    assert made.days.get().day == day
    assert {each.person for each in made.invitations.all()} == {
        trained.amina, trained.otieno, trained.nafula,
    }  # fmt: skip
    assert made.session_trainers.get().trainer == trained.trainer


def test_only_after_a_delivered_training(trained):
    TrainingSession.objects.update(state="planned")
    with pytest.raises(Refused, match="delivered"):
        returns.plan(
            by=trained.chausiku, training=trained.training, day=today() + dt.timedelta(days=50)
        )
    with pytest.raises(NotYours):
        returns.plan(by=trained.amina, training=trained.training, day=today())


def test_what_is_brought_is_its_owners_until_shared(trained, planned, sign_in):
    client = sign_in(trained.amina)
    assert client.post(url(planned, "/mine"), WORDS).status_code == 302
    assert not asking.shared_in(planned, trained.chausiku)
    client.post(url(planned, "/mine"), WORDS | {"shared": "on"})
    assert b"Paper strips." in sign_in(trained.chausiku).get(url(planned)).content
    client.post(url(planned, "/mine"), dict.fromkeys(WORDS, ""))
    assert not Brought.objects.exists()


@pytest.mark.parametrize("who", ["gathoni", "hamisi", "esther", "farid", "baraka", "otieno"])
def test_neither_office_nor_colleague_nor_supervisor_reads_it(
    trained, planned, brought, sign_in, who
):
    client = sign_in(getattr(trained, who))
    draft = f"/training/returns/harvest/{short(brought.pk)}"
    for address in (url(planned), url(planned, "/key"), draft):
        assert client.get(address).status_code == 404
    assert b"Paper strips" not in client.get(url(planned, "/mine")).content
    assert b"Paper strips" not in client.get(url(planned, "/kick-off")).content


def test_a_trainer_who_supervises_somebody_does_not_read_that_person(trained, planned, brought):
    Supervision.objects.create(supervisor=trained.chausiku, person=trained.amina, starts=LONG_AGO)
    assert not asking.shared_in(planned, trained.chausiku)
    with pytest.raises(NotYours):
        harvesting.draft(by=trained.chausiku, brought=brought, kind="question", words={"text": "x"})


def test_words_are_keyed_in_for_those_without_a_phone(trained, planned, brought, sign_in):
    client = sign_in(trained.chausiku)
    told = WORDS | {"person": str(trained.otieno.pk)}
    assert client.post(url(planned, "/key"), told).status_code == 302
    assert Brought.objects.get(person=trained.otieno).keyed_by == trained.chausiku
    # Never over what somebody wrote.
    assert (
        client.post(url(planned, "/key"), WORDS | {"person": str(trained.amina.pk)}).status_code
        == 422
    )
    assert b"wrote this down for you" in sign_in(trained.otieno).get(url(planned, "/mine")).content


def test_a_question_waits_for_its_authors_one_tap(trained, brought, sign_in):
    draft = harvesting.draft(
        by=trained.chausiku, brought=brought, kind="question", words={"text": "How for the rest?"}
    )
    assert not Post.objects.exists()
    address = f"/training/returns/draft/{short(draft.pk)}"
    for person in (trained.chausiku, trained.otieno, trained.esther):
        assert sign_in(person).get(address).status_code == 404
    client = sign_in(trained.amina)
    said = {"text": "How for the rest?", "community": str(trained.maths.pk)}
    for _ in range(2):
        client.post(address, said)
    post = Post.objects.get()
    assert (post.author, post.community, post.text) == (
        trained.amina, trained.maths, "How for the rest?",
    )  # fmt: skip
    with pytest.raises(Refused, match="answered already"):
        harvesting.draft(
            by=trained.chausiku, brought=brought, kind="question", words={"text": "Again"}
        )


def test_a_practice_note_too_and_no_is_no(trained, brought, sign_in):
    words = {"problem": "Halves", "worked": "Strips"}
    note = harvesting.draft(
        by=trained.chausiku, brought=brought, kind="note", title="Strips", words=words
    )
    made = harvesting.accept(by=trained.amina, harvest=note, community=trained.maths,
                             words=words | {"title": "Strips"})  # fmt: skip
    assert made.made_id
    asked = harvesting.draft(
        by=trained.chausiku, brought=brought, kind="question", words={"text": "x"}
    )
    sign_in(trained.amina).post(f"/training/returns/draft/{short(asked.pk)}", {"no": "1"})
    asked.refresh_from_db()
    assert (asked.state, asked.words) == (Harvest.State.NO, {})


def test_the_day_is_the_kick_off_of_communities(trained, planned, sign_in):
    LeverChoice.objects.create(programme=trained.programme, lever="kickoff", value="workshop")
    forming = make_community(
        trained.programme, "Maths, River", trained.nafula, trained.otieno, stage="forming"
    )
    other = make_community(trained.programme, "Science", trained.nafula, trained.otieno,
                           stage="forming", subject="science")  # fmt: skip
    # The wall: Chausiku must not open a community that holds somebody supervised.
    barred = make_community(
        trained.programme, "Barred", trained.nafula, trained.otieno, trained.farid, stage="forming"
    )
    Supervision.objects.create(supervisor=trained.chausiku, person=trained.farid, starts=LONG_AGO)
    client = sign_in(trained.chausiku)
    page = client.get(url(planned, "/kick-off"))
    assert page.context["waiting"] == [forming]
    sent = {"community": [str(forming.pk), str(other.pk), str(barred.pk)]}
    for _ in range(2):
        client.post(url(planned, "/kick-off"), sent)
    forming.refresh_from_db()
    assert forming.stage == Community.Stage.OPEN
    assert (forming.kickoff.present, forming.kickoff.place) == (2, "Market Primary")
    assert set(Community.objects.filter(stage="forming")) == {other, barred}


def test_a_day_to_come_opens_nothing(trained, planned):
    LeverChoice.objects.create(programme=trained.programme, lever="kickoff", value="workshop")
    forming = make_community(
        trained.programme, "Maths, River", trained.nafula, trained.otieno, stage="forming"
    )
    planned.days.update(day=today() + dt.timedelta(days=1))
    with pytest.raises(NotYours):
        returns.kick_off(by=trained.chausiku, session=planned, community_id=forming.pk)


def test_those_who_came_are_handed_to_the_placing(trained, planned, monkeypatch):
    heard = []
    monkeypatch.setattr(returns, "begin_placing", lambda **given: heard.append(given) or planned)
    with pytest.raises(Refused, match="fewer"):
        returns.begin_communities(by=trained.gathoni, session=planned)
    monkeypatch.setattr(returns, "FEWEST", 3)
    to = returns.begin_communities(by=trained.gathoni, session=planned)
    assert to == reverse("placing", args=[planned.pk])
    assert heard[0]["people"] == [trained.amina.pk, trained.nafula.pk, trained.otieno.pk]


def test_placing_those_who_came_is_the_offices(trained, planned, monkeypatch):
    monkeypatch.setattr(returns, "FEWEST", 3)
    with pytest.raises(NotYours):
        returns.begin_communities(by=trained.chausiku, session=planned)


def test_the_lines_on_a_sessions_page(trained, planned, rf):
    def shown(person, session):
        request = rf.get("/")
        request.user = person
        return [row["title"] for row in lines(request, session)]

    assert shown(trained.chausiku, trained.training) == ["The return session"]
    assert shown(trained.amina, trained.training) == []
    assert shown(trained.amina, planned) == ["What I bring"]
    assert shown(trained.chausiku, planned) == ["What was brought", "Open communities"]
    assert shown(trained.gathoni, planned) == ["Open communities"]


def test_today_asks_for_what_to_bring_and_for_a_yes(trained, planned):
    from staffroom.cascade.hooks.returns import today_rows

    planned.days.update(day=today() + dt.timedelta(days=2))
    assert [row["title"] for row in today_rows(trained.amina)] == [
        "What do you bring to the return session?"
    ]
    assert today_rows(trained.farid) == []
    brought = returns.bring(by=trained.amina, session=planned, words=WORDS, shared=True)
    assert today_rows(trained.amina) == []
    harvesting.draft(by=trained.chausiku, brought=brought, kind="question", words={"text": "x"})
    assert [row["icon"] for row in today_rows(trained.amina)] == ["pen"]
