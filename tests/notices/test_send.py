"""A digest that goes by message: words found when it goes, never twice, and seen to have failed."""

import pytest

from staffroom.channels.sms import carrier
from staffroom.channels.switchboard import messages
from staffroom.conversations.actions import remove
from staffroom.core import outbox
from staffroom.core.clock import pretend
from staffroom.core.models import OutboxEntry
from staffroom.notices import carriers
from staffroom.notices.actions import send as sending
from staffroom.notices.actions.choose import choose_level, stop
from staffroom.notices.links import stop_link
from staffroom.notices.models import Allowance, Digest, Preference
from staffroom.people.models import Person
from tests.notices.makers import DAY, FIVE, HOUR, MINUTE, begin, line_for, said, wants, work

LATER = FIVE + MINUTE


@pytest.fixture
def line(world, monkeypatch):
    begin(world)
    return line_for(monkeypatch, world.programme)


def digest(person):
    return Digest.objects.get(person=person)


def test_by_default_it_says_only_that_there_is_something(world, line):
    wants(world.amina, way="sms")
    said(world.maths, world.nafula, "Sekret?", kind="question")
    work(LATER)
    [(to, text)] = line.sent
    assert to == "+254700000001"
    first, read, stopping = text.splitlines()
    assert first == "There is something new for you in Staffroom."
    assert read.startswith("Read: http://localhost:8000/me/digests/")
    assert stopping.startswith("Stop: http://localhost:8000/stop/")
    assert (digest(world.amina).state, digest(world.amina).parts) == ("sent", 2)


def test_with_words_it_fits_into_three_parts(world, line):
    wants(world.amina, way="sms", words=True)
    for n in range(12):
        said(world.maths, world.nafula, f"Question {n} " + "why " * 40, kind="question")
    work(LATER)
    [(_to, text)] = line.sent
    assert carrier.CARRIER.fits(text)
    assert "Mathematics, Mwingi:" in text
    assert "And more." in text
    assert "/stop/" in text


def test_in_the_persons_language(world, line):
    Person.objects.filter(pk=world.amina.pk).update(language="ur")
    wants(world.amina, way="sms", words=True)
    said(world.maths, world.nafula, "کسر کیوں الٹتے ہیں؟ " * 10, kind="question")
    work(LATER)
    [(_to, text)] = line.sent
    assert carrier.CARRIER.fits(text)
    assert "/stop/" in text


def test_words_are_found_when_it_goes(world, line):
    """The first try fails; meanwhile one question is removed and another asked."""
    wants(world.amina, way="sms", words=True)
    gone = said(world.maths, world.nafula, "Sekret?", kind="question")
    said(world.maths, world.nafula, "Stays?", kind="question")
    line.fault = carriers.TryLater()
    work(LATER)
    assert digest(world.amina).state == "waiting"
    line.fault = None
    with pretend(LATER + MINUTE):
        remove(by=world.nafula, post=gone)
    work(LATER + HOUR)
    [(_to, text)] = line.sent
    assert "Stays?" in text
    assert "Sekret" not in text


def test_what_is_gone_before_it_goes_is_not_sent(world, line):
    wants(world.amina, way="sms")
    said(world.maths, world.nafula, "Sekret?", kind="question")
    line.fault = carriers.TryLater()
    work(LATER)
    line.fault = None
    choose_level(by=world.amina, community=world.maths, level="nothing")
    work(LATER + HOUR)
    assert not line.sent
    assert digest(world.amina).state == "empty"


def test_access_is_asked_when_it_goes(world, line):
    wants(world.amina, way="sms")
    said(world.maths, world.nafula, "Sekret?", kind="question")
    line.fault = carriers.TryLater()
    work(LATER)
    line.fault = None
    world.amina.memberships.update(state="ended")
    work(LATER + HOUR)
    assert not line.sent


def test_a_worker_that_died_in_the_middle_does_not_send_again(world, line):
    wants(world.amina, way="sms")
    said(world.maths, world.nafula, "Why?", kind="question")

    class Killed(BaseException):
        pass

    line.fault = Killed()
    with pytest.raises(Killed):
        work(LATER)
    line.fault = None
    work(LATER + HOUR)
    assert not line.sent
    assert (digest(world.amina).state, digest(world.amina).why) == ("failed", "unknown")


def test_delivered_twice_it_is_sent_once(world, line):
    wants(world.amina, way="sms")
    said(world.maths, world.nafula, "Why?", kind="question")
    work(LATER)
    with pretend(LATER):
        sending.send({"id": str(digest(world.amina).pk)})
    assert len(line.sent) == 1


def test_it_is_given_up_in_the_end_and_told(world, line):
    wants(world.amina, way="sms")
    said(world.maths, world.nafula, "Why?", kind="question")
    line.fault = carriers.TryLater()
    for hour in range(16):
        work(LATER + hour * HOUR / 4)
    assert (digest(world.amina).state, digest(world.amina).why) == ("failed", "later")
    assert not OutboxEntry.objects.filter(topic="digest.send", dead_at__isnull=False)


def test_not_in_quiet_hours(world, line):
    preference = wants(world.amina, way="sms", hour=19)
    said(world.maths, world.nafula, "Why?", kind="question")
    line.fault = carriers.TryLater()
    work(FIVE + 2 * HOUR + MINUTE)
    line.fault = None
    work(FIVE + 4 * HOUR)
    assert not line.sent
    work(FIVE + 13 * HOUR + MINUTE)  # at six in the morning
    assert len(line.sent) == 1
    assert preference.by == "sms"


def test_a_lost_phone_gets_nothing(world, line):
    wants(world.amina, way="sms")
    Person.objects.filter(pk=world.amina.pk).update(frozen_at=FIVE)
    said(world.maths, world.nafula, "Why?", kind="question")
    work(LATER)
    assert not line.sent
    assert (digest(world.amina).by, digest(world.amina).why) == ("page", "number")


def test_the_months_parts_are_counted(world, line):
    Allowance.objects.update(parts_a_month=3)
    wants(world.amina, way="sms")
    for day in range(2):
        said(world.maths, world.nafula, "Why?", kind="question", at=FIVE + day * DAY - HOUR)
        work(LATER + day * DAY)
    assert len(line.sent) == 1
    last = Digest.objects.filter(person=world.amina).order_by("made_at").last()
    assert (last.state, last.why) == ("failed", "cap")


def test_where_the_programme_no_longer_pays_the_page_has_it(world, line):
    wants(world.amina, way="sms")
    Allowance.objects.update(sms=False)
    said(world.maths, world.nafula, "Why?", kind="question")
    work(LATER)
    assert (digest(world.amina).by, digest(world.amina).why) == ("page", "off")
    assert not line.sent


def test_the_link_in_the_message_ends_them(world, line, client):
    preference = wants(world.amina, way="sms")
    path = stop_link(preference).removeprefix("http://localhost:8000")
    page = client.get(path)
    assert page.status_code == 200
    assert "Amina" not in page.content.decode()
    preference.refresh_from_db()
    assert preference.often == "daily"  # looking changes nothing
    said(world.maths, world.nafula, "Why?", kind="question")
    line.fault = carriers.TryLater()
    work(LATER)
    line.fault = None
    page = client.post(path)
    assert "Stopped." in page.content.decode()
    preference.refresh_from_db()
    assert (preference.often, preference.by, preference.next_at) == ("none", "page", None)
    work(LATER + HOUR)
    assert not line.sent
    assert digest(world.amina).why == "stopped"
    assert client.post(path).status_code == 200  # a second tap does no harm


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "A" * len(t), lambda t: t[:22]])
def test_a_link_that_is_not_ours(world, line, client, change):
    preference = wants(world.amina, way="sms")
    path = stop_link(preference).removeprefix("http://localhost:8000/stop/")
    assert client.get(f"/stop/{change(path)}").status_code == 404
    assert client.post(f"/stop/{change(path)}").status_code == 404
    assert not stop(token=change(path))
    assert Preference.objects.get(pk=preference.pk).often == "daily"


def test_an_old_key_still_opens_the_way_out(world, line, settings):
    token = stop_link(wants(world.amina, way="sms")).rsplit("/", 1)[1]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 8
    assert stop(token=token)


def test_neither_outbox_nor_audit_holds_words(world, line):
    wants(world.amina, way="sms", words=True)
    said(world.maths, world.nafula, "Sekret?", kind="question")
    line.fault = carriers.TryLater()
    work(LATER)
    for entry in OutboxEntry.objects.all():
        assert "Sekret" not in str(entry.payload) + entry.last_error
        assert "254700" not in str(entry.payload)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (messages.TryLater("ConnectError"), carriers.TryLater),
        (messages.TryLater("InsufficientBalance"), carriers.TryLater),
        (messages.Unknown("ReadTimeout"), carriers.Undeliverable),
        (messages.Undeliverable("InvalidPhoneNumber"), carriers.Undeliverable),
    ],
)
def test_what_may_have_arrived_is_not_tried_again(monkeypatch, fault, expected):
    def fail(to, text):
        raise fault

    monkeypatch.setattr(carrier, "deliver_counted", fail)
    with pytest.raises(expected):
        carrier.send("+254700000001", "Hello")


def test_the_outbox_takes_no_more_than_is_due(world, line):
    wants(world.amina, way="sms")
    with pretend(FIVE - MINUTE):
        assert outbox.deliver() <= 20
    assert not Digest.objects.exists()
