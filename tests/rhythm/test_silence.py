"""One question to whoever fell silent: once, in school time; the answer has no way back to them."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.communities.models import Membership
from staffroom.conversations.models import Post
from staffroom.core import clock, outbox, retention
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.people.models import Person
from staffroom.places.models import Holiday
from staffroom.rhythm.actions.silence import answer, not_now, set_weeks, wish
from staffroom.rhythm.hooks.silence import erase_person, export_person
from staffroom.rhythm.models import Asking, SilenceAnswer, SilenceWish
from staffroom.rhythm.queries.silence import quarter_of, quarters
from staffroom.rhythm.silence_clock import nightly
from tests.conftest import make_community, make_person

MONDAY = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def at():
    tokens = []

    def turn(days: float):
        tokens.append(clock._pretended.set(MONDAY + dt.timedelta(days=days)))

    turn(0)
    yield turn
    for token in reversed(tokens):
        clock._pretended.reset(token)


@pytest.fixture
def quiet(world, at):
    """Everybody joined long ago and was here yesterday, but for Nafula, away for 40 days."""
    Membership.objects.update(joined_at=MONDAY - 300 * DAY)
    Person.objects.update(last_used_on=MONDAY.date() - DAY)
    world.nafula.last_used_on = MONDAY.date() - 40 * DAY
    world.nafula.save()
    return world


def asked():
    return list(Asking.objects.values_list("person__name", flat=True))


def night():
    nightly(clock.now())


def test_whoever_was_away_for_four_weeks_is_asked_once(quiet, at, sign_in):
    night()
    night()
    at(7)
    night()
    assert asked() == ["Nafula Wekesa"]
    assert "/me/away" in sign_in(quiet.nafula).get("/").content.decode()
    assert "What kept you away" not in sign_in(quiet.amina).get("/").content.decode()


def test_a_new_silence_is_a_new_question(quiet, at):
    night()
    at(10)
    quiet.nafula.last_used_on = clock.today()
    quiet.nafula.save()
    Person.objects.exclude(pk=quiet.nafula.pk).update(last_used_on=dt.date(2026, 4, 20))
    at(50)
    night()
    assert asked() == ["Nafula Wekesa"] * 2


@pytest.mark.parametrize("days", [1, 27])
def test_reading_is_not_silence(quiet, days):
    quiet.nafula.last_used_on = MONDAY.date() - days * DAY
    quiet.nafula.save()
    night()
    assert not asked()


def test_nor_is_writing_where_nothing_is_known_of_opening(quiet):
    quiet.nafula.last_used_on = None
    quiet.nafula.save()
    Post.objects.create(
        community=quiet.maths, author=quiet.nafula, kind="message", text="By message",
        created_at=MONDAY - 10 * DAY,
    )  # fmt: skip
    night()
    assert not asked()


def test_a_newcomer_is_not_silent_yet(quiet):
    Membership.objects.filter(person=quiet.nafula).update(joined_at=MONDAY - 10 * DAY)
    night()
    assert not asked()


def test_holidays_neither_ask_nor_count(quiet, at):
    Holiday.objects.create(
        programme=quiet.programme, name="April", first_day=MONDAY.date(),
        last_day=MONDAY.date() + 6 * DAY,
    )  # fmt: skip
    night()
    assert not asked()
    Holiday.objects.update(first_day=MONDAY.date() - 20 * DAY, last_day=MONDAY.date() - 3 * DAY)
    night()
    assert not asked()  # forty days, of which eighteen were holidays
    at(7)
    night()
    assert "Nafula Wekesa" in asked()


def test_the_programme_says_after_how_many_weeks(quiet):
    set_weeks(by=quiet.gathoni, programme=quiet.programme, weeks=6)
    night()
    assert not asked()
    set_weeks(by=quiet.hamisi, programme=quiet.programme, weeks=5)
    night()
    assert asked()
    for other in (quiet.amina, quiet.baraka, quiet.esther):
        with pytest.raises(NotYours):
            set_weeks(by=other, programme=quiet.programme, weeks=2)
    for wrong in (1, 27):
        with pytest.raises(Refused):
            set_weeks(by=quiet.gathoni, programme=quiet.programme, weeks=wrong)


def test_zero_weeks_ask_nobody(quiet):
    set_weeks(by=quiet.gathoni, programme=quiet.programme, weeks=0)
    night()
    assert not asked()


def test_whoever_does_not_want_it_is_not_asked(quiet):
    wish(by=quiet.nafula, ask=False, by_sms=True)
    night()
    assert not asked()
    assert SilenceWish.objects.get().by_sms is False


def test_an_answer_keeps_no_person_and_closes_the_question(quiet, sign_in):
    night()
    nafula = sign_in(quiet.nafula)
    url = reverse("away")
    assert "Reading is enough for me" in nafula.get(url).content.decode()
    assert nafula.post(url, {"reason": ""}).status_code == 422
    said = nafula.post(url, {"reason": "signal", "words": "Network in the hills"})
    assert said.status_code == 200
    assert "without your name" in said.content.decode()
    row = SilenceAnswer.objects.get()
    assert (row.reason, row.quarter) == ("signal", dt.date(2026, 1, 1))
    assert not [each for each in SilenceAnswer._meta.fields if each.related_model is Person]
    assert row.pk.version == 4
    line = AuditEntry.objects.get(act="silence.answered")
    assert (line.actor_id, line.on_id, line.detail, line.at.hour) == (None, None, {}, 0)
    answer(by=quiet.nafula, reason="time")  # sent twice
    assert SilenceAnswer.objects.count() == 1
    assert "Nobody asks you anything just now" in nafula.get(url).content.decode()


def test_not_comfortable_shows_what_one_can_do(quiet, sign_in):
    night()
    page = sign_in(quiet.nafula).post(reverse("away"), {"reason": "comfort"}).content.decode()
    for way in ("danger", "mutes", "communities"):
        assert f'href="{reverse(way)}"' in page


def test_not_now_is_an_answer_too(quiet, sign_in, at):
    night()
    assert sign_in(quiet.nafula).post(reverse("away_not_now")).status_code == 302
    at(7)
    night()
    assert len(asked()) == 1
    assert not Asking.objects.get().is_open
    assert not SilenceAnswer.objects.exists()
    not_now(by=quiet.amina)  # nothing to close


def test_a_message_goes_to_whoever_chose_it_in_the_morning(quiet, at):
    wish(by=quiet.nafula, ask=True, by_sms=True)
    night()
    outbox.deliver()
    assert not OutboxEntry.objects.filter(topic="sms.send").exists()
    at(5 / 24)  # 10:00 in Nairobi
    outbox.deliver()
    sent = OutboxEntry.objects.get(topic="sms.send")
    assert sent.payload["to"] == "+254700000009"
    assert "which is fine" in sent.payload["text"]
    assert "Mathematics" not in sent.payload["text"]


def test_and_to_nobody_else(quiet, at):
    night()
    at(5 / 24)
    outbox.deliver()
    assert not OutboxEntry.objects.filter(topic="sms.send").exists()


def test_it_is_taken_along_and_forgotten(quiet):
    night()
    wish(by=quiet.nafula, ask=True, by_sms=True)
    assert export_person(quiet.nafula)["asked_why_away"][0]["asked_on"] == MONDAY.date()
    erase_person(quiet.nafula, keep_contributions=True)
    assert not Asking.objects.exists()
    assert not SilenceWish.objects.exists()


@pytest.fixture
def answered(world, at):
    """Twelve answers of the last quarter from four communities."""
    world.four = [
        make_community(world.programme, f"Sekret-{n}", make_person(f"Sekret-person {n}"))
        for n in range(4)
    ]
    quarter = dt.date(2025, 10, 1)
    for community in world.four:
        for reason in ("time", "signal", "reading"):
            SilenceAnswer.objects.create(
                community=community, quarter=quarter, reason=reason, words="network"
            )
    return world


def test_the_gardener_sees_whole_figures_of_a_closed_quarter(answered, sign_in):
    SilenceAnswer.objects.create(
        community=answered.four[0], quarter=quarter_of(clock.today()), reason="phone"
    )
    page = sign_in(answered.gathoni).get(reverse("silence")).content.decode()
    assert "12 answers" in page
    assert "<td>4</td>" in page
    assert "network" in page
    assert "Sekret" not in page
    assert "January 2026" not in page
    for other in (answered.amina, answered.baraka, answered.esther, answered.hamisi):
        assert sign_in(other).get(reverse("silence")).status_code == 404


def test_too_few_tell_nothing(answered, sign_in):
    SilenceAnswer.objects.filter(community=answered.four[0]).delete()
    page = sign_in(answered.gathoni).get(reverse("silence")).content.decode()
    assert "Too few answers" in page
    assert "network" not in page


def test_a_gardener_who_supervises_somebody_there_sees_nothing_of_it(answered):
    """And not the rest either, where the difference to another gardener's figure would tell."""
    from staffroom.places.models import Supervision

    below = Membership.objects.get(community=answered.four[0]).person
    Supervision.objects.create(
        supervisor=answered.gathoni, person=below, starts=dt.date(2020, 1, 1)
    )
    (quarter,) = quarters(answered.gathoni, answered.programme)
    assert quarter.figures is None


def test_askings_and_answers_go_after_their_time(quiet, at):
    night()
    answer(by=quiet.nafula, reason="time")
    at(364)
    assert "silence_asked" not in retention.keep()
    at(367)
    assert retention.keep()["silence_asked"] == 1
    assert SilenceAnswer.objects.count() == 1
    at(1100)
    assert retention.keep()["silence_answers"] == 1
