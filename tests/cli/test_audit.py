import datetime as dt
import json
import uuid

import pytest

from staffroom.cli import main
from staffroom.core import audit, ids
from staffroom.core.models import AuditEntry


@pytest.fixture
def acts(world):
    AuditEntry.objects.all().delete()
    audit.write("membership.approved", actor=world.amina, on=world.maths, vote="yes")
    audit.write("post.written", actor=None, on=world.maths)
    old = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    AuditEntry.objects.create(act="membership.ended", actor_id=world.baraka.pk, at=old)
    return world


def said(capsys, *words) -> list[dict]:
    assert main(["audit", "--json", *words]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_it_reads_from_old_to_new(acts, capsys):
    entries = said(capsys)
    assert [entry["act"] for entry in entries] == [
        "membership.ended",
        "membership.approved",
        "post.written",
    ]
    assert entries[1]["detail"] == {"vote": "yes"}
    assert entries[2]["actor"] is None


def test_it_chooses(acts, capsys):
    assert len(said(capsys, "--act", "membership.")) == 2
    assert len(said(capsys, "--since", "1d")) == 2
    assert len(said(capsys, "--since", "2026-01-02", "--act", "membership.")) == 1
    assert len(said(capsys, "--actor", ids.short(acts.amina.pk))) == 1
    assert len(said(capsys, "--on", str(acts.maths.pk))) == 2
    assert len(said(capsys, "--actor", str(uuid.uuid4()))) == 0
    assert [entry["act"] for entry in said(capsys, "--limit", "1")] == ["post.written"]


def test_a_line_holds_no_name(acts, capsys):
    assert main(["audit"]) == 0
    text = capsys.readouterr().out
    assert str(acts.amina.pk) in text
    assert "Amina" not in text


def test_bad_input_is_one_line(acts, capsys):
    assert main(["audit", "--actor", "Amina"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
