"""Training sessions: made, invited to by turns, answered, held, seen by whom they concern."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.cascade.actions import inviting
from staffroom.cascade.actions import sessions as acts
from staffroom.cascade.models import Invitation, TrainingSession
from staffroom.cascade.queries import sessions as asking
from staffroom.core.clock import pretend, today
from staffroom.core.errors import NotYours, Refused
from staffroom.library.models import Resource
from staffroom.places.actions.calendar import write_holiday

DAY = today() + dt.timedelta(days=30)


def sheet(**fields):
    return acts.Sheet(**({"title": "Fractions", "days": [DAY], "subject": "mathematics"} | fields))


@pytest.fixture
def session(world):
    """Two places at Hill Primary, where Amina and Baraka teach and Esther is the head."""
    return acts.make(
        by=world.gathoni,
        programme=world.programme,
        sheet=sheet(schools=[world.hill], venue=world.river, trainers=[world.otieno], seats=10),
    )


def states(session):
    rows = session.invitations.exclude(state="withdrawn").select_related("person")
    return {row.person.first_name: row.state for row in rows}


def test_the_turn_goes_to_whoever_had_least(world, session):
    earlier = acts.make(by=world.gathoni, programme=world.programme,
                        sheet=sheet(title="Before", days=[DAY - dt.timedelta(days=9)]))  # fmt: skip
    for person in (world.amina, world.esther):
        Invitation.objects.create(session=earlier, person=person, state="accepted")
    assert inviting.send(by=world.gathoni, session=session) == 1
    (mine,) = session.invitations.all()
    assert mine.person == world.baraka
    assert "no training in Mathematics yet" in asking.why_words(mine)
    assert inviting.send(by=world.gathoni, session=session) == 0


def test_a_no_calls_the_next_and_a_yes_after_it_finds_the_place_taken(world, session):
    inviting.send(by=world.gathoni, session=session)
    first = session.invitations.get()
    inviting.answer(by=first.person, invitation=first, comes=False, note="Exams that day")
    assert sorted(states(session).values()) == ["declined", "sent"]
    with pytest.raises(Refused, match="has taken the place"):
        inviting.answer(by=first.person, invitation=first, comes=True)
    second = session.invitations.get(state="sent")
    inviting.answer(by=second.person, invitation=second, comes=True)
    assert sorted(states(session).values()) == ["accepted", "declined"]
    with pytest.raises(NotYours):
        inviting.answer(by=world.farid, invitation=second, comes=False)


def test_whoever_trains_or_is_asked_elsewhere_that_day_is_not_asked(world, session):
    other = acts.make(by=world.gathoni, programme=world.programme, sheet=sheet(
        title="Reading", subject="english", trainers=[world.baraka]))  # fmt: skip
    Invitation.objects.create(session=other, person=world.amina)
    assert {person for row in asking.propose(session) for person, _why in row["turns"]} == {
        world.esther
    }


def test_exchanged_with_a_reason_that_the_new_one_reads(world, session):
    inviting.send(by=world.gathoni, session=session)
    old = session.invitations.get()
    other = next(p for p in inviting.others(old) if p.pk != old.person_id)
    with pytest.raises(Refused, match="say why"):
        inviting.exchange(by=world.gathoni, invitation=old, person=other, reason=" ")
    new = inviting.exchange(by=world.gathoni, invitation=old, person=other, reason="She asked")
    assert asking.why_words(new) == "She asked"
    assert states(session) == {other.first_name: "sent"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "name is missing"), ({"days": []}, "days are missing"),
        ({"begins": dt.time(9), "ends": dt.time(8)}, "end before it starts"),
        ({"seats": 1, "places": 2, "schools": "hill"}, "more than 1 seats"),
        ({"trainers": "otieno"}, "train elsewhere: Otieno Ouma: Fractions"),
        ({"days": [DAY + dt.timedelta(days=1)]}, "is free: Idd"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_clashes(world, session, fields, words):
    write_holiday(by=world.hamisi, programme=world.programme, name="Idd",
                  first_day=DAY + dt.timedelta(days=1), last_day=DAY + dt.timedelta(days=1))  # fmt: skip
    if "schools" in fields:
        fields = fields | {"schools": [world.hill]}
    if "trainers" in fields:
        fields = fields | {"trainers": [world.otieno]}
    with pytest.raises(Refused, match=words):
        acts.make(by=world.gathoni, programme=world.programme, sheet=sheet(**fields))
    assert TrainingSession.objects.count() == 1


def test_held_as_planned_or_otherwise_and_not_before(world, session):
    with pytest.raises(Refused, match="not begun"):
        acts.tell(by=world.otieno, session=session)
    with pretend(dt.datetime.combine(DAY, dt.time(15), dt.UTC)):
        for person in (world.amina, world.esther, world.farid):
            with pytest.raises(NotYours):
                acts.tell(by=person, session=session)
        acts.tell(by=world.otieno, session=session, otherwise="No power: no film")
    session.refresh_from_db()
    assert (session.state, session.changed) == ("delivered", "No power: no film")
    with pytest.raises(Refused, match="stays as it is"):
        acts.cancel(by=world.gathoni, session=session, reason="x")


def test_only_what_the_programme_shares_is_given_out(world, session):
    ours = {"programme": world.programme, "kind": "guide"}
    open_one = Resource.objects.create(title="Guide", for_all=True, **ours)
    closed = Resource.objects.create(title="Ours", community=world.maths, **ours)
    acts.give_out(by=world.otieno, session=session, resources=[open_one.pk, closed.pk])
    assert [each.resource for each in session.materials.all()] == [open_one]


def test_pages_of_each(world, session, sign_in):
    page = reverse("training_session", args=[session.pk])
    office = sign_in(world.gathoni)
    assert "Whose turn it is" in office.get(page).content.decode()
    office.post(reverse("training_invite", args=[session.pk]))
    mine = session.invitations.get()
    teacher = sign_in(mine.person)
    assert "Do you come?" in teacher.get(page).content.decode()
    assert mine.person.name not in teacher.get(page).content.decode()
    teacher.post(reverse("training_answer", args=[session.pk]), {"comes": "yes"})
    assert "you come" in teacher.get(reverse("my_training")).content.decode()
    mine.refresh_from_db()
    assert mine.state == "accepted"
    trainer = sign_in(world.otieno)
    assert mine.person.name in trainer.get(page).content.decode()
    assert session.title in trainer.get(reverse("my_sessions")).content.decode()
    assert b"BEGIN:VEVENT" in teacher.get(reverse("training_ics", args=[session.pk])).content
    assert sign_in(world.farid).get(page).status_code == 404


def test_made_changed_and_cancelled_on_the_screen(world, sign_in):
    office = sign_in(world.hamisi)
    fields = {"title": "Number talks", "tier": "teachers", "days": f"{DAY}", "begins": "08:30", "ends": "16:00",
              "venue": "hill", "seats": "30", "places": "1", "schools": "hill\nriver", "trainers": "Otieno Ouma"}  # fmt: skip
    bad = office.post(reverse("training_new"), fields | {"schools": "hill\nnowhere"})
    assert bad.status_code == 422
    assert "No school has the code nowhere." in bad.content.decode()
    assert "Number talks" in bad.content.decode()
    office.post(reverse("training_new"), fields)
    session = TrainingSession.objects.get()
    assert session.session_schools.count() == 2
    office.post(reverse("training_edit", args=[session.pk]), fields | {"title": "Number talk"})
    office.post(reverse("training_cancel", args=[session.pk]), {"reason": "Floods"})
    session.refresh_from_db()
    assert (session.title, session.state, session.changed) == ("Number talk", "cancelled", "Floods")
    assert "Floods" in office.get(reverse("training_session", args=[session.pk])).content.decode()
    assert "Number talk" in office.get(reverse("training") + "?when=cancelled").content.decode()


def test_today_asks_and_reminds(world, session):
    from staffroom.cascade.hooks.sessions import today_rows

    asked = Invitation.objects.create(session=session, person=world.amina)
    assert "You are invited" in today_rows(world.amina, [])[0]["title"]
    inviting.answer(by=world.amina, invitation=asked, comes=True)
    assert today_rows(world.amina, []) == []
    with pretend(dt.datetime.combine(DAY - dt.timedelta(days=1), dt.time(9), dt.UTC)):
        assert today_rows(world.amina, [])[0]["title"] == "Fractions"
    with pretend(dt.datetime.combine(DAY + dt.timedelta(days=1), dt.time(9), dt.UTC)):
        assert today_rows(world.otieno, [])[0]["text"] == "Fractions"


def test_moved_asks_again_and_cancelled_is_read_on_today(world, session):
    from staffroom.cascade.hooks.sessions import today_rows

    asked = Invitation.objects.create(session=session, person=world.amina, state="accepted")
    later = sheet(days=[DAY + dt.timedelta(days=2)], seats=10)
    acts.change(by=world.gathoni, session=session, sheet=later)
    asked.refresh_from_db()
    assert asked.state == "sent"
    acts.cancel(by=world.gathoni, session=session, reason="Floods")
    (row,) = today_rows(world.amina, [])
    assert (row["title"], row["text"]) == ("Cancelled: Fractions", "Floods")
