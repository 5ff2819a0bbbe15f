"""What is kept long enough goes, in batches; nobody is named by it."""

import datetime as dt
import importlib.util
import json
from pathlib import Path

import pytest

from staffroom.cascade.actions.training_forms import begin_form, publish_form
from staffroom.cascade.models import (
    Brought,
    Certificate,
    Fidelity,
    SessionDay,
    SupportVisit,
    TestSitting,
    TrainingSession,
    VisitPause,
)
from staffroom.channels.airtime.models import Order, Share
from staffroom.channels.email.models import StaffLetter, Week
from staffroom.channels.switchboard.models import (
    Link,
    LinkCode,
    Mark,
    Numbered,
    Payload,
    Pending,
    Received,
    Sent,
)
from staffroom.channels.whatsapp.models import Trouble
from staffroom.cli import main
from staffroom.communities.actions.common import finish
from staffroom.communities.models import Invitation, Membership, OutsideView, Placing, Term
from staffroom.conversations.models import Decision, Doubt, Post, Report, TextPrint
from staffroom.core import audit, outbox, retention
from staffroom.core.clock import now, pretend
from staffroom.core.models import AuditEntry, DoneAct, OutboxEntry, RetentionChoice
from staffroom.edges.models import Broker, Reshape, Rise
from staffroom.facilitation.models import Act, Load, LoadFigure, Word
from staffroom.instruments.models import Instrument, Response, Version
from staffroom.library.models import (
    Hearing,
    LessonPlan,
    Note,
    NotePackage,
    PlanSection,
    Resource,
    ResourceReport,
    SectionDraft,
    SectionWriting,
    Signer,
    Skipped,
    Trust,
)
from staffroom.notices.models import Digest, Reminder
from staffroom.people.models import Claim, MergeOffer, Person, SignInCode
from staffroom.places.models import ClusterMove, ClusterPlan, ImportRun, Posting
from staffroom.rhythm.actions.own_time import remove as remove_time
from staffroom.rhythm.actions.own_time import write as write_time
from staffroom.rhythm.models import Challenge, Gathering, Recognition
from tests.conftest import LONG_AGO, make_person

ROOT = Path(__file__).resolve().parent.parent.parent


def days_on(days: float):
    return pretend(now() + dt.timedelta(days=days))


def fill(world) -> None:
    """One row for every rule that deletes."""
    audit.write("post.written", actor=world.amina, on=world.maths)
    DoneAct.objects.create(person_id=world.amina.pk, act=world.maths.pk, turn=1, written_at=now())
    OutboxEntry.objects.create(topic="said", delivered_at=now())
    SignInCode.objects.create(code_hash="x", expires_at=now())
    Claim.objects.create(code_hash="x", expires_at=now())
    MergeOffer.objects.create(keep=world.amina, drop=world.nafula, expires_at=now())
    Person.objects.create(name="Never Here", phone="+254700000099")
    for state in ("uploaded", "done"):
        ImportRun.objects.create(programme=world.programme, kind="schools", state=state,
                                 problems=["row 2"])  # fmt: skip
    plan = ClusterPlan.objects.create(programme=world.programme, name="Clusters")
    ClusterMove.objects.create(
        plan=plan, version=1, kind="name", thing=plan.pk, became="x", by=world.hamisi
    )
    asked = Membership.objects.create(community=world.maths, person=world.hamisi, state="requested")
    finish(asked, state="declined", why="declined", actor=None)
    Invitation.objects.create(community=world.maths, token_hash="x", expires_at=now())
    OutsideView.objects.create(community=world.maths, person=world.gathoni, office="gardener")
    Placing.objects.create(programme=world.programme, name="x")
    post = Post.objects.create(
        community=world.maths, kind="message", author=world.otieno, text="Gone", removed_at=now()
    )
    decided = Decision.objects.create(post=post, choice="kept", by=world.baraka)
    Report.objects.create(post=post, reporter=world.amina, reason="wrong", decision=decided)
    of_all = {"programme": world.programme, "for_all": True, "kind": "story"}
    Resource.objects.create(title="Taken out", removed_at=now(), **of_all)
    stands = Resource.objects.create(title="Stands", **of_all)
    ResourceReport.objects.create(resource=stands, reason="wrong", decided_at=now())
    Note.objects.create(programme=world.programme, title="Gone", removed_at=now())
    signer = Signer.objects.create(programme=world.programme, fingerprint="x", name="Far")
    NotePackage.objects.create(programme=world.programme, signer=signer, notes=1, state="taken")
    trust = Trust.objects.create(kind="post", thing=post.pk)
    Hearing.objects.create(trust=trust, person=world.amina, what="corrected", seen_at=now())
    Digest.objects.create(person=world.amina, period="2026-10-14", until=now(), by="page")
    hour = Gathering.objects.create(
        community=world.maths, day=now().date(), begins=now(), ends=now()
    )
    Reminder.objects.create(person=world.amina, gathering=hour, by="sms")
    Skipped.objects.create(person=world.chausiku, kind="post", thing=post.pk, version="x")
    Trouble.objects.create(day=now().date(), what="forged")
    Doubt.objects.create(post=post, reasons=["chain"], at=now())
    stands = Post.objects.create(community=world.maths, kind="message", author=world.otieno)
    TextPrint.objects.create(post=stands, value=1, at=now())
    from staffroom.conversations.actions.drafts import save

    save(by=world.amina, community=world.maths, place="ask", fields={"text": "half"})
    host = {"kind": "quiz", "host": "community", "host_id": world.maths.pk}
    Instrument.objects.create(**host)
    TrainingSession.objects.create(programme=world.programme, title="Fractions")
    day = now().date()
    Certificate.objects.create(
        programme=world.programme, person=world.amina, code="x", title="Fractions", days=1, of_days=1,
        first_day=day, last_day=day,
    )  # fmt: skip
    coming = TrainingSession.objects.create(programme=world.programme, title="Later")
    SessionDay.objects.create(session=coming, day=dt.date(2099, 1, 5))
    form = begin_form(by=world.gathoni, programme=world.programme, use="fidelity")
    publish_form(by=world.gathoni, form=form)
    done = {"person": world.amina, "finished_at": now()}
    noted = Response.objects.create(version=form.instrument.versions.get(), **done)
    Fidelity.objects.create(session=coming, person=world.amina, response=noted)
    TestSitting.objects.create(
        session=coming, person=world.amina, instrument=form.instrument, before=noted
    )
    # One that is still to come keeps its session, not what was brought to it.
    training = TrainingSession.objects.create(programme=world.programme, title="Fractions")
    SessionDay.objects.create(session=training, day=dt.date(2099, 1, 5))
    Brought.objects.create(session=training, person=world.amina, tried="x")
    SupportVisit.objects.create(
        programme=world.programme, teacher=world.amina, day=now().date(), state="off"
    )
    VisitPause.objects.create(person=world.amina, until=now().date())
    version = Version.objects.create(
        instrument=Instrument.objects.create(**host), published_at=now()
    )
    Response.objects.create(version=version, person=world.amina)
    plan = LessonPlan.objects.create(community=world.maths, title="Fractions")
    section = PlanSection.objects.create(plan=plan, place=0)
    SectionDraft.objects.create(section=section, person=world.amina)
    SectionWriting.objects.create(section=section, by=world.amina, based_on=0)
    fill_desk(world)
    paid = {"programme": world.programme, "month": now().date(), "currency": "KES"}
    Share.objects.create(order=Order.objects.create(**paid), person=world.amina, state="given")
    removed = write_time(by=world.amina, day=now().date(), minutes=1, what="x")
    remove_time(by=world.amina, entry=removed)
    Recognition.objects.create(
        community=world.maths, by=world.amina, about=world.nafula, change="other", happened="x"
    )
    Challenge.objects.create(
        goal="solved", first_day=now().date(), last_day=now().date(), ended_at=now()
    )
    Rise.objects.create(question=stands, rose_at=now())
    Broker.objects.create(person=world.amina, ended_at=now())
    Reshape.objects.create(kind="divide", dropped_at=now())
    week = Week.objects.create(programme=world.programme, monday=now().date())
    StaffLetter.objects.create(person=world.gathoni, week=week)
    fill_channels(world, stands)


def fill_channels(world, post) -> None:
    link = Link.objects.create(person=world.amina, channel="none", address="x")
    LinkCode.objects.create(person=world.amina, channel="none", code_hash="x", expires_at=now())
    payload = Payload.objects.create(channel="none", raw="x")
    Received.objects.create(channel="none", event_id="x", payload=payload, state="done")
    Pending.objects.create(link=link, want="mean")
    Mark.objects.create(channel="none", link=link, message="x", post=post)
    Numbered.objects.create(link=link, number=1, post=post)
    Sent.objects.create(channel="none", link=link, kind="reply", state="sent")


def fill_desk(world) -> None:
    term = Term.objects.create(
        community=world.sister, person=world.daudi, how="turn", starts=now(), ended_at=now()
    )
    Act.objects.create(community=world.sister, term=term, key="prompt:x", state="done")
    Word.objects.create(community=world.sister, person=world.amina, kind="active")
    Load.objects.create(term=term, seconds=60)
    LoadFigure.objects.create(programme=world.programme, minutes=12)


def test_each_rule_deletes_after_its_days_and_not_before(world):
    fill(world)
    # What is kept by the day alone: tests/rhythm/test_silence.py, tests/web/test_data_used.py.
    by_day = {"silence_asked", "silence_answers", "channel_meter", "data_used"}
    expected = (
        {rule.key for rule in retention.rules() if rule.due} - {"jobs", "safeguarding"} - by_day
    )
    for rule, days in retention.chosen():
        if rule.key in expected:
            assert rule.waiting(now() + dt.timedelta(days=days - 0.1), days) == 0, rule.key
            assert rule.waiting(now() + dt.timedelta(days=days + 0.1), days) >= 1, rule.key
    with days_on(3651):
        gone = retention.keep()
        assert set(gone) == expected
        assert retention.keep() == {}


def test_the_audit_learns_numbers_alone(world):
    fill(world)
    with days_on(366):
        retention.keep()
    lines = AuditEntry.objects.filter(act="retention.deleted")
    assert lines.count() > 5
    for line in lines:
        assert line.actor_id is None
        assert line.on_id is None
        assert set(line.detail) == {"rule", "days", "rows"}


def test_large_tables_go_in_batches(world, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 4)
    OutboxEntry.objects.bulk_create(
        OutboxEntry(topic="said", delivered_at=now()) for _ in range(10)
    )
    with days_on(15):
        assert retention.keep()["outbox"] == 10
        OutboxEntry.objects.bulk_create(
            OutboxEntry(topic="said", delivered_at=now() - dt.timedelta(days=20)) for _ in range(10)
        )
        monkeypatch.setattr(retention, "MOST_BATCHES", 2)
        assert retention.keep()["outbox"] == 8  # the rest goes the next night


def test_what_still_waits_is_not_deleted(world):
    outbox.put("said", word="not yet")
    OutboxEntry.objects.create(topic="poison", dead_at=now())
    with days_on(3000):
        retention.keep()
        assert OutboxEntry.objects.count() == 2


def test_a_supervisor_who_never_signed_in_stays_known_to_the_wall(world):
    head = Person.objects.create(name="Never Here", phone="+254700000099")
    Posting.objects.create(person=head, school=world.hill, role="head", starts=LONG_AGO)
    used = make_person("Was Here", "+254700000098")
    with days_on(800):
        retention.keep()
        assert Person.objects.filter(pk__in=[head.pk, used.pk]).count() == 2
        Posting.objects.filter(person=head).update(ends=now().date())
        retention.keep()
    assert not Person.objects.filter(pk=head.pk).exists()
    assert Person.objects.filter(pk=used.pk).exists()


def test_an_administrator_chooses_the_days_within_bounds(world, sign_in):
    client = sign_in(world.hamisi)
    page = client.get("/governing/kept").content.decode()
    assert "Sign-in codes" in page
    assert "730 days" in page
    assert 'href="/governing/kept/codes"' in page
    assert 'href="/governing/kept/account"' not in page
    answer = client.post("/governing/kept/codes", {"days": "31"})
    assert answer.status_code == 422
    assert "between 1 and 30 days" in answer.content.decode()
    assert client.post("/governing/kept/codes", {"days": "30"}).status_code == 302
    assert {rule.key: days for rule, days in retention.chosen()}["codes"] == 30
    SignInCode.objects.create(code_hash="x", expires_at=now())
    with days_on(29):
        assert "codes" not in retention.keep()
    with days_on(31):
        assert retention.keep()["codes"] == 1
    client.post("/governing/kept/codes", {"days": "7"})
    assert not RetentionChoice.objects.exists()


@pytest.mark.parametrize("who", ["amina", "baraka", "esther", "farid", "gathoni"])
def test_nobody_else_does(world, sign_in, who):
    client = sign_in(getattr(world, who))
    assert client.post("/governing/kept/codes", {"days": "30"}).status_code == 404
    assert not RetentionChoice.objects.exists()


def test_what_lasts_as_long_as_an_account_has_no_days_to_choose(world, sign_in):
    assert sign_in(world.hamisi).get("/governing/kept/account").status_code == 404


def test_a_choice_out_of_bounds_in_the_table_does_not_count(db):
    RetentionChoice.objects.create(rule="audit", days=1)
    assert {rule.key: days for rule, days in retention.chosen()}["audit"] == 365


def test_the_command_shows_what_would_go_and_then_deletes_it(world, capsys):
    OutboxEntry.objects.create(topic="said", delivered_at=now() - dt.timedelta(days=20))

    def said(*words) -> dict:
        assert main(["retention", "--json", *words]) == 0
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return {line["rule"]: line for line in lines}

    assert said("--dry-run")["outbox"] == {
        "rule": "outbox",
        "what": "Notes between the parts of Staffroom, and codes by SMS, once delivered",
        "days": 14,
        "until": "",
        "rows": 1,
    }
    assert OutboxEntry.objects.exists()
    assert said()["outbox"]["rows"] == 1
    assert not OutboxEntry.objects.exists()
    assert said("--dry-run")["account"]["days"] is None
    assert main(["retention", "--dry-run"]) == 0
    assert "would go" in capsys.readouterr().out


def test_keys_are_unique_and_defaults_within_their_bounds():
    rules = retention.rules()
    assert len({rule.key for rule in rules}) == len(rules)
    for rule in rules:
        if rule.due:
            assert rule.least <= rule.days <= rule.most, rule.key
            assert not rule.until
        else:
            assert rule.until, rule.key


def test_the_reference_page_is_as_the_rules_are():
    spec = importlib.util.spec_from_file_location("make_retention", ROOT / "bin/make_retention.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.PAGE.read_text() == made.page(), "run bin/make_retention.py"
