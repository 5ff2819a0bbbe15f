"""The data-protection assessment: prefilled by the product, completed by the programme, signed once."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.core import retention
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import RetentionChoice
from staffroom.governing.actions.assessments import begin, sign, write_section
from staffroom.governing.actions.contacts import write_contacts
from staffroom.governing.assessment import SECTIONS
from staffroom.governing.models import Assessment
from staffroom.governing.queries.assessments import words_of


@pytest.fixture
def draft(world):
    return begin(by=world.hamisi, programme=world.programme)


def complete(world, draft) -> None:
    for key in ("consulted", "decision"):
        write_section(by=world.hamisi, assessment=draft, section=key, text=f"Our {key}")


def signed(world, draft) -> Assessment:
    complete(world, draft)
    sign(by=world.hamisi, assessment=draft, name="Wanjiru", office="Director", on=today())
    draft.refresh_from_db()
    return draft


def test_it_begins_with_what_the_product_does(world, draft):
    words = words_of(draft)
    for section in SECTIONS:
        assert bool(words[section.key]) is not section.theirs, section.key
    for rule, days in retention.chosen():
        assert str(rule.what) in words["kept"]
        if rule.due:
            assert f"{rule.what}: {days} day" in words["kept"]


def test_it_follows_the_days_and_contacts_that_were_chosen(world, draft):
    RetentionChoice.objects.create(rule="codes", days=30)
    write_contacts(by=world.hamisi, programme=world.programme, operator="KENET, Nairobi")
    assert "once their time is over: 30 days" in words_of(draft)["kept"]
    assert "KENET, Nairobi" in words_of(draft)["storage"]


def test_begun_twice_is_one(world, draft):
    assert begin(by=world.hamisi, programme=world.programme) == draft


def test_own_words_stand_until_they_are_emptied(world, draft):
    write_section(by=world.hamisi, assessment=draft, section="people", text="Only our teachers.")
    draft.refresh_from_db()
    assert words_of(draft)["people"] == "Only our teachers."
    write_section(by=world.hamisi, assessment=draft, section="people", text="")
    draft.refresh_from_db()
    assert "Pupils are not registered" in words_of(draft)["people"]


def test_nobody_signs_what_only_the_programme_knows_unwritten(world, draft):
    with pytest.raises(Refused, match="Whom you asked"):
        sign(by=world.hamisi, assessment=draft, name="W", office="D", on=today())
    complete(world, draft)
    with pytest.raises(Refused, match="ahead"):
        sign(by=world.hamisi, assessment=draft, name="W", office="D",
             on=today() + dt.timedelta(days=3))  # fmt: skip


def test_what_was_signed_stays_as_it_was(world, draft):
    row = signed(world, draft)
    before = words_of(row)
    RetentionChoice.objects.create(rule="codes", days=30)
    assert words_of(Assessment.objects.get()) == before
    with pytest.raises(Refused, match="signed"):
        write_section(by=world.hamisi, assessment=row, section="people", text="x")
    with pytest.raises(Refused, match="signed"):
        sign(by=world.hamisi, assessment=row, name="W", office="D", on=now().date())


def test_the_next_version_goes_on_from_the_last(world, draft):
    signed(world, draft)
    after = begin(by=world.hamisi, programme=world.programme)
    assert after.version == 2
    assert words_of(after)["decision"] == "Our decision"


@pytest.mark.parametrize("who", ["amina", "baraka", "esther", "farid", "gathoni"])
def test_administrators_alone(world, draft, who):
    by = getattr(world, who)
    with pytest.raises(NotYours):
        begin(by=by, programme=world.programme)
    with pytest.raises(NotYours):
        write_section(by=by, assessment=draft, section="people", text="x")
    with pytest.raises(NotYours):
        sign(by=by, assessment=draft, name="W", office="D", on=today())


def test_it_is_written_and_signed_on_its_pages(world, sign_in):
    client = sign_in(world.hamisi)
    page = client.post(reverse("assessment_begin"), follow=True).content.decode()
    assert "Risk: A supervisor reads" in page
    draft = Assessment.objects.get()
    answer = client.post(reverse("assessment_sign", args=[draft.pk]),
                         {"name": "Wanjiru", "office": "Director", "on": "2026-11-20"})  # fmt: skip
    assert answer.status_code == 422
    assert "Wanjiru" in answer.content.decode()
    for key in ("consulted", "decision"):
        client.post(reverse("assessment_section", args=[draft.pk, key]), {"text": "Written"})
    client.post(reverse("assessment_sign", args=[draft.pk]),
                {"name": "Wanjiru", "office": "Director", "on": "2026-11-20"})  # fmt: skip
    page = client.get(reverse("assessment", args=[draft.pk])).content.decode()
    assert "Signed by Wanjiru, Director, on 20 November 2026." in page
    assert reverse("assessment_sign", args=[draft.pk]) not in page
    assert client.get(reverse("assessment_section", args=[draft.pk, "people"])).status_code == 404
