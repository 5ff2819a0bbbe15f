"""Who came: by code, list, paper or both; one attendance a person and day, whatever arrives when."""

import datetime as dt

import pytest

from staffroom.cascade import attendance_codes as codes
from staffroom.cascade.actions import attendance as acts
from staffroom.cascade.hooks import attendance as hooks
from staffroom.cascade.models import (
    Attendance,
    AttendanceMark,
    Guest,
    Invitation,
    SessionDay,
    SessionTrainer,
    Trainer,
    TrainingSession,
)
from staffroom.cascade.queries import attendance as asking
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short

#: Noon in Nairobi on the second day.
NOON = dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def hall(world):
    """Chausiku and Baraka train; Amina and Nafula are invited; it is the second of three days."""
    world.training = TrainingSession.objects.create(programme=world.programme, title="Fractions")
    for person in (world.chausiku, world.baraka):
        trainer = Trainer.objects.create(programme=world.programme, kind="circle", person=person)
        SessionTrainer.objects.create(session=world.training, trainer=trainer)
    for person, school in ((world.amina, world.hill), (world.nafula, world.river)):
        Invitation.objects.create(session=world.training, person=person, school=school)
    world.days = [
        SessionDay.objects.create(session=world.training, day=dt.date(2026, 12, n))
        for n in (1, 2, 3)
    ]
    world.day = world.days[1]
    with pretend(NOON):
        yield world


def said(world, person, day=None) -> str:
    row = asking.attendance_of(day or world.day, person.pk)
    return row.state if row else ""


def test_two_who_key_in_one_sheet_make_one_attendance(hall):
    acts.mark(by=hall.chausiku, day=hall.day, who=hall.amina, said="present", how="paper")
    acts.mark(by=hall.baraka, day=hall.day, who=hall.amina, said="present", how="paper")
    row = Attendance.objects.get()
    assert (row.state, row.how, row.marks.count()) == ("present", "paper", 2)


def test_where_they_differ_both_stand_until_a_trainer_decides(hall):
    acts.mark(by=hall.chausiku, day=hall.day, who=hall.amina, said="present")
    acts.mark(by=hall.baraka, day=hall.day, who=hall.amina, said="absent")
    (row,) = asking.unclear(hall.training)
    acts.decide(by=hall.baraka, attendance=row, said="present")
    assert said(hall, hall.amina) == "present"
    assert not asking.unclear(hall.training)
    assert AttendanceMark.objects.count() == 2
    row = asking.attendance_of(hall.day, hall.amina.pk)
    acts.decide(by=hall.chausiku, attendance=row, said="")
    assert said(hall, hall.amina) == "unclear"


def test_an_older_word_that_arrives_late_does_not_win(hall):
    acts.mark(by=hall.chausiku, day=hall.day, who=hall.amina, said="absent")
    acts.mark(
        by=hall.chausiku, day=hall.day, who=hall.amina, said="present",
        written_at=now() - dt.timedelta(hours=1),
    )  # fmt: skip
    assert said(hall, hall.amina) == "absent"
    acts.mark(by=hall.chausiku, day=hall.day, who=hall.amina, said="")
    assert said(hall, hall.amina) == ""


def test_here_without_signal_counts_from_the_moment_of_the_tap(hall):
    morning = NOON - dt.timedelta(hours=3)
    code = codes.of_moment(hall.day.pk, morning)
    with pretend(NOON + dt.timedelta(days=2)):  # it waited on the phone
        acts.arrive(person=hall.amina, session=hall.training, code=code, written_at=morning)
    assert said(hall, hall.amina) == "present"
    assert AttendanceMark.objects.get().written_at == morning


@pytest.mark.parametrize(
    ("which", "words"),
    [("yesterday", "another day"), ("an hour ago", "no longer good"), ("guessed", "not the code")],
)
def test_a_code_of_another_time_is_refused(hall, which, words):
    code = {
        "yesterday": codes.of_day(hall.days[0].pk),
        "an hour ago": codes.of_moment(hall.day.pk, NOON - dt.timedelta(hours=1)),
        "guessed": "AAAAAA",
    }[which]
    with pytest.raises(Refused, match=words):
        acts.arrive(person=hall.amina, session=hall.training, code=code)
    assert not Attendance.objects.exists()


def test_the_printed_code_is_good_all_day_and_only_on_a_day_of_the_training(hall):
    code = codes.of_day(hall.day.pk)
    acts.arrive(person=hall.amina, session=hall.training, code=f" {code[:3].lower()}-{code[3:]} ")
    with pytest.raises(NotYours):
        acts.arrive(person=hall.daudi, session=hall.training, code=code)
    later = NOON + dt.timedelta(days=9)
    with pytest.raises(Refused, match="no day on that date"), pretend(later):
        acts.arrive(person=hall.nafula, session=hall.training, code=code)


def test_a_day_to_come_and_a_cancelled_training_take_nothing(hall):
    with pytest.raises(Refused, match="still to come"):
        acts.mark(by=hall.chausiku, day=hall.days[2], who=hall.amina, said="present")
    hall.training.state = "cancelled"
    hall.training.save()
    hall.day.session = hall.training
    with pytest.raises(Refused, match="cancelled"):
        acts.mark(by=hall.chausiku, day=hall.day, who=hall.amina, said="present")


def test_who_may_write_down(hall):
    for person in (hall.amina, hall.esther, hall.farid, hall.daudi):
        with pytest.raises(NotYours):
            acts.mark(by=person, day=hall.day, who=hall.nafula, said="present")
    acts.mark(by=hall.gathoni, day=hall.day, who=hall.nafula, said="present")


def test_a_name_without_account_is_kept_once_and_matched_later(hall):
    guest = acts.add_guest(
        by=hall.chausiku, day=hall.day, name="Daudi  Barasa", school_words="River"
    )
    again = acts.add_guest(by=hall.baraka, day=hall.day, name="daudi barasa", school_words="river")
    assert guest == again
    acts.mark(by=hall.chausiku, day=hall.day, who=hall.daudi, said="absent")
    acts.match_guest(by=hall.chausiku, guest=guest, person=hall.daudi)
    assert not Guest.objects.exists()
    row = Attendance.objects.get()
    assert row.person == hall.daudi
    assert row.state == "unclear"  # Chausiku's later word was absent; Baraka's present stands


def test_two_accounts_of_one_person_are_one_attendance(hall):
    acts.mark(by=hall.chausiku, day=hall.day, who=hall.amina, said="present")
    acts.mark(by=hall.baraka, day=hall.day, who=hall.daudi, said="present")
    hooks.merge_people(hall.amina, hall.daudi)
    row = Attendance.objects.get()
    assert (row.person, row.state, row.marks.count()) == (hall.amina, "present", 2)


def test_one_tap_a_person_on_the_list(hall, sign_in):
    client = sign_in(hall.chausiku)
    base = f"/training/{short(hall.training.pk)}/attendance/{short(hall.day.pk)}"
    tap = f"{base}/{short(hall.amina.pk)}/"
    answer = client.post(tap + "came", HTTP_HX_REQUEST="true").content.decode()
    assert 'aria-pressed="true"' in answer
    assert "1 of 2 are here" in answer
    assert client.post(tap + "absent").status_code == 302
    assert said(hall, hall.amina) == "absent"
    client.post(tap + "back")
    assert said(hall, hall.amina) == ""
    card = codes.of_person(hall.training.pk, hall.nafula.pk)
    assert client.post(base + "/scan", {"code": card}).status_code == 302
    assert client.post(base + "/scan", {"code": "AAAAAA"}).status_code == 422
    assert said(hall, hall.nafula) == "present"
    assert AttendanceMark.objects.get(said="present").how == "card"


def test_a_whole_sheet_in_one_form(hall, sign_in):
    client = sign_in(hall.chausiku)
    url = f"/training/{short(hall.training.pk)}/attendance/{short(hall.day.pk)}/paper"
    rows = [short(hall.amina.pk), short(hall.nafula.pk)]
    for _twice in range(2):
        client.post(url, {"row": rows, "came": rows[:1], "rest": "1"})
    assert said(hall, hall.amina) == "present"
    assert said(hall, hall.nafula) == "absent"
    assert AttendanceMark.objects.count() == 2


def test_the_screen_and_the_sheet_show_codes_that_open(hall, sign_in):
    client = sign_in(hall.chausiku)
    base = f"/training/{short(hall.training.pk)}/attendance/{short(hall.day.pk)}"
    screen = client.get(base + "/code")
    assert screen["Refresh"] == "120"
    assert "no-store" in screen["Cache-Control"]
    assert codes.of_moment(hall.day.pk, NOON) in screen.content.decode()
    sheet = client.get(base + "/sheet").content.decode()
    assert codes.of_day(hall.day.pk) in sheet
    assert "Nafula Wekesa" in sheet
    here = f"/training/{short(hall.training.pk)}/here"
    answer = sign_in(hall.amina).post(here, {"code": codes.of_day(hall.day.pk)})
    assert answer.status_code == 302
    assert "You are here." in sign_in(hall.amina).get(here).content.decode()


def test_the_head_sees_days_of_own_teachers_and_nothing_else(hall, sign_in):
    row = acts.mark(
        by=hall.chausiku, day=hall.day, who=hall.amina, said="absent", reason="Her child was ill"
    )
    acts.mark(by=hall.chausiku, day=hall.day, who=hall.nafula, said="present")
    assert row.reason
    page = sign_in(hall.esther).get("/training/schools/attendance").content.decode()
    assert "Amina Hassan" in page
    assert "Came on 0 of 2 days" in page
    assert "Nafula" not in page
    assert "ill" not in page.replace("Hill", "")
    assert sign_in(hall.farid).get("/training/schools/attendance").status_code == 404
    mine = sign_in(hall.amina).get("/training/mine/attendance").content.decode()
    assert "Did not come" in mine


def test_what_is_taken_along_and_forgotten(hall):
    acts.mark(by=hall.chausiku, day=hall.day, who=hall.amina, said="present")
    (held,) = hooks.export(hall.amina)["training_attendance"]
    assert held["state"] == "present"
    hooks.erase(hall.chausiku, keep_contributions=True)
    assert AttendanceMark.objects.get().by is None
    hooks.erase(hall.amina, keep_contributions=True)
    assert not Attendance.objects.exists()


def test_each_is_led_to_their_own(hall, rf):
    def led(person) -> list[str]:
        request = rf.get("/")
        request.user = person
        return [line["url"].rsplit("/", 1)[1] for line in hooks.lines(request, hall.training)]

    assert led(hall.nafula) == ["here"]
    assert led(hall.chausiku) == ["attendance", "certificates"]
    assert led(hall.farid) == led(hall.esther) == []
    titles = [entry["url"] for entry in hooks.me_entries(hall.esther)]
    assert titles == ["/training/schools/attendance"]
