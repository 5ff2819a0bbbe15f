"""Telling of danger from a phone without scripts; the pages of those who govern, on a small screen."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from staffroom.core.clock import now, today
from staffroom.governing.models import Disclosure
from staffroom.places.actions.calendar import write_holiday, write_term
from tests.firewall.sample import furnish


@pytest.fixture
def house(world):
    house = furnish(world)
    first = today() + dt.timedelta(days=10)
    write_holiday(by=house.hamisi, programme=house.programme, name="Idd-ul-Fitr", first_day=first,
                  last_day=first, area=house.mwingi)  # fmt: skip
    write_term(by=house.hamisi, programme=house.programme, name="Term 1, 2027",
               first_day=dt.date(2027, 1, 4), last_day=dt.date(2027, 4, 2))  # fmt: skip
    return house


def pages(house) -> dict[str, list[str]]:
    """What each of these people opens here."""
    assessment, breach = house.assessment.pk, house.breach.pk
    return {
        "": ["/danger", "/danger/answer", "/about/privacy", "/sign-in"],
        "amina": [reverse("community", args=[house.maths.pk])],
        "imani": ["/safeguarding", reverse("disclosure", args=[house.disclosure.pk])],
        "hamisi": [
            "/places/",
            "/places/calendar",
            "/places/calendar/holidays/new",
            "/places/calendar/weekend",
            "/governing/contacts",
            "/governing/kept",
            "/governing/kept/codes",
            "/governing/breaches",
            "/governing/breaches/new",
            reverse("breach", args=[breach]),
            reverse("breach_add", args=[breach]),
            "/governing/assessment",
            reverse("assessment", args=[assessment]),
            reverse("assessment_section", args=[assessment, "risks"]),
            reverse("assessment_sign", args=[assessment]),
        ],
    }


@pytest.mark.parametrize("who", ["", "amina", "imani", "hamisi"])
def test_these_pages_fit_and_stumble_over_nothing(house, come_in, sideways, axe, who):
    page = come_in(getattr(house, who, None), width=320, bypass_csp=True)
    wrong = []
    for url in pages(house)[who]:
        assert page.goto(url).status == 200, url
        wrong += [f"{url} sticks out: {what}" for what in sideways(page)]
        wrong += [f"{url}: {what}" for what in axe(page)]
    assert not wrong, "\n".join(wrong)


def test_somebody_tells_of_danger_without_account_or_script_and_gets_an_answer(
    house, come_in, complaints
):
    page = come_in(None, "/sign-in", javascript=False)
    page.get_by_role("link", name="A child or a colleague is in danger").click()
    page.get_by_label("What is happening").fill("A boy does not want to go home")
    page.get_by_label("Where, and when?").fill("Hill Primary, today")
    page.get_by_role("button", name="Send it sealed").click()
    code = page.locator("b.code").inner_text()

    imani = come_in(house.imani, "/safeguarding", javascript=False)
    row = Disclosure.objects.exclude(pk=house.disclosure.pk).get()
    imani.goto(reverse("disclosure", args=[row.pk]))
    expect(imani.locator("body")).to_contain_text("A boy does not want to go home")
    imani.get_by_role("button", name="I take this").click()
    imani.get_by_label("Whoever wrote to us").check()
    imani.get_by_label("Your words").fill("We go there this afternoon")
    imani.get_by_role("button", name="Keep it, sealed").click()

    page.goto("/danger/answer")
    page.get_by_label("The code of your message").fill(code.lower())
    page.get_by_role("button", name="Look").click()
    expect(page.locator("body")).to_contain_text("We go there this afternoon")
    expect(page.locator("body")).to_contain_text("Somebody has taken it up")
    page.get_by_label("add something").fill("His uncle came")
    page.get_by_role("button", name="Add it, sealed").click()
    expect(page.locator("body")).to_contain_text("His uncle came")
    assert row.made_at < now()
    assert complaints == []
