"""The log of data breaches: written once, with the hour by which the authority must be told."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from staffroom.governing.actions.breaches import add_entry, log_breach
from staffroom.governing.models import Breach, BreachEntry
from staffroom.governing.queries.breaches import standing


def log(world, **more) -> Breach:
    more = {
        "what": "A phone with the list was stolen",
        "noticed_at": now(),
        "whose": "Teachers",
    } | more
    return log_breach(by=world.hamisi, programme=world.programme, **more)


def add(world, row, kind, **more):
    more = {"text": "Done", "done_at": now()} | more
    return add_entry(by=world.hamisi, breach=row, kind=kind, **more)


def test_the_clock_runs_for_72_hours_from_the_hour_it_was_noticed(world):
    row = log(world, noticed_at=now() - dt.timedelta(hours=10))
    stands = standing(row)
    assert stands.due == row.noticed_at + dt.timedelta(hours=72)
    assert (stands.overdue, stands.hours_left) == (False, 61)
    with pretend(now() + dt.timedelta(hours=63)):
        assert standing(row).overdue
        add(world, row, "authority")
        stands = standing(Breach.objects.get())
        assert not stands.overdue
        assert stands.late


@pytest.mark.parametrize("kind", ["authority", "no authority"])
def test_told_or_not_to_be_told_it_is_no_longer_due(world, kind):
    row = log(world)
    add(world, row, "measure")
    add(world, row, kind)
    with pretend(now() + dt.timedelta(days=9)):
        stands = standing(Breach.objects.get())
        assert not stands.overdue
        assert not stands.late


def test_numbers_go_up_and_entries_stand(world):
    assert [log(world).number, log(world).number] == [1, 2]
    row = Breach.objects.get(number=1)
    row.what = "Nothing happened"
    with pytest.raises(TypeError, match="never changed"):
        row.save()
    entry = add(world, row, "measure")
    with pytest.raises(TypeError, match="never changed"):
        entry.save()
    row.refresh_from_db()
    assert row.what == "A phone with the list was stolen"


def test_no_page_changes_or_removes(world, sign_in):
    from tests.firewall.routes import all_routes

    names = {route.name for route in all_routes() if route.name.startswith("breach")}
    assert names == {"breaches", "breach_new", "breach", "breach_add"}


def test_nothing_lies_ahead(world):
    with pytest.raises(Refused, match="ahead of us"):
        log(world, noticed_at=now() + dt.timedelta(days=1))


@pytest.mark.parametrize("who", ["amina", "baraka", "esther", "farid", "gathoni"])
def test_administrators_alone(world, who):
    row = log(world)
    by = getattr(world, who)
    with pytest.raises(NotYours):
        log_breach(by=by, programme=world.programme, what="x", noticed_at=now(), whose="x")
    with pytest.raises(NotYours):
        add_entry(by=by, breach=row, kind="measure", text="x", done_at=now())


def test_it_is_written_and_read_on_its_pages(world, sign_in):
    client = sign_in(world.hamisi)
    answer = client.post(reverse("breach_new"), {
        "what": "A list went to the wrong address", "noticed_at": "2026-11-20T09:00",
        "whose": "Teachers of one zone", "how_many": "41",
    })  # fmt: skip
    assert answer.status_code == 302
    row = Breach.objects.get()
    assert row.noticed_at == dt.datetime(2026, 11, 20, 6, tzinfo=dt.UTC)  # Nairobi
    with pretend(dt.datetime(2026, 11, 24, 6, tzinfo=dt.UTC)):
        for url in (reverse("breaches"), reverse("breach", args=[row.pk])):
            assert "overdue since 23 November, 09:00" in client.get(url).content.decode()
    url = reverse("breach_add", args=[row.pk])
    answer = client.post(url, {"kind": "authority", "text": "", "done_at": "2026-11-20T15:00"})
    assert answer.status_code == 422
    client.post(url, {"kind": "authority", "text": "By form 7", "done_at": "2026-11-20T15:00"})
    said = client.get(reverse("breach", args=[row.pk])).content.decode()
    assert "By form 7" in said
    assert "authority told" in said
    assert BreachEntry.objects.count() == 1
    assert all("list" not in str(e.detail) for e in AuditEntry.objects.all())
