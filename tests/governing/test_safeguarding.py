"""What is told about danger reaches those named for it, and nobody else at all."""

import datetime as dt
import io
import json
import logging
import re
import zipfile

import pytest
from django.db import connection
from django.urls import reverse

from staffroom.conversations.models import Post
from staffroom.core import hooks
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.governing import doctor, vault
from staffroom.governing.actions import safeguarding as actions
from staffroom.governing.actions.contacts import write_contacts
from staffroom.governing.models import Disclosure, DisclosureEntry
from staffroom.people.models import Person
from staffroom.places.actions.offices import appoint, end_appointment
from staffroom.places.models import Appointment, Programme
from tests.conftest import LONG_AGO, make_person
from tests.firewall.rules import NOBODY
from tests.firewall.sample import furnish
from tests.firewall.test_walk import everything_said_to

WORDS = "Sekret-words about the boy"


def reader(world, name="Imani Cherono", phone="+254700000011") -> Person:
    person = make_person(name, phone, email=f"{name[:5].lower()}@example.org", is_staff=True)
    appoint(
        by=world.hamisi,
        person=person,
        programme=world.programme,
        role="safeguarding",
        starts=LONG_AGO,
    )
    return person


@pytest.fixture
def imani(world):
    return reader(world)


def tell(world, **more) -> str:
    more = {"what": WORDS, "once": "once-once-once-once", "address": "x"} | more
    return actions.tell(programme=world.programme, **more)


def send(client, world, **more):
    page = client.get("/danger").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page).group(1)
    fields = {"programme": str(world.programme.pk), "what": WORDS, "once": once} | more
    return client.post("/danger", fields)


def code_in(answer) -> str:
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.content.decode()).group()


@pytest.mark.parametrize("who", [None, "amina", "esther", "farid"])
def test_anybody_tells_and_comes_back_with_the_code_alone(world, imani, sign_in, who):
    answer = send(
        sign_in(getattr(world, who) if who else None), world, where="School", reach="0700"
    )
    code = code_in(answer)
    assert "no-store" in answer["Cache-Control"]
    row = Disclosure.objects.get()
    actions.write(by=imani, disclosure=row, kind="answer", text="We are coming")
    actions.write(by=imani, disclosure=row, kind="note", text="Called the chief")
    stranger = sign_in(None)
    page = stranger.post("/danger/answer", {"code": code.lower().replace("-", " ")})
    said = page.content.decode()
    assert WORDS in said
    assert "We are coming" in said
    assert "Called the chief" not in said
    assert "Imani" not in said
    assert "no-store" in page["Cache-Control"]
    page = stranger.post("/danger/answer", {"code": code, "text": "He is home now"})
    assert "He is home now" in page.content.decode()
    assert not stranger.session.keys()


def test_a_wrong_code_opens_nothing(world, imani, sign_in):
    tell(world)
    for code in ("", "123", "ABCD-EFGH-JKMN"):
        page = sign_in(None).post("/danger/answer", {"code": code})
        assert page.status_code == 422
        assert WORDS not in page.content.decode()


def test_guessing_ends_soon(world, imani, sign_in):
    tell(world)
    pages = [sign_in(None).post("/danger/answer", {"code": "ABCDEFGHJKMN"}) for _ in range(42)]
    assert "tried too often" in pages[-1].content.decode()


def test_telling_is_limited_too(world, imani, sign_in):
    pages = [send(sign_in(None), world) for _ in range(22)]
    assert pages[0].status_code == 200
    assert pages[-1].status_code == 429
    assert WORDS in pages[-1].content.decode()  # what was typed is not lost


def test_sent_twice_is_one_message_with_one_code(world, imani):
    assert tell(world) == tell(world)
    assert Disclosure.objects.count() == 1


def test_nothing_in_the_database_tells_what_was_written_or_who_wrote(world, imani, sign_in):
    code = code_in(send(sign_in(world.amina), world, where="Sekret-place", reach="Sekret-number"))
    actions.add(code=code, text="Sekret-more", address="x")
    actions.write(by=imani, disclosure=Disclosure.objects.get(), kind="note", text="Sekret-note")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                text = " ".join(
                    bytes(cell).decode("latin-1")
                    if isinstance(cell, bytes | memoryview)
                    else str(cell)
                    for cell in row
                )
                assert "Sekret" not in text, table
                assert code not in text, table
                if table.startswith("governing_"):
                    assert world.amina.pk.hex not in text.replace("-", ""), table


def test_audit_outbox_and_log_name_nobody_and_no_word(world, imani, sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    AuditEntry.objects.all().delete()
    code = code_in(send(sign_in(world.amina), world))
    actions.add(code=code, text="Sekret-more", address="x")
    assert set(AuditEntry.objects.values_list("act", "actor_id")) == {
        ("safeguarding.told", None), ("safeguarding.added", None),
    }  # fmt: skip
    for entry in [*AuditEntry.objects.all()]:
        assert entry.detail == {}
    heard = " ".join(json.dumps(entry.payload) for entry in OutboxEntry.objects.all())
    assert "Sekret" not in heard + caplog.text
    assert str(world.amina.pk) not in heard + caplog.text
    assert code not in heard + caplog.text


def test_readers_hear_by_message_that_something_came(world, imani):
    tell(world)
    message = OutboxEntry.objects.get(topic="sms.send").payload
    assert message["to"] == "+254700000011"
    assert "safeguarding desk" in message["text"]


def test_each_opening_is_written_down(world, imani, sign_in):
    tell(world)
    row = Disclosure.objects.get()
    for _ in range(2):
        assert WORDS in sign_in(imani).get(reverse("disclosure", args=[row.pk])).content.decode()
    opened = AuditEntry.objects.filter(act="safeguarding.opened", actor_id=imani.pk, on_id=row.pk)
    assert opened.count() == 2


@pytest.mark.parametrize("name", ["amina", "baraka", "esther", "gathoni", "hamisi", NOBODY])
def test_no_page_tells_anybody_else(world, sign_in, name):
    house = furnish(world)
    for page, said in everything_said_to(sign_in(getattr(house, name, None)), house):
        assert "Sekret-danger" not in said, f"{page} tells {name}"


def test_it_is_there_to_be_found_by_who_may(world, sign_in):
    house = furnish(world)
    said = " ".join(text for _, text in everything_said_to(sign_in(house.imani), house))
    assert "Sekret-danger-note" in said


@pytest.mark.parametrize(
    "who", ["amina", "baraka", "chausiku", "esther", "farid", "gathoni", "hamisi"]
)
def test_nobody_else_reads_answers_or_closes(world, imani, who):
    tell(world)
    row, by = Disclosure.objects.get(), getattr(world, who)
    with pytest.raises(NotYours):
        actions.open_disclosure(by=by, disclosure=row)
    with pytest.raises(NotYours):
        actions.write(by=by, disclosure=row, kind="note", text="x")
    with pytest.raises(NotYours):
        actions.set_state(by=by, disclosure=row, state="closed")


def test_a_reader_of_another_programme_reads_nothing(world, imani):
    other = Programme.objects.create(name="Sindh", country="PK", phone_region="PK")
    stranger = make_person("Zahra Ali", email="z@example.org", is_staff=True)
    Appointment.objects.create(
        person=stranger, programme=other, role="safeguarding", starts=LONG_AGO
    )
    tell(world)
    with pytest.raises(NotYours):
        actions.open_disclosure(by=stranger, disclosure=Disclosure.objects.get())


def test_when_the_office_ends_so_does_the_reading(world, imani, sign_in):
    reader(world, "Zawadi Achieng", "+254700000012")
    tell(world)
    url = reverse("disclosure", args=[Disclosure.objects.get().pk])
    assert sign_in(imani).get(url).status_code == 200
    end_appointment(
        by=world.hamisi, appointment=Appointment.objects.get(person=imani), ends=now().date()
    )
    assert sign_in(imani).get(url).status_code == 404


def test_without_a_second_factor_nobody_reads(world, imani, sign_in):
    tell(world)
    client = sign_in(imani)
    session = client.session
    session["second_factor"] = False
    session.save()
    answer = client.get(reverse("disclosure", args=[Disclosure.objects.get().pk]))
    assert answer.status_code == 302
    with pytest.raises(Refused, match="second factor"):
        appoint(by=world.hamisi, person=world.amina, programme=world.programme,
                role="safeguarding", starts=LONG_AGO)  # fmt: skip


def test_administrators_do_not_read_and_readers_do_not_administer(world, imani):
    with pytest.raises(Refused, match="at the same time"):
        appoint(by=world.hamisi, person=world.hamisi, programme=world.programme,
                role="safeguarding", starts=LONG_AGO)  # fmt: skip
    with pytest.raises(Refused, match="at the same time"):
        appoint(by=world.hamisi, person=imani, programme=world.programme,
                role="administrator", starts=LONG_AGO)  # fmt: skip


def test_one_of_the_readers_can_be_kept_out(world, imani, sign_in):
    zawadi = reader(world, "Zawadi Achieng", "+254700000012")
    assert "Zawadi" in sign_in(world.amina).get("/danger").content.decode()
    assert "Zawadi" not in sign_in(None).get("/danger").content.decode()
    assert send(sign_in(world.amina), world, not_for=str(imani.pk)).status_code == 200
    row = Disclosure.objects.get()
    assert [e.payload["to"] for e in OutboxEntry.objects.filter(topic="sms.send")] == [
        "+254700000012"
    ]
    url = reverse("disclosure", args=[row.pk])
    assert sign_in(imani).get(url).status_code == 404
    assert str(row.pk.hex) not in sign_in(imani).get("/safeguarding").content.decode()
    assert url not in sign_in(imani).get("/safeguarding").content.decode()
    assert sign_in(zawadi).get(url).status_code == 200
    with pytest.raises(NotYours):
        actions.set_state(by=imani, disclosure=row, state="closed")


def test_where_nobody_reads_nothing_is_taken(world, sign_in):
    page = sign_in(world.amina).get("/danger").content.decode()
    assert "has not yet named anybody" in page
    assert "<textarea" not in page
    with pytest.raises(Refused):
        tell(world)
    assert any("Nobody reads" in finding.what for finding in doctor.findings())


def test_the_numbers_of_the_programme_can_be_called(world, imani, sign_in):
    write_contacts(by=world.hamisi, programme=world.programme,
                   emergency="Childline Kenya 116\nPolice: +254 20 272-7411")  # fmt: skip
    page = sign_in(None).get("/danger").content.decode()
    assert 'href="tel:116"' in page
    assert 'href="tel:+254202727411"' in page
    with pytest.raises(NotYours):
        write_contacts(by=world.gathoni, programme=world.programme)


def test_taken_closed_and_opened_again_by_a_word(world, imani, sign_in):
    code = tell(world)
    row = Disclosure.objects.get()
    client = sign_in(imani)
    client.post(reverse("disclosure_state", args=[row.pk]), {"state": "taken"})
    row.refresh_from_db()
    assert (row.state, row.taken_by) == ("taken", imani)
    client.post(reverse("disclosure_state", args=[row.pk]), {"state": "closed"})
    row.refresh_from_db()
    assert row.state == "closed"
    actions.add(code=code, text="It goes on", address="x")
    row.refresh_from_db()
    assert (row.state, row.closed_at) == ("new", None)


def test_closed_cases_go_after_three_years(world, imani):
    from staffroom.core import retention

    tell(world)
    row = Disclosure.objects.get()
    actions.write(by=imani, disclosure=row, kind="note", text="x")
    with pretend(now() + dt.timedelta(days=1500)):
        assert "safeguarding" not in retention.keep()  # it is not closed
    actions.set_state(by=imani, disclosure=row, state="closed")
    with pretend(now() + dt.timedelta(days=1096)):
        assert retention.keep()["safeguarding"] == 1
    assert not DisclosureEntry.objects.exists()


def test_no_export_of_anybody_holds_it(world, imani):
    tell(world)
    row = Disclosure.objects.get()
    actions.write(by=imani, disclosure=row, kind="answer", text="Sekret-answer-words")
    from staffroom.people import export

    for person in (world.amina, world.baraka, world.hamisi, world.gathoni, imani):
        with zipfile.ZipFile(io.BytesIO(export.write(person).read())) as archive:
            said = " ".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
        assert "Sekret" not in said
    hooks.erase_person.call(person=imani, keep_contributions=True)
    assert DisclosureEntry.objects.count() == 1


def test_an_earlier_key_still_opens_and_a_lost_one_is_said(world, imani, settings, sign_in):
    code = tell(world)
    row = Disclosure.objects.get()
    old, settings.SAFEGUARDING_KEY = settings.SAFEGUARDING_KEY, "another key"
    with pytest.raises(vault.Lost):
        vault.unseal(row.sealed, row.pk)
    page = sign_in(imani).get(reverse("disclosure", args=[row.pk]))
    assert "not on this machine" in page.content.decode()
    sign_in(imani).post(reverse("disclosure_state", args=[row.pk]), {"state": "closed"})
    row.refresh_from_db()
    assert row.state == "new"
    assert any("not here" in finding.what for finding in doctor.findings())
    settings.SAFEGUARDING_OLD_KEYS = [old]
    assert vault.unseal(row.sealed, row.pk)["what"] == WORDS
    assert actions.look(code=code, address="x").words["what"] == WORDS


def test_a_seal_belongs_to_its_row(world, imani):
    tell(world)
    tell(world, once="another-another-one", what="Other words")
    one, two = Disclosure.objects.all()
    with pytest.raises(vault.Lost):
        vault.unseal(one.sealed, two.pk)
    blob = bytearray(one.sealed)
    blob[-1] ^= 1
    with pytest.raises(vault.Lost):
        vault.unseal(bytes(blob), one.pk)


@pytest.mark.parametrize(
    "typed", ["abcd-1234-xyz0", "ABCD 1234 XYZO", " abcdl234xyzo", "ABCD-١٢٣٤-XYZ۰"]
)
def test_a_code_is_known_however_it_is_typed(typed):
    assert vault.plain(typed) == "ABCD1234XYZ0"
    assert len(vault.plain(vault.receipt_code("x" * 16))) == vault.LENGTH


def test_the_way_there_is_on_every_page_that_should_have_it(world, imani, sign_in):
    amina = sign_in(world.amina)
    post = Post.objects.create(
        community=world.maths, kind="message", author=world.otieno, text="Jambo"
    )
    for url in (
        "/me",
        reverse("community", args=[world.maths.pk]),
        reverse("report", args=[world.maths.pk, post.pk]),
    ):
        assert 'href="/danger"' in amina.get(url).content.decode(), url
    assert 'href="/danger"' in sign_in(None).get("/sign-in").content.decode()
