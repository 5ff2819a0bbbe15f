"""Teachers from a list: accounts, numbers, postings by date; nothing said of a phone but its end."""

import datetime as dt
import json

import pytest

from staffroom.cli import main
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.actions.import_teachers import import_teachers
from staffroom.places.imports import people_words
from staffroom.places.imports.dry_run import Options
from staffroom.places.imports.teachers import dry_run_teachers
from staffroom.places.models import ImportRun, Posting, TeacherNumber, on_date
from tests.places.lists import to_csv
from tests.places.told import listening

HEADER = ["TSC No", "Name", "Phone", "School code", "Role", "Subjects", "Grades", "Sex", "From"]
DAY1, DAY2 = dt.date(2026, 1, 1), dt.date(2026, 6, 1)


def row(number="T1", name="Zawadi Mwende", phone="0712345671", school="hill", role="",
        subjects="Maths, Kiswahili", grades="6-8", sex="F", starts=""):  # fmt: skip
    return [number, name, phone, school, role, subjects, grades, sex, starts]


@pytest.fixture
def bring(world):
    def bring(rows, by=None, **options):
        options = Options(**({"on": DAY1} | options))
        run = dry_run_teachers(to_csv(rows, HEADER).encode(), world.programme, options)
        return import_teachers(by=by, programme=world.programme, run=run, file_name="t.csv")

    return bring


def look(world, rows):
    return dry_run_teachers(
        to_csv(rows, HEADER).encode(), world.programme, Options(on=DAY1)
    ).checked


def test_an_account_a_number_and_a_posting(bring):
    run = bring([row()])
    person = TeacherNumber.objects.get(number="T1").person
    assert (person.name, str(person.phone), person.gender) == (
        "Zawadi Mwende",
        "+254712345671",
        "f",
    )
    assert (person.subjects, person.grades) == (["mathematics", "kiswahili"], [6, 7, 8])
    assert person.enrolled_at is None
    posting = Posting.objects.get(person=person)
    assert (posting.school.code, posting.role, posting.starts) == ("hill", "teacher", DAY1)
    assert (run.kind, run.counts["created"], run.counts["postings_started"]) == ("teachers", 1, 1)


def test_again_changes_nothing(bring):
    bring([row(), row("T2", "Juma", "", "river", "head")])
    before = list(Posting.objects.values()), list(Person.objects.values())
    run = bring([row(), row("T2", "Juma", "", "river", "head")], on=DAY2)
    assert run.counts["unchanged"] == 2
    assert (list(Posting.objects.values()), list(Person.objects.values())) == before


def test_a_move_and_a_new_role_are_dated(bring):
    bring([row()])
    run = bring([row(school="river")], on=DAY2)
    assert (run.counts["postings_started"], run.counts["postings_ended"]) == (1, 1)
    person = TeacherNumber.objects.get().person
    assert Posting.objects.get(on_date(DAY2), person=person).school.code == "river"
    bring([row(school="river", role="Deputy head")], on=dt.date(2026, 7, 1))
    assert [(p.school.code, p.role, p.ends) for p in person.postings.order_by("starts")] == [
        ("hill", "teacher", DAY2),
        ("river", "teacher", dt.date(2026, 7, 1)),
        ("river", "deputy", None),
    ]


def test_two_rows_of_one_teacher_are_two_schools(bring):
    run = bring([row(), row(school="river")])
    assert (run.counts["created"], run.counts["postings_started"]) == (1, 2)


def test_a_used_profile_is_its_owners(bring):
    bring([row()])
    person = TeacherNumber.objects.get().person
    assert bring([row(name="Zawadi M. Kilonzo")]).counts["changed"] == 1
    Person.objects.filter(pk=person.pk).update(enrolled_at=now())
    assert bring([row(name="Somebody Else", phone="0712345679")]).counts["changed"] == 0
    person.refresh_from_db()
    assert (person.name, str(person.phone)) == ("Zawadi M. Kilonzo", "+254712345671")


def test_an_account_with_the_same_phone_is_the_same_person(bring, world):
    run = bring([row("T9", "Amina Hassan", "0700000001")])
    assert (run.counts["created"], run.counts["adopted"]) == (0, 1)
    assert TeacherNumber.objects.get(number="T9").person == world.amina
    assert Posting.objects.filter(person=world.amina).count() == 1
    with pytest.raises(Refused):
        bring([row("T8", "Other", "0700000001")])


def test_a_new_head_is_told_on_with_the_school(bring, world):
    with listening() as told:
        bring([row("T5", "New Head", "0712000111", "hill", "Head teacher")])
    head = TeacherNumber.objects.get(number="T5").person
    assert told == [{head.pk, world.amina.pk, world.baraka.pk}]


def test_missing_teachers_stay_unless_the_list_is_complete(bring):
    bring([row(), row("T2", "Juma", "", "river")])
    assert bring([row()], on=DAY2).counts["missing"] == 1
    assert Posting.objects.filter(person__teacher_numbers__number="T2", ends=None).exists()
    bring([row()], on=DAY2, close_missing=True)
    assert Posting.objects.get(person__teacher_numbers__number="T2").ends == DAY2


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        (row(number=""), "no_number"),
        (row(name="123"), "no_name"),
        (row(name="x" * 81), "too_long"),
        (row(phone="12"), "bad_phone"),
        (row(school="404"), "unknown_school"),
        (row(role="Cook"), "bad_role"),
        (row(starts="sometime"), "bad_date"),
        (row(starts="2099-01-01"), "far_date"),
    ],
)
def test_a_row_with_an_error_is_set_aside(world, bad, kind):
    checked = look(world, [row("T7", phone=""), bad])
    assert kind in {problem.kind for problem in checked.problems if problem.row == 3}
    assert checked.bad == {3}


def test_closed_schools_and_shared_phones(world):
    world.river.closed = dt.date(2026, 1, 1)
    world.river.save()
    checked = look(world, [row(), row("T2", "Juma"), row("T3", "Nia", "", "river")])
    assert {(p.row, p.kind) for p in checked.problems} >= {
        (2, "same_phone"), (3, "same_phone"), (4, "closed_school"), (4, "no_phone"),
    }  # fmt: skip


def test_one_number_for_two_people_sets_both_aside(world):
    checked = look(world, [row(), row(name="Other", phone="", school="river")])
    assert checked.bad == {2, 3}


def test_reports_show_no_more_of_a_phone_than_its_end(world, bring, capsys, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(to_csv([row(phone="07123"), row("T2", phone="0700000001"),
                            row("T3", "Nia", "0700000001")], HEADER))  # fmt: skip
    assert main(["import-teachers", str(path), "--dry-run"]) == 0
    assert main(["import-teachers", str(path), "--json", "--skip-bad"]) == 1
    out = capsys.readouterr().out
    assert "0700000001" not in out
    assert "700000001" not in out
    assert "07123" not in out
    assert "…001" in out
    bring([row("T4", "Nia", "0712345699"), row("T5", "B", "07")], skip_bad=True)
    assert "…07" in json.dumps(ImportRun.objects.get().problems, ensure_ascii=False)


def test_only_administrators(world, bring):
    for person in (world.amina, world.esther, world.gathoni):
        with pytest.raises(NotYours):
            bring([row()], by=person)
    assert bring([row()], by=world.hamisi).started_by == world.hamisi


def test_the_command_says_what_column_is_missing(world, tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("Nombre,Escuela\nA,B\n")
    assert main(["import-teachers", str(path)]) == 2
    assert "number" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0712345678", "+254712345678"),
        ("712345678", "+254712345678"),
        ("+254 712 345 678", "+254712345678"),
        ("254712345678", "+254712345678"),
        ("712345678.0", "+254712345678"),
        ("+92 300 1234567", "+923001234567"),
        ("12", None),
        ("none", None),
    ],
)
def test_phone_numbers_as_lists_have_them(text, phone):
    assert people_words.phone_of(text, "KE") == phone


@pytest.mark.parametrize(
    ("text", "grades", "strange"),
    [
        ("6-8", [6, 7, 8], []),
        ("Grade 6, 7 & 8", [6, 7, 8], []),
        ("PP1; PP2", [-1, 0], []),
        ("Form 3", [11], []),
        ("6.0", [6], []),
        ("Std 4, choir", [4], ["choir"]),
        ("44", [], ["44"]),
    ],
)
def test_grades_as_lists_have_them(text, grades, strange):
    assert people_words.grades_of(text) == (grades, strange)


def test_roles_in_four_languages():
    for word in ("Head Teacher", "mwalimu mkuu", "Directeur", "ہیڈ ماسٹر"):
        assert people_words.role_of(word) == "head"
    assert people_words.role_of("") == "teacher"
    assert people_words.role_of("cook") is None
