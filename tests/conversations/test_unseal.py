"""Learning who asked: for abuse, by two people together, told to the author and the members."""

import datetime as dt

import pytest

from staffroom.communities.models import OutsideView
from staffroom.conversations import sealed
from staffroom.conversations.actions import ask, ask_without_name, remove, unseal
from staffroom.conversations.actions.report import report
from staffroom.conversations.models import Unsealing
from staffroom.conversations.queries.unsealings import opened_in, to_tell, waiting_for
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.core.models import AuditEntry
from staffroom.places.models import Appointment, Oversight
from tests.conftest import LONG_AGO, make_person
from tests.conversations.nameless import changed, rows


@pytest.fixture
def reported(world):
    post = ask_without_name(by=world.amina, community=world.maths, text="You will regret it.")
    report(by=world.nafula, post=post, reason="unkind")
    return post


@pytest.fixture
def asked(world, reported):
    return unseal.ask(by=world.baraka, post=reported, reason="A threat.")


@pytest.fixture
def opened(world, asked):
    unseal.agree(by=world.gathoni, unsealing=asked)
    return unseal.agree(by=world.hamisi, unsealing=asked)


def test_two_people_open_it_and_both_may_look(world, opened):
    for person in (world.gathoni, world.hamisi):
        assert unseal.look(by=person, unsealing=opened) == world.amina
    assert AuditEntry.objects.filter(act="unsealing.looked").count() == 2


def test_one_person_is_not_two(world, asked):
    unseal.agree(by=world.gathoni, unsealing=asked)
    with pytest.raises(Refused):
        unseal.agree(by=world.gathoni, unsealing=asked)
    asked.refresh_from_db()
    with pytest.raises(NotYours):
        unseal.look(by=world.gathoni, unsealing=asked)
    assert to_tell(world.amina) == []


def test_no_row_of_it_names_the_author(world, asked):
    before = rows()
    unseal.agree(by=world.gathoni, unsealing=asked)
    made = unseal.agree(by=world.hamisi, unsealing=asked)
    unseal.look(by=world.hamisi, unsealing=made)
    unseal.hear(by=world.amina, unsealing=made)
    told = "\n".join(f"{key} {text}" for key, text in changed(before, rows()).items())
    assert str(world.amina.pk) not in told
    assert world.amina.pk.hex not in told


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("baraka", None),
        ("chausiku", None),
        ("amina", NotYours),
        ("nafula", NotYours),
        ("daudi", NotYours),
        ("esther", NotYours),
        ("farid", NotYours),
        ("gathoni", NotYours),
        ("hamisi", NotYours),
    ],
)
def test_who_may_ask_for_it(world, reported, who, error):
    person = getattr(world, who)
    if error is None:
        assert unseal.ask(by=person, post=reported, reason="A threat.")
    else:
        with pytest.raises(error):
            unseal.ask(by=person, post=reported, reason="A threat.")


@pytest.mark.parametrize(
    "who", ["amina", "baraka", "chausiku", "nafula", "daudi", "esther", "farid"]
)
def test_who_may_not_decide_it(world, asked, who):
    person = getattr(world, who)
    for act in (
        lambda: unseal.agree(by=person, unsealing=asked),
        lambda: unseal.refuse(by=person, unsealing=asked, why="No."),
        lambda: unseal.look(by=person, unsealing=asked),
    ):
        with pytest.raises(NotYours):
            act()


def test_not_without_a_report_nor_for_what_has_a_name(world):
    quiet = ask_without_name(by=world.amina, community=world.maths, text="Why?")
    with pytest.raises(Refused):
        unseal.ask(by=world.baraka, post=quiet, reason="Curious.")
    named = ask(by=world.amina, community=world.maths, text="Why?")
    report(by=world.nafula, post=named, reason="unkind")
    with pytest.raises(NotYours):
        unseal.ask(by=world.baraka, post=named, reason="Curious.")


def test_not_once_the_author_took_it_back(world, reported):
    remove(by=world.amina, post=reported)
    reported.refresh_from_db()
    with pytest.raises(NotYours):
        unseal.ask(by=world.baraka, post=reported, reason="A threat.")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_it_needs_a_reason(world, reported, reason):
    with pytest.raises(Refused):
        unseal.ask(by=world.baraka, post=reported, reason=reason)
    assert not Unsealing.objects.exists()


def test_asking_twice_is_once(world, asked, reported):
    again = unseal.ask(by=world.chausiku, post=reported, reason="Also me.")
    assert again == asked


def test_a_gardener_who_supervises_a_member_decides_nothing(world, asked):
    """The wall: also in this the supervisor of anybody here has no part."""
    Oversight.objects.create(person=world.gathoni, area=world.kitui, starts=LONG_AGO)
    with pytest.raises(NotYours):
        unseal.agree(by=world.gathoni, unsealing=asked)
    assert waiting_for(world.gathoni) == []


def test_an_author_who_holds_the_office_does_not_decide(world):
    other = make_person("Zawadi Mwende", is_staff=True, email="z@example.org")
    Appointment.objects.create(
        person=other, programme=world.programme, role="gardener", starts=LONG_AGO
    )
    post = ask_without_name(by=world.amina, community=world.maths, text="Bad words")
    report(by=world.nafula, post=post, reason="unkind")
    made = unseal.ask(by=world.baraka, post=post, reason="A threat.")
    sealed.hand_over(world.amina, other)
    assert waiting_for(other) == []
    with pytest.raises(NotYours):
        unseal.agree(by=other, unsealing=made)


def test_a_no_is_final(world, asked):
    unseal.agree(by=world.gathoni, unsealing=asked)
    unseal.refuse(by=world.hamisi, unsealing=asked, why="Rude, but no threat.")
    with pytest.raises(Refused):
        unseal.agree(by=world.hamisi, unsealing=asked)
    asked.refresh_from_db()
    with pytest.raises(NotYours):
        unseal.look(by=world.gathoni, unsealing=asked)


def test_the_name_is_shown_for_a_week(world, opened):
    with pretend(now() + dt.timedelta(days=8)), pytest.raises(Refused):
        unseal.look(by=world.gathoni, unsealing=opened)


def test_the_author_and_the_members_are_told(world, sign_in, opened):
    assert to_tell(world.amina) == [opened]
    assert to_tell(world.nafula) == []
    client = sign_in(world.amina)
    assert "The seal of your post was opened" in client.get("/").content.decode()
    address = f"/unsealing/{short(opened.pk)}/told"
    said = client.get(address).content.decode()
    assert "Gathoni Njoroge" in said
    assert "A threat." in said
    assert sign_in(world.nafula).get(address).status_code == 404
    client.post(address)
    assert to_tell(world.amina) == []
    assert list(opened_in(world.maths)) == [opened]
    log = sign_in(world.nafula).get(f"/c/{short(world.maths.pk)}/log").content.decode()
    assert "A threat." in log
    assert "Amina" not in log


def test_through_the_pages(world, sign_in, reported):
    more = f"/c/{short(world.maths.pk)}/p/{short(reported.pk)}"
    assert (
        "Ask that the seal be opened" in sign_in(world.baraka).get(f"{more}/more").content.decode()
    )
    assert "seal" not in sign_in(world.nafula).get(f"{more}/more").content.decode()
    assert sign_in(world.baraka).post(f"{more}/unseal", {"why": ""}).status_code == 422
    assert sign_in(world.baraka).post(f"{more}/unseal", {"why": "A threat."}).status_code == 302
    made = Unsealing.objects.get()
    address = f"/unsealing/{short(made.pk)}"
    first, second = sign_in(world.gathoni), sign_in(world.hamisi)
    assert "A seal to open?" in first.get("/").content.decode()
    assert "You will regret it." in first.get(address).content.decode()
    first.post(address, {"agree": "1"})
    assert "Amina" not in first.get(address).content.decode()
    assert "It takes a second person" in second.get(address).content.decode()
    second.post(address, {"agree": "1"})
    assert "Amina" not in second.get(address).content.decode()
    shown = second.post(address, {"look": "1"})
    assert "Amina Hassan" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    looks = OutsideView.objects.filter(community=world.maths, page="unsealing")
    assert set(looks.values_list("person__name", "office")) == {
        ("Gathoni Njoroge", "gardener"),
        ("Hamisi Said", "administrator"),
    }
    for other in (world.esther, world.farid, world.nafula, world.baraka):
        assert sign_in(other).get(address).status_code == 404
