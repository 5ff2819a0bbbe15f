"""A moderator's quarter of an hour, on a phone: every act in one tap or two; and what it says to whom."""

import datetime as dt
import os

import pytest

from staffroom.communities.models import LeverChoice, Membership
from staffroom.conversations.models import ReadMark
from staffroom.core.clock import now
from staffroom.facilitation.models import Act, Word
from tests.conftest import make_person
from tests.conversations.makers import a_post, a_question

LOOK = os.environ.get("LOOK")  # a folder for pictures


@pytest.fixture
def needed(world):
    """A newcomer, a question since yesterday, Nafula who reads along, Otieno's phone that is away."""
    maths, long_ago = world.maths, now() - dt.timedelta(days=180)
    maths.created_at = long_ago
    maths.save()
    Membership.objects.filter(community=maths).update(joined_at=long_ago)
    LeverChoice.objects.create(
        programme=world.programme, community=maths, lever="nudges", value="on"
    )
    a_question(maths, world.amina, minutes_ago=30 * 60)
    a_post(maths, world.amina, minutes_ago=60)
    juma = make_person("Juma Kariuki", "+254700000021", last_used_on=now().date())
    Membership.objects.create(
        community=maths, person=juma, state="active", joined_at=now() - dt.timedelta(days=1)
    )
    for person, away in ((world.nafula, 0), (world.otieno, 17), (world.amina, 0)):
        person.last_used_on = now().date() - dt.timedelta(days=away)
        person.save()
    ReadMark.objects.create(person=world.nafula, community=maths, room="lessons", until=now())
    return world


def look(page, name):
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_quarter_of_an_hour(needed, come_in, axe, sideways, complaints, javascript):
    page = come_in(needed.baraka, "/", javascript=javascript)
    page.get_by_text("small things at your desk").click()
    page.get_by_role("heading", name="5 small things for today").wait_for()
    look(page, "desk")
    if javascript:
        assert not axe(page)
        assert not sideways(page)
    page.get_by_role("button", name="Say this").click()
    page.get_by_text("You welcomed Juma.").first.wait_for()
    page.get_by_role("button", name="Ask the adviser").click()
    page.get_by_text("The adviser is asked.").first.wait_for()
    page.get_by_role("button", name="Invite in private").click()
    page.get_by_text("Nafula is invited, on the page Today.").first.wait_for()
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_text("Taken back.").wait_for()
    page.get_by_role("button", name="Invite in private").click()
    page.get_by_role("button", name="I will ask in person").click()
    page.get_by_role("button", name="Not this week").click()
    page.get_by_text("Nothing more for today").wait_for()
    look(page, "desk-clear")
    assert Word.objects.count() == 2
    assert Act.objects.count() == 5
    assert not complaints


@pytest.mark.parametrize("language", ["en", "ur"])
def test_what_the_person_reads(needed, come_in, axe, sideways, complaints, language):
    needed.nafula.language = language
    needed.nafula.save()
    word = Word.objects.create(
        community=needed.maths,
        person=needed.nafula,
        by=needed.baraka,
        kind="invitation",
        text="We miss your questions.",
    )
    page = come_in(needed.nafula, "/")
    page.locator("a[href*='/words/']").click()
    page.get_by_text("We miss your questions.").wait_for()
    for name in ("word", "my-line", "texts"):
        if name == "my-line":
            page.goto(f"/c/{page_of(needed.maths)}/my-line")
        if name == "texts":
            page.goto(f"/c/{page_of(needed.maths)}/desk/texts")
        look(page, f"{name}-{language}")
        assert not axe(page)
        assert not sideways(page)
    page.goto(f"/words/{page_of(word)}")
    page.locator("main form button").last.click()
    page.wait_for_url("**/")
    assert page.locator("a[href*='/words/']").count() == 0
    assert not complaints


def page_of(row) -> str:
    from staffroom.core.ids import short

    return short(row.pk)
