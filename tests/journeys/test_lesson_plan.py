"""Two phones write in one lesson plan; one has no signal. Both keep their text."""

import os

from django.urls import reverse
from playwright.sync_api import expect

from staffroom.library.actions.plans.comments import comment
from staffroom.library.actions.plans.teach import tell_taught
from staffroom.library.models import PlanSection, SectionDraft, SectionVersion
from tests.library.plan_makers import STEPS, a_plan, put, section_of

#: What is too small for a thumb (as in test_every_page).
SMALL = """() => [...document.querySelectorAll('a,button,summary,input,select,textarea')]
  .filter(node => node.offsetParent && node.type != 'hidden')
  .filter(node => !node.matches('.vh') && !node.closest('p:not(.quiet),.list,dd,td,.words,.skip,.pick,.ban,.notice,.facts'))
  .filter(node => node.getBoundingClientRect().height < 43.5)
  .map(node => node.outerHTML.slice(0, 140))"""


def shot(page, name):
    """For looking at, when SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def to(name, plan, *more):
    return reverse(name, args=[plan.community_id, plan.pk, *more])


def furnished(world):
    plan = a_plan(world)
    put(world.amina, plan, STEPS)
    put(world.baraka, plan, STEPS.replace("Fold", "Cut and fold"))
    put(world.nafula, plan, "Old newspapers, one strip for each pair", key="materials")
    comment(by=world.nafula, section=section_of(plan), text="My shy ones will not speak.")
    tell_taught(
        by=world.otieno, plan=plan, happened="It took long.", change="Cut before.", pupils=46
    )
    return plan


def test_one_phone_writes_without_signal_and_nothing_is_lost(world, come_in, complaints):
    plan = a_plan(world)
    put(world.amina, plan, STEPS)
    section = section_of(plan)
    page = come_in(world.otieno, to("plan_section", plan, section.pk))
    page.context.set_offline(True)
    page.fill("textarea[name=text]", STEPS.replace("Fold", "Tear and fold"))
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("#waits .wait")
    put(world.baraka, plan, STEPS.replace("in the book", "on the board"))
    page.context.set_offline(False)
    page.wait_for_url(f"**{to('plan', plan)}*")
    text = section_of(plan).text
    assert "Tear and fold" in text
    assert "on the board" in text
    assert SectionVersion.objects.filter(section=section).count() == 3
    expect(page.locator("body")).to_contain_text("Both texts stand together now")
    # Nothing waits any more, however often the page is opened.
    page.goto(to("plan", plan))
    assert page.locator("#waits li").count() == 0
    assert not [line for line in complaints if "ERR_INTERNET_DISCONNECTED" not in line]


def test_what_waits_is_sent_from_the_page_of_the_plan(world, come_in):
    plan = a_plan(world)
    section = section_of(plan, "materials")
    page = come_in(world.otieno, to("plan_section", plan, section.pk), service_workers="block")
    page.context.set_offline(True)
    page.fill("textarea[name=text]", "Strips of paper")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("#waits .wait")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(to("plan", plan))
    page.wait_for_selector("main > p.words:text('Strips of paper')")
    kept = "Object.entries(localStorage).filter(([key]) => key[0] == 'w').map(pair => pair[1])"
    assert page.evaluate(kept) in ([], ["[]"])
    assert section_of(plan, "materials").text == "Strips of paper"


def test_a_draft_comes_back_with_the_version_it_was_begun_from(world, come_in):
    plan = a_plan(world)
    put(world.amina, plan, STEPS)
    section = section_of(plan)
    url = to("plan_section", plan, section.pk)
    page = come_in(world.otieno, url)
    with page.expect_response(lambda answer: answer.url.endswith("/draft")):
        page.fill("textarea[name=text]", STEPS + "\nSing.")
    assert SectionDraft.objects.get().based_on == 1
    SectionDraft.objects.all().delete()  # it is on the phone alone
    put(world.baraka, plan, STEPS.replace("in the book", "on the board"))
    page.goto(url)
    assert page.input_value("textarea[name=text]").endswith("Sing.")
    assert page.input_value("[name=based_on]") == "1"
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**{to('plan', plan)}*")
    assert section_of(plan).text == STEPS.replace("in the book", "on the board") + "\nSing."
    page.goto(url)
    assert page.input_value("[name=based_on]") == "3"


def test_an_emptied_section_is_saved_too(world, come_in):
    plan = a_plan(world)
    put(world.amina, plan, STEPS)
    page = come_in(world.otieno, to("plan_section", plan, section_of(plan).pk))
    page.fill("textarea[name=text]", "")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**{to('plan', plan)}*")
    assert PlanSection.objects.get(plan=plan, key="steps").text == ""


def test_the_pages_can_be_seen_heard_and_held(world, come_in, axe, sideways, complaints):
    """Small screen, also from right to left: nothing sticks out, axe finds nothing."""
    plan = furnished(world)
    section = section_of(plan)
    clash = put(
        world.nafula, plan, STEPS.replace("Fold the paper.", "Tear it."), based_on=1
    ).writing
    pages = {
        "plan": to("plan", plan),
        "plan-list": reverse("plans", args=[world.maths.pk]),
        "plan-new": reverse("plan_new", args=[world.maths.pk]),
        "plan-section": to("plan_section", plan, section.pk),
        "plan-both": to("plan_both", plan, clash.pk),
        "plan-versions": to("plan_versions", plan, section.pk),
        "plan-notes": to("plan_comments", plan, section.pk),
        "plan-taught": to("plan_taught", plan),
        "plan-print": reverse("plan_print", args=[plan.pk]),
        "plan-shelf": reverse("plan_shelf"),
        "plan-copy": reverse("plan_copy", args=[plan.pk]),
    }
    for language in ("en", "ur"):
        world.amina.language = language
        world.amina.save()
        page = come_in(world.amina, "/", width=320)
        for name, url in pages.items():
            page.goto(url)
            shot(page, f"{name}-{language}")
            assert not sideways(page), (name, language)
            assert not axe(page), (name, language)
            assert not page.evaluate(SMALL), (name, language)
    assert not complaints
