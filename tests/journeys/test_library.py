"""The library on a phone: added, weighed before it is fetched, read without fetching, kept at hand."""

import os

import pytest
from django.urls import reverse

from staffroom.library.actions import collections
from staffroom.library.actions import resource_marks as marks
from staffroom.library.actions.looking import look_into
from staffroom.library.actions.resource_reports import report
from staffroom.library.models import Edition, Resource
from tests.core.papers import a_pdf
from tests.journeys.test_every_page import SMALL
from tests.library.makers import STORY, a_resource, a_video, for_all


def shot(page, name):
    """For looking at, when SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def stocked(world):
    long = STORY + "\nThe seeds grow where no goat comes. " * 300
    world.wind = a_resource(world, data=long.encode(), grades=[1, 2], language="en",
                            description="To read aloud before the rains come.")  # fmt: skip
    world.paper = a_resource(world, by=world.baraka, title="KCSE Mathematics, paper 1, 2024, with the marking scheme",
                             kind="past-paper", name="kcse.pdf", data=a_pdf(12), licence="unknown", credit="")  # fmt: skip
    world.film = a_resource(
        world,
        by=world.nafula,
        title="Folding a half",
        kind="video",
        name="half.mp4",
        data=a_video(),
    )
    world.rain = for_all(world)
    for edition in Edition.objects.all():
        look_into.func(edition=str(edition.pk))
    marks.help(by=world.otieno, resource=world.wind)
    marks.put_on_shelf(by=world.amina, resource=world.film)
    world.shelf = collections.make(
        by=world.nafula, community=world.maths, name="For the first week"
    )
    for one in (world.wind, world.paper):
        collections.put(by=world.nafula, collection=world.shelf, resource=one)
    report(by=world.otieno, resource=world.wind, reason="rights", note="Not sure")
    return world


def pages(world) -> dict[str, tuple[str, str]]:
    """Name -> who looks, and where."""
    here, one = [world.maths.pk], [world.wind.pk]
    return {
        "library-here": ("amina", reverse("community_library", args=here)),
        "library-filtered": ("amina", reverse("community_library", args=here) + "?kind=video"),
        "library-all": ("esther", reverse("library")),
        "library-shelf": ("amina", reverse("shelf")),
        "library-add": ("amina", reverse("add_resource", args=here)),
        "library-story": ("otieno", reverse("resource", args=one)),
        "library-paper": ("baraka", reverse("resource", args=[world.paper.pk])),
        "library-film": ("amina", reverse("resource", args=[world.film.pk])),
        "library-words": ("nafula", reverse("resource_words", args=one)),
        "library-edit": ("amina", reverse("edit_resource", args=one)),
        "library-replace": ("amina", reverse("replace_resource", args=one)),
        "library-share": ("amina", reverse("share_resource", args=one)),
        "library-collect": ("amina", reverse("collect", args=[world.film.pk])),
        "library-collection": ("nafula", reverse("collection", args=[world.shelf.pk])),
        "library-report": ("nafula", reverse("report_resource", args=one)),
        "library-reports": ("baraka", reverse("resource_reports")),
        "library-decide": ("baraka", reverse("decide_resource", args=one)),
    }


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_page_fits_and_is_understood(stocked, come_in, axe, sideways, complaints, language):
    if language == "ur":
        type(stocked.amina).objects.update(language="ur")
    phones, wrong = {}, []
    for name, (who, path) in pages(stocked).items():
        if who not in phones:
            phones[who] = come_in(getattr(stocked, who), bypass_csp=True)
        page = phones[who]
        page.goto(path)
        if name == "library-add":
            page.locator("details.fold summary").click()
        shot(page, f"{name}-{language}")
        wrong += [f"{name} sticks out: {what}" for what in sideways(page)]
        wrong += [f"{name}: {what}" for what in axe(page)]
        if language == "en":
            wrong += [f"{name} too small: {what}" for what in page.evaluate(SMALL)]
    assert not wrong, "\n".join(wrong)
    assert complaints == []


@pytest.mark.parametrize("javascript", [True, False])
def test_added_from_the_phone_and_read_without_fetching(world, come_in, complaints, javascript):
    page = come_in(world.amina, reverse("stream", args=[world.maths.pk]), javascript=javascript)
    page.locator("details.menu summary").first.click()
    page.get_by_role("link", name="What we keep").click()
    page.get_by_role("link", name="Our library").click()
    page.get_by_role("link", name="Add to the library").click()
    page.fill("[name=title]", "Wind")
    page.get_by_role("button", name="Add it").click()
    assert "choose a file" in page.locator("main").inner_text()
    assert page.input_value("[name=title]") == "Wind"
    page.set_input_files(
        "[name=file]", {"name": "wind.md", "mimeType": "text/plain", "buffer": STORY.encode()}
    )
    page.get_by_role("button", name="Add it").click()
    page.wait_for_selector("text=The wind blows.")
    assert Resource.objects.get().title == "Wind"
    keep = page.get_by_role("link", name="Fetch the file")
    assert "1 KB" in keep.inner_text()
    with page.expect_download() as download:
        keep.click()
    assert download.value.suggested_filename == "wind.md"
    page.get_by_role("button", name="Take it out of the library").click()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=The wind blows.")
    assert [line for line in complaints if "422" not in line] == []
