"""Training sessions as a list: out, in, and in again; what is wrong is told by row and column."""

import datetime as dt
import io

import pytest
from django.urls import reverse

from staffroom.cascade.actions.import_sessions import import_sessions
from staffroom.cascade.models import TrainingSession
from staffroom.cascade.session_sheet import HEAD, read, table
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.tables import csv_lines, workbook
from staffroom.places.models import TeacherNumber
from tests.places.lists import to_csv

SOON = (now() + dt.timedelta(days=30)).date()
NEXT = SOON + dt.timedelta(days=1)


def row(**cells):
    good = {
        "title": "Fractions", "kind": "training", "tier": "teachers", "subject": "Maths",
        "language": "en", "venue": "hill", "room": "Hall", "seats": "24", "trainers": "T1",
        "days": f"{SOON} 08:30-16:00; {NEXT}", "about": "Day one: what is a half?",
    }  # fmt: skip
    return [str((good | cells).get(name, "")) for name in HEAD]


def file_of(*rows):
    return to_csv(list(rows), HEAD).encode()


@pytest.fixture
def numbered(world):
    TeacherNumber.objects.create(programme=world.programme, person=world.otieno, number="T1")
    return world


def bring(world, *rows, by=None):
    found = read(file_of(*rows), world.programme)
    assert not found.wrong, found.wrong
    return import_sessions(by=by or world.gathoni, programme=world.programme, lines=found.lines)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_out_and_in_again_changes_nothing(numbered, form):
    made = bring(numbered, row(), row(title="Reading aloud", trainers="", seats=""))
    assert made == {"new": 2, "kept": 0}
    session = TrainingSession.objects.get(title="Fractions")
    assert (session.subject, session.venue, session.seats) == ("mathematics", numbered.hill, 24)
    assert [(d.day, d.begins) for d in session.days.all()] == [(SOON, dt.time(8, 30)), (NEXT, None)]
    assert session.session_trainers.get().trainer.person == numbered.otieno
    before = [list(each) for each in table(numbered.programme)[1]]
    out = table(numbered.programme)
    data = "".join(csv_lines(*out)).encode() if form == "csv" else workbook("s", *out)
    again = read(data, numbered.programme)
    assert (again.wrong, again.new, again.changed, again.same) == ([], 0, 0, 2)
    import_sessions(by=numbered.gathoni, programme=numbered.programme, lines=again.lines)
    assert [list(each) for each in table(numbered.programme)[1]] == before


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"title": ""}, "title"), ({"title": "x" * 121}, "title"), ({"days": ""}, "days"),
        ({"days": "next week"}, "days"), ({"days": f"{SOON} 16:00-08:00"}, "days"),
        ({"days": f"{SOON}; {SOON}"}, "days"), ({"venue": "nowhere"}, "venue"), ({"seats": "many"}, "seats"),
        ({"seats": "0"}, "seats"), ({"trainers": "T9"}, "trainers"), ({"tier": "pupils"}, "tier"),
        ({"subject": "Alchemy"}, "subject"), ({"id": "x"}, "id"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_by_row_and_column(numbered, cells, column):
    found = read(file_of(row(), row(**cells)), numbered.programme)
    assert [(wrong.row, wrong.column) for wrong in found.wrong] == [(3, column)]


def test_a_session_changes_and_its_days_keep_their_rows(numbered):
    bring(numbered, row())
    session = TrainingSession.objects.get()
    first = session.days.first()
    (known,) = list(table(numbered.programme)[1])
    bring(numbered, row(id=known[0], title="Fractions again", days=str(SOON), room=""))
    session.refresh_from_db()
    assert (session.title, session.venue_words) == ("Fractions again", "Hall")
    assert list(session.days.all()) == [first]
    TrainingSession.objects.update(state="delivered")
    with pytest.raises(Refused, match="has been held"):
        bring(numbered, row(id=known[0], title="No", days=str(NEXT)))
    session.refresh_from_db()
    assert session.title == "Fractions again"


def test_only_who_plans(numbered):
    for person in (numbered.amina, numbered.esther, numbered.farid):
        with pytest.raises(NotYours):
            bring(numbered, row(), by=person)


def test_on_the_screen_nothing_before_it_was_looked_at(numbered, sign_in):
    client = sign_in(numbered.hamisi)
    assert reverse("sessions_in") in client.get(reverse("lists")).content.decode()

    def send(*rows):
        file = io.BytesIO(file_of(*rows))
        file.name = "sessions.csv"
        return client.post(reverse("sessions_in"), {"file": file})

    refused = send(row(), row(venue="nowhere"))
    assert refused.status_code == 422
    assert b'<td class="n">3</td>' in refused.content
    looked = send(row())
    assert not TrainingSession.objects.exists()
    signed = looked.context["signed"]
    assert client.post(reverse("sessions_in"), {"lines": signed[:-2]}).status_code == 422
    assert client.post(reverse("sessions_in"), {"lines": signed}).url == reverse("training")
    assert TrainingSession.objects.count() == 1
