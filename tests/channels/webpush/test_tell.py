"""What concerns a person comes as it happens: to them alone, with no word, and not by night."""

import datetime as dt

import pytest

from staffroom.channels.switchboard.pretend import Answer
from staffroom.channels.webpush.carrier import CARRIER
from staffroom.channels.webpush.models import Subscription
from staffroom.conversations.actions import answer, ask_without_name, remove
from staffroom.conversations.actions.mute import mute_community, mute_person
from staffroom.core import outbox
from staffroom.core.clock import now, pretend
from staffroom.core.models import OutboxEntry
from staffroom.notices import carriers
from staffroom.notices.actions.choose import choose, choose_level
from staffroom.notices.models import Digest, Preference
from tests.conversations.makers import a_question
from tests.notices.makers import begin

#: A Wednesday of the school year, ten in the morning in Nairobi.
NOON = dt.datetime(2026, 10, 14, 7, 0, tzinfo=dt.UTC)
NOTHING_SAID = "There is something new for you in Staffroom."


PRESENT = [NOON]


@pytest.fixture(autouse=True)
def at_noon(world, service):
    PRESENT[:] = [NOON]
    service.clock = lambda: PRESENT[-1].timestamp()
    begin(world)
    with pretend(NOON):
        yield


def work(moment=NOON):
    PRESENT.append(moment)  # as the service's clock has it
    with pretend(moment):
        while outbox.deliver():
            pass


def answered(world, by=None, text="Fold a paper into four."):
    question = a_question(world.maths, world.amina)
    return answer(by=by or world.nafula, question=question, text=text)


def bodies(service):
    return [note["b"] for note in service.notes]


def test_the_asker_hears_of_an_answer_and_nobody_else(world, service, phone):
    for person in (world.amina, world.baraka, world.nafula, world.daudi, world.esther, world.farid):
        phone(person, person.first_name)
    answered(world)
    work()
    assert bodies(service) == [NOTHING_SAID]
    assert [each.path for each in service.asked] == ["/send/Amina"]
    assert service.notes[0]["u"].startswith("/c/")


def test_whoever_is_named_hears_of_it_once(world, service, phone):
    phone(world.amina)
    answered(world, text="@Amina fold a paper")
    work()
    assert len(service.notes) == 1


def test_words_only_if_their_owner_chose_so(world, service, phone):
    phone(world.amina)
    Preference.objects.create(person=world.amina, words=True)
    answered(world)
    work()
    assert bodies(service) == ["Nafula: Fold a paper into four."]


def test_in_the_persons_language(world, service, phone):
    world.amina.language = "ur"
    world.amina.save()
    phone(world.amina)
    answered(world)
    work()
    (note,) = service.notes
    assert (note["l"], note["d"]) == ("ur", "rtl")


def test_what_has_no_name_never_comes_at_once(world, service, phone):
    phone(world.amina)
    question = ask_without_name(by=world.amina, community=world.maths, text="Why is it so?")
    answer(by=world.nafula, question=question, text="Because.")
    work()
    assert not service.asked
    assert not OutboxEntry.objects.filter(topic="webpush.tell").exists()


def test_by_night_it_waits_for_the_morning(world, service, phone):
    phone(world.amina)
    night = NOON + dt.timedelta(hours=11)
    with pretend(night):
        answered(world)
    work(night)
    assert not service.asked
    work(night + dt.timedelta(hours=9))
    assert len(service.notes) == 1


def test_not_on_a_day_of_rest(world, service, phone):
    phone(world.amina)
    Preference.objects.create(person=world.amina, rest_days=[2])
    answered(world)
    work()
    assert not service.asked


@pytest.mark.parametrize("how", ["level", "mute", "mute person", "ended", "removed", "off"])
def test_what_is_not_wanted_or_gone_is_not_told(world, service, phone, how):
    row = phone(world.amina)
    said = answered(world)
    if how == "level":
        choose_level(by=world.amina, community=world.maths, level="digest")
    elif how == "mute":
        mute_community(by=world.amina, community=world.maths)
    elif how == "mute person":
        mute_person(by=world.amina, other=world.nafula, community=world.maths)
    elif how == "ended":
        world.amina.memberships.update(state="ended")
    elif how == "removed":
        remove(by=world.nafula, post=said)
    else:
        Subscription.objects.filter(pk=row.pk).update(at_once=False)
    work()
    assert not service.asked


def test_a_browser_that_is_gone_is_forgotten_and_not_tried_again(world, service, phone):
    phone(world.amina, "old")
    phone(world.amina, "new")
    service.gone.add("/send/old")
    answered(world)
    work()
    assert len(service.notes) == 1
    assert [each.endpoint[-3:] for each in Subscription.objects.all()] == ["new"]
    assert not OutboxEntry.objects.filter(delivered_at=None).exists()


def test_it_waits_as_long_as_the_maker_says(world, service, phone):
    phone(world.amina)
    service.faults.append(Answer(429, headers={"Retry-After": "300"}))
    answered(world)
    work()
    work(NOON + dt.timedelta(minutes=4))
    assert len(service.asked) == 1
    work(NOON + dt.timedelta(minutes=6))
    assert len(service.notes) == 1


def test_one_that_fails_does_not_ring_the_others_again(world, service, phone):
    phone(world.amina, "one")
    phone(world.amina, "two")
    service.faults.append(Answer(500))
    answered(world)
    work()
    work(NOON + dt.timedelta(minutes=5))
    assert (
        sorted(each.path for each in service.asked)[0]
        != sorted(each.path for each in service.asked)[-1]
    )
    assert len(service.notes) == 2
    assert len(service.asked) == 3


# ---- the digest


def test_a_digest_by_notification(world, service, phone):
    phone(world.amina)
    choose(by=world.amina, often="daily", hour=17, way="webpush")
    a_question(world.maths, world.nafula)
    work(NOON + dt.timedelta(hours=7, minutes=1))
    digest = Digest.objects.get(person=world.amina)
    assert (digest.state, digest.parts) == ("sent", 0)
    (note,) = service.notes
    assert note["b"] == NOTHING_SAID
    assert note["u"].startswith("/me/digests/")
    assert service.asked[0].headers["urgency"] == "low"


def test_without_a_browser_it_cannot_be_chosen(world, service):
    from staffroom.core.errors import Refused

    with pytest.raises(Refused, match="Turn them on there first"):
        choose(by=world.amina, often="daily", hour=17, way="webpush")


def test_taken_by_one_is_taken(world, service, phone):
    for name in ("one", "two"):
        phone(world.amina, name)
    service.faults.append(Answer(503))
    CARRIER.send(str(world.amina.pk), "Something\nRead: https://x.org/me/digests/1")
    assert [note["u"] for note in service.notes] == ["/me/digests/1"]
    service.faults += [Answer(503), Answer(503)]
    with pytest.raises(carriers.TryLater):
        CARRIER.send(str(world.amina.pk), "x")
    service.gone |= {"/send/one", "/send/two"}
    with pytest.raises(carriers.Undeliverable, match="browser"):
        CARRIER.send(str(world.amina.pk), "x")
    assert CARRIER.address(world.amina) == ""
    assert now() == NOON
