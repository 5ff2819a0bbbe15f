"""The last step of an import: given to the worker, once, one at a time, all or nothing."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django_tasks_db.models import DBTaskResult

from staffroom.core import heartbeat, hooks, jobs
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.core.models import AuditEntry
from staffroom.core.templatetags.ui import hour
from staffroom.places.actions import import_job, uploads
from staffroom.places.actions.import_schools import import_schools
from staffroom.places.actions.programmes import create_programme
from staffroom.places.models import Appointment, ImportRun, School
from staffroom.places.progress import Progress, name_of, told
from tests.conftest import LONG_AGO, make_person
from tests.places.jobs import work
from tests.places.lists import row, to_csv

LISTED = [row(1, "Ukasi", sub_county="", zone="Kyuso"), row(2, "Nuu", sub_county="", lat=-0.8)]
DECIDED = {"do": "import", "on": "2026-03-01"}


def upload(world, rows=LISTED, by=None, programme=None, **choices):
    by = by or world.hamisi
    run = uploads.take_upload(
        by=by,
        programme=programme or world.programme,
        kind="schools",
        name="list.csv",
        data=to_csv(rows).encode(),
    )
    uploads.choose(by=by, run=run, on="2026-03-01", **choices)
    return run


def start(run, by):
    import_job.start_import(by=by, run=run, seen=uploads.look(run))


def page(run, what="progress"):
    return f"/places/imports/{short(run.pk)}/{what}"


@pytest.fixture
def office(world, sign_in):
    return sign_in(world.hamisi)


@pytest.fixture
def second(world):
    wanjiru = make_person("Wanjiru Kamau", email="wanjiru@example.org", is_staff=True)
    Appointment.objects.create(
        person=wanjiru, programme=world.programme, role="administrator", starts=LONG_AGO
    )
    return wanjiru


@pytest.mark.django_db(transaction=True)
def test_the_worker_imports_what_was_decided(world):
    run = upload(world)
    start(run, world.hamisi)
    assert not School.objects.filter(code="1").exists()
    assert jobs.run_due("worker-here-1") == 1
    run.refresh_from_db()
    assert (run.state, run.counts["created"], run.failed, bool(run.file)) == ("done", 2, "", False)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert AuditEntry.objects.get(act="schools.imported").actor_id == world.hamisi.pk
    assert not default_storage.exists(name_of(run))


def test_the_button_pressed_twice_starts_one_import(world, office):
    run = upload(world)
    for _press in range(2):
        response = office.post(page(run, "report"), DECIDED)
        assert response.url == page(run)
    assert DBTaskResult.objects.count() == 1
    with pytest.raises(Refused, match="just now"):  # both presses at the same moment
        start(ImportRun.objects.get(), world.hamisi)
    assert work() == 1
    assert office.post(page(run, "report"), DECIDED).url == page(run)
    assert office.get(page(run)).url == page(run, "").rstrip("/")
    assert School.objects.filter(code__in=["1", "2"]).count() == 2


def test_two_presses_at_one_moment_both_see_how_far_it_is(world, office, monkeypatch):
    run = upload(world)
    looked = uploads.look

    def look_while_the_other_starts(found):
        if not DBTaskResult.objects.exists():
            import_job.start_import(
                by=world.hamisi, run=ImportRun.objects.get(pk=run.pk), seen=looked(found)
            )
        return looked(found)

    monkeypatch.setattr(uploads, "look", look_while_the_other_starts)
    assert office.post(page(run, "report"), DECIDED).url == page(run)
    assert DBTaskResult.objects.count() == 1


def test_a_second_list_waits_and_its_administrator_is_told(world, sign_in, second):
    start(upload(world), world.hamisi)
    other = upload(world, [row(9, "Waita", sub_county="")], by=second)
    client = sign_in(second)
    response = client.post(page(other, "report"), {"do": "import", "on": "2026-04-01"})
    assert response.status_code == 422
    assert "Hamisi Said is importing list.csv just now" in response.content.decode()
    assert "See how far it is" in client.get("/places/").content.decode()
    other.refresh_from_db()
    assert (other.state, other.choices["on"], bool(other.file)) == ("uploaded", "2026-04-01", True)
    work()
    assert client.post(page(other, "report"), DECIDED).url == page(other)
    work()
    assert School.objects.filter(code="9").exists()


def test_the_database_itself_keeps_a_second_import_out(world, second, monkeypatch):
    start(upload(world), world.hamisi)
    other = upload(world, by=second)
    asked = []
    refuse = import_job.refuse_second
    # The first look finds nobody, as when both press in the same moment.
    monkeypatch.setattr(
        import_job, "refuse_second", lambda run: asked.append(run) or len(asked) < 2 or refuse(run)
    )
    with pytest.raises(Refused, match="Hamisi Said is importing"):
        start(other, second)
    other.refresh_from_db()
    assert other.state == "uploaded"
    assert DBTaskResult.objects.count() == 1


def test_another_programme_is_not_kept_waiting(world):
    start(upload(world), world.hamisi)
    Appointment.objects.create(
        person=world.hamisi,
        programme=(
            sindh := create_programme(
                by=world.hamisi, name="Sindh", country="PK", levels=["District"],
                timezone="Asia/Karachi", language="ur",
            )
        ),
        role="administrator", starts=LONG_AGO,
    )  # fmt: skip
    start(upload(world, programme=sindh, skip_bad=True, drop_coordinates=True), world.hamisi)
    assert work() == 2
    assert set(ImportRun.objects.values_list("state", flat=True)) == {"done"}


def test_what_fails_in_the_middle_leaves_nothing_and_can_be_tried_again(world, office, monkeypatch):
    run = upload(world, skip_bad=True)
    start(run, world.hamisi)
    before = AuditEntry.objects.filter(act="schools.imported").count()

    def broken(*args, **more):
        assert School.objects.filter(code="1").exists()
        raise ValueError("Ukasi, +254700000001")

    with monkeypatch.context() as patch:
        patch.setattr("staffroom.places.actions.import_schools._Writer._change_schools", broken)
        work()
    assert not School.objects.filter(code="1").exists()
    assert AuditEntry.objects.filter(act="schools.imported").count() == before
    job = DBTaskResult.objects.get()
    assert "Ukasi" not in job.traceback + run.failed
    assert office.get(page(run)).url == page(run, "report")
    told_so = office.get(page(run, "report"))
    assert told_so.status_code == 200
    assert "Nothing was imported." in told_so.content.decode()
    run.refresh_from_db()
    assert (run.state, run.choices["on"], run.choices["skip_bad"]) == (
        "uploaded", "2026-03-01", True,
    )  # fmt: skip
    assert not default_storage.exists(name_of(run))
    assert office.post(page(run, "report"), DECIDED).url == page(run)
    work()
    run.refresh_from_db()
    assert (run.state, run.failed) == ("done", "")


def test_a_file_that_is_gone_is_said(world, office):
    start(run := upload(world), world.hamisi)
    run.file.storage.delete(run.file.name)
    work()
    assert "no longer here" in ImportRun.objects.get().failed
    # The report cannot be made without it either: back to the columns, which say the same.
    assert "no longer here" in office.get(page(run, "report"), follow=True).content.decode()


def test_who_lost_the_office_meanwhile_imports_nothing(world):
    start(run := upload(world), world.hamisi)
    Appointment.objects.filter(person=world.hamisi).delete()
    work()
    run.refresh_from_db()
    assert run.failed == "You no longer look after this programme."
    assert not School.objects.filter(code="1").exists()


def test_an_account_that_is_gone_is_not_taken_for_the_machine(world):
    start(upload(world), world.hamisi)
    world.hamisi.delete()
    work()
    assert ImportRun.objects.get().state == "uploaded"
    assert not School.objects.filter(code="1").exists()


def test_a_list_that_stops_its_worker_is_not_tried_for_ever(world):
    start(upload(world), world.hamisi)
    work(tries=import_job.TRIES + 1)
    assert "stopped each time" in ImportRun.objects.get().failed


def test_a_job_run_twice_changes_nothing_more(world):
    start(run := upload(world), world.hamisi)
    stale, seen = ImportRun.objects.get(), uploads.look(run)
    work()
    DBTaskResult.objects.update(status="READY")
    work()
    with pytest.raises(Refused, match="already"):  # two workers at once: the later one
        import_schools(
            by=world.hamisi, programme=world.programme, run=seen, file_name="", upload=stale
        )
    import_job.give_back(run, "late")
    run.refresh_from_db()
    assert run.state == "done"
    assert School.objects.filter(code__in=["1", "2"]).count() == 2


def test_nothing_is_decided_or_put_away_while_it_is_imported(world, office):
    start(run := upload(world), world.hamisi)
    for what in ("columns", "report"):
        assert office.get(page(run, what)).url == page(run)
    assert office.post(page(run, "discard")).status_code == 422
    with pytest.raises(Refused):
        uploads.choose(by=world.hamisi, run=run, on="2030-01-01")
    assert work() == 1
    with pytest.raises(NotYours):
        uploads.choose(by=world.hamisi, run=run, on="2030-01-01")


def test_the_page_says_how_far_it_is_and_asks_again_by_itself(world, office):
    start(run := upload(world), world.hamisi)
    response = office.get(page(run))
    assert "Waiting for its turn" in response.content.decode()
    assert response["Refresh"] == "2"
    Progress(run)(0, 0)
    assert "Reading and checking" in office.get(page(run)).content.decode()
    Progress(run)(12000, 37930)
    text = office.get(page(run)).content.decode()
    assert "Writing: 12000 of 37930" in text
    here = ImportRun.objects.get().began_at.astimezone(ZoneInfo("Africa/Nairobi"))
    assert f"Begun at {hour(here)}." in text
    assert "http-equiv" not in text
    ImportRun.objects.update(began_at=now() - dt.timedelta(minutes=10))
    assert office.get(page(run))["Refresh"] == "15"


@pytest.mark.parametrize(("alive", "said"), [(False, True), (True, False)])
def test_it_says_when_nobody_is_there_to_do_it(world, office, alive, said):
    start(run := upload(world), world.hamisi)
    if alive:
        heartbeat.Beat("worker").beat()
    ImportRun.objects.update(began_at=now() - dt.timedelta(minutes=1))
    assert ("no worker is running" in office.get(page(run)).content.decode()) == said


@pytest.mark.parametrize("who", ["esther", "farid", "amina", "gathoni"])
def test_nobody_else_sees_it(world, sign_in, who):
    start(run := upload(world), world.hamisi)
    assert sign_in(getattr(world, who)).get(page(run)).status_code == 404


def test_progress_is_told_now_and_then_and_never_in_the_way(world, monkeypatch):
    run = upload(world)
    tell = Progress(run)
    tell(1, 10)
    tell(2, 10)
    assert told(run) == (1, 10)
    default_storage.delete(name_of(run))
    default_storage.save(name_of(run), ContentFile(json.dumps([1, 10]).encode()[:3]))
    assert told(run) is None

    def full(*args, **more):
        raise OSError("No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)
    Progress(run)(3, 10)
    tell.forget()
    assert told(run) is None


def test_the_night_gives_back_what_was_lost_and_forgets_files(world):
    start(run := upload(world), world.hamisi)
    ImportRun.objects.update(began_at=now() - dt.timedelta(hours=7))
    hooks.nightly.call(now=now())
    run.refresh_from_db()
    assert run.state == "uploaded"
    ImportRun.objects.update(state="done")  # its worker died before it had deleted the file
    hooks.nightly.call(now=now())
    run.refresh_from_db()
    assert not run.file
