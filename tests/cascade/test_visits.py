"""A support visit: between two people, on what the teacher chose, without a score."""

import datetime as dt
import re
from pathlib import Path

import pytest

from staffroom.cascade.actions import visit_words, visits
from staffroom.cascade.models import SupportVisit, VisitPause
from staffroom.cascade.queries import visits as asking
from staffroom.cascade.visit_calendar import calendar
from staffroom.conversations.models import Draft
from staffroom.core.clock import pretend, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short, uuid7
from staffroom.core.models import AuditEntry
from staffroom.library.models import Note
from staffroom.places.models import Appointment, Oversight
from tests.cascade.conftest import make_training
from tests.conftest import LONG_AGO, make_person

ROOT = Path(__file__).resolve().parent.parent.parent
TOMORROW = dt.timedelta(days=1)


@pytest.fixture
def visit(trained):
    return visits.plan(
        by=trained.chausiku, teacher=trained.amina, day=today() + TOMORROW, focus="Halves"
    )


@pytest.fixture
def held(trained, visit):
    visits.agree(by=trained.amina, visit=visit)
    words = {
        "seen": "Four groups worked. One group waited.",
        "offered": "A paper strip.",
        "next_step": "Try it in 6B.",
    }
    return visit_words.write(
        by=trained.chausiku, visit=visit, words=words, held_on=today(),
        next_day=today() + dt.timedelta(days=7),
    )  # fmt: skip


def url(visit, rest=""):
    return f"/training/visits/{short(visit.pk)}{rest}"


def test_nothing_begins_without_the_teachers_yes(trained, visit):
    with pytest.raises(Refused, match="not agreed"):
        visit_words.write(by=trained.chausiku, visit=visit, words={"seen": "x"}, held_on=today())
    with pytest.raises(NotYours):
        visits.agree(by=trained.chausiku, visit=visit)
    visits.agree(by=trained.amina, visit=visit)
    visit.refresh_from_db()
    assert (visit.state, visit.focus) == ("agreed", "Halves")


def test_the_teacher_names_another_focus_and_a_new_one_needs_a_new_yes(trained, visit):
    visits.agree(by=trained.amina, visit=visit, focus="Pupils who wait")
    visit.refresh_from_db()
    assert (visit.state, visit.focus) == ("agreed", "Pupils who wait")
    visits.change(by=trained.chausiku, visit=visit, day=visit.day, focus="Discipline")
    visit.refresh_from_db()
    assert visit.state == "asked"


def test_without_a_focus_a_bare_yes_asks_for_one(trained, sign_in):
    visit = visits.plan(by=trained.chausiku, teacher=trained.amina, day=today() + TOMORROW)
    client = sign_in(trained.amina)
    assert client.post(url(visit, "/focus")).status_code == 422
    client.post(url(visit, "/focus"), {"focus": "Halves"})
    visit.refresh_from_db()
    assert visit.state == "agreed"


def test_not_now_takes_the_teacher_off_every_list(trained, visit, sign_in):
    until = today() + dt.timedelta(days=28)
    sign_in(trained.amina).post(url(visit, "/not-now"), {"until": until.isoformat()})
    visit.refresh_from_db()
    assert visit.state == "declined"
    assert trained.amina not in [each.person for each in asking.due(trained.chausiku)]
    with pytest.raises(Refused, match="no visit just now"):
        visits.plan(by=trained.chausiku, teacher=trained.amina, day=today() + TOMORROW)
    visits.pause(by=trained.amina, until=None)
    assert not VisitPause.objects.exists()


def test_the_teacher_sees_all_of_it_and_answers(trained, held, sign_in):
    client = sign_in(trained.amina)
    said = client.get(url(held)).content.decode()
    for words in ("Four groups worked", "A paper strip", "Try it in 6B"):
        assert words in said
    client.post(
        url(held, "/answer/seen"),
        {"text": "They had finished.", "disagrees": "on", "take_out": "One group waited."},
    )
    said = sign_in(trained.chausiku).get(url(held)).content.decode()
    assert "They had finished." in said
    assert "I see it otherwise" in said


def test_what_is_revised_is_kept_and_what_is_taken_out_is_gone(trained, held):
    words = held.words() | {"offered": "Two paper strips."}
    again = {"by": trained.chausiku, "visit": held, "held_on": today(), "next_day": held.next_day}
    visit_words.write(words=words, **again)
    visit_words.write(words=words, **again)  # the same words are one version
    held.refresh_from_db()
    assert held.version == 2
    assert [each.words["offered"] for each in held.versions.all()] == ["A paper strip."]
    visit_words.answer(by=trained.amina, visit=held, part="seen", take_out="One group waited.")
    visit_words.take_out(by=trained.chausiku, visit=held, part="seen")
    held.refresh_from_db()
    assert held.seen == held.versions.get().words["seen"] == "Four groups worked. […]"
    assert not held.answers.exists()


def test_sent_twice_it_is_one(trained):
    plan = {"by": trained.chausiku, "teacher": trained.amina, "day": today() + TOMORROW}
    first = visits.plan(id=uuid7(), **plan)
    assert visits.plan(id=first.pk, **plan) == first
    with pytest.raises(Refused, match="planned already"):
        visits.plan(id=uuid7(), **plan)
    assert SupportVisit.objects.count() == 1


# ---- who may what


def inspector(world):
    person = make_person("Imani Officer", "+254700000061")
    Oversight.objects.create(person=person, area=world.mwingi, starts=LONG_AGO)
    return person


def other_trainer(world):
    person = make_person("Juma Trainer", "+254700000062")
    Appointment.objects.create(
        person=person, programme=world.programme, role="trainer", starts=LONG_AGO
    )
    return person


WHO = {
    "the teacher": (lambda w: w.amina, True),
    "the visitor": (lambda w: w.chausiku, True),
    "another trainer": (other_trainer, False),
    "the head teacher": (lambda w: w.esther, False),
    "the inspector": (inspector, False),
    "the gardener": (lambda w: w.gathoni, False),
    "the administrator": (lambda w: w.hamisi, False),
    "a colleague": (lambda w: w.baraka, False),
    "another participant": (lambda w: w.otieno, False),
    "an outsider": (lambda w: w.farid, False),
}


@pytest.mark.parametrize("who", WHO)
def test_two_people_read_it_and_nobody_else(trained, held, sign_in, who):
    find, reads = WHO[who]
    client = sign_in(find(trained))
    assert client.get(url(held)).status_code == (200 if reads else 404)
    if not reads:
        for rest in ("/write", "/answer/seen", "/share", "/note", "/change", "/step", "/focus"):
            assert client.get(url(held, rest)).status_code == 404
        for rest in ("/read", "/off", "/take-out/seen"):
            assert client.post(url(held, rest)).status_code == 404
        pages = ("/training/visits/", "/training/visits/calendar", "/training/visits/figures", "/")
        assert not any(b"Amina" in client.get(page).content for page in pages)


def test_each_does_their_own_part(trained, held, sign_in):
    assert sign_in(trained.amina).get(url(held, "/write")).status_code == 404
    assert sign_in(trained.chausiku).get(url(held, "/answer/seen")).status_code == 404
    assert sign_in(trained.chausiku).get(url(held, "/share")).status_code == 404


def test_a_supervisor_as_visitor_sees_own_visits_alone(trained, held):
    assert asking.may_visit(trained.esther, trained.amina)
    mine = visits.plan(by=trained.esther, teacher=trained.amina, day=today() + TOMORROW)
    assert list(asking.of_person(trained.esther)) == [mine]
    # That others have visited is not told by the list either.
    other = make_person("Imani Deputy", "+254700000063")
    trained.hill.postings.create(person=other, role="deputy", starts=LONG_AGO)
    assert [each.person for each in asking.due(other)] == [trained.amina]


@pytest.mark.parametrize("who", ["baraka", "farid", "daudi", "gathoni", "otieno"])
def test_whoever_neither_trained_nor_supervises_visits_nobody(trained, who):
    person = getattr(trained, who)
    assert not asking.is_visitor(person)
    with pytest.raises(NotYours):
        visits.plan(by=person, teacher=trained.amina, day=today() + TOMORROW)


def test_whom_to_visit_are_those_of_the_circle_not_visited_since(trained, visit):
    make_training(trained.programme, trained.trainer, [trained.daudi], days_ago=300)
    assert [each.person for each in asking.due(trained.chausiku)] == [
        trained.nafula, trained.otieno,
    ]  # fmt: skip
    assert asking.due(trained.chausiku)[0].by == today() + dt.timedelta(days=21)


# ---- what comes of it


def test_today_says_what_is_near_unread_and_due(trained, visit):
    def says(person):
        from staffroom.cascade.hooks.visits import today_rows

        return [row["title"] for row in today_rows(person, [])]

    assert says(trained.amina) == ["May I visit you? You choose the focus"]
    assert says(trained.chausiku) == says(trained.baraka) == []
    visits.agree(by=trained.amina, visit=visit)
    assert says(trained.chausiku) == ["A support visit tomorrow"]
    visit_words.write(
        by=trained.chausiku, visit=visit, words={"next_step": "Strips."}, held_on=today(),
        next_day=today() + TOMORROW,
    )  # fmt: skip
    assert says(trained.amina) == ["Please read what was written"]
    visit_words.mark_read(by=trained.amina, visit=visit)
    assert says(trained.amina) == says(trained.chausiku) == ["A next step is due"]
    visit_words.step_done(by=trained.amina, visit=visit, said="It worked with half of them.")
    assert says(trained.amina) == []
    assert says(trained.chausiku) == ["The teacher has answered"]


def test_it_goes_into_the_ask_form_in_ones_own_words(trained, held, sign_in):
    client = sign_in(trained.amina)
    answer = client.post(
        url(held, "/share"), {"text": "Do strips help?", "community": str(trained.maths.pk)}
    )
    assert answer.url == f"/c/{short(trained.maths.pk)}/ask"
    assert Draft.objects.get().fields == {"text": "Do strips help?"}
    assert b"Do strips help?" in client.get(answer.url).content
    client.post(
        url(held, "/note"),
        {"title": "Strips", "problem": "Halves", "worked": "Fold", "community": str(trained.maths.pk)},
    )  # fmt: skip
    assert Note.objects.get().made_by == trained.amina
    answer = client.post(url(held, "/share"), {"text": "x", "community": str(uuid7())})
    assert answer.status_code == 422


def test_the_calendar_tells_no_focus(trained, visit):
    said = calendar(trained.chausiku, asking.coming(trained.chausiku)).decode()
    assert "SUMMARY:Support visit: Amina Hassan\r\n" in said
    assert f"DTSTART;VALUE=DATE:{visit.day:%Y%m%d}" in said
    assert "STATUS:TENTATIVE" in said
    assert "Halves" not in said


def test_both_take_it_along_and_each_is_forgotten(trained, held):
    from staffroom.cascade.hooks.visits import erase, export, merge_people

    for person in (trained.amina, trained.chausiku):
        assert export(person)["support_visits"][0]["seen"].startswith("Four groups")
    erase(trained.chausiku, keep_contributions=False)
    held.refresh_from_db()
    assert (held.visitor, held.seen, held.focus) == (None, "", "Halves")
    SupportVisit.objects.update(visitor=trained.otieno)
    merge_people(keep=trained.amina, drop=trained.otieno)  # nobody visits themselves
    assert not SupportVisit.objects.exists()


def test_no_audit_line_and_no_column_holds_words_or_a_score(trained, held):
    said = " ".join(str(each.detail) for each in AuditEntry.objects.all())
    assert "groups" not in said
    names = " ".join(field.name for field in SupportVisit._meta.get_fields())
    assert not re.search(r"score|rating|mark|grade|level|quality", names)


def test_no_other_file_reads_the_visits():
    reads = {
        str(path.relative_to(ROOT / "staffroom"))
        for path in (ROOT / "staffroom").rglob("*.py")
        if re.search(r"\b(SupportVisit|VisitAnswer|VisitVersion)\b", path.read_text())
        and "migrations" not in path.parts
    }
    assert reads - {"cascade/models/__init__.py"} == {
        path for path in reads if re.search(r"/(visits|visit_\w+)\.py$", path)
    }


# ---- the office's counts


def test_a_circle_with_few_visits_is_not_told(trained, held, sign_in):
    page = sign_in(trained.gathoni).get("/training/visits/figures")
    assert page.status_code == 200
    assert b"No month can be told yet" in page.content


def test_counts_of_a_circle_stand_only_above_the_thresholds(world):
    from staffroom.cascade.queries.visit_figures import months
    from staffroom.places.models import Circle, ClusterPlan

    plan = ClusterPlan.objects.create(programme=world.programme, name="2026")
    circle = Circle.objects.create(plan=plan, number=1)
    small = Circle.objects.create(plan=plan, number=2)
    Person = type(world.amina)
    people = Person.objects.bulk_create(Person(name=f"T {n}") for n in range(12))
    visitors = Person.objects.bulk_create(Person(name=f"V {n}") for n in range(3))
    from staffroom.cascade.models import Trainer

    trainer = Trainer.objects.create(programme=world.programme, kind="circle")
    then = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
    with pretend(then):
        training = make_training(world.programme, trainer, people, days_ago=0, circle=circle)
        other = make_training(world.programme, trainer, people[:3], days_ago=0, circle=small)
    made = [
        SupportVisit(
            programme=world.programme, teacher=people[n], visitor=visitors[n % 3], state="held",
            day=then.date() + dt.timedelta(days=7), focus="x", version=1, training=training,
            written_at=then + dt.timedelta(days=8),
        )
        for n in range(6)
    ]  # fmt: skip
    SupportVisit.objects.bulk_create(made)
    SupportVisit.objects.create(
        programme=world.programme, teacher=people[0], visitor=visitors[0], state="held",
        day=then.date() + dt.timedelta(days=9), focus="x", training=other,
        written_at=then + dt.timedelta(days=9),
    )  # fmt: skip

    def lines(moment):
        with pretend(moment):
            month = next((m for m in months(world.programme) if m.first.month == 3), None)
            return month and [(x.circle, x.visits, x.share, x.trained) for x in month.lines]

    assert lines(dt.datetime(2026, 4, 3, tzinfo=dt.UTC)) is None  # the month may still grow
    told = lines(dt.datetime(2026, 4, 9, tzinfo=dt.UTC))
    # The small circle could be reckoned from the whole: so the whole is not told.
    assert told == [(circle, 6, None, None), (small, None, None, None), (None, None, None, None)]
    told = lines(dt.datetime(2026, 5, 25, tzinfo=dt.UTC))
    assert told[0] == (circle, 6, 50, 12)
    SupportVisit.objects.filter(teacher__in=people[:5]).update(visitor=visitors[0])
    assert (
        lines(dt.datetime(2026, 5, 25, tzinfo=dt.UTC)) is None
    )  # it would be one visitor's figure
