"""The second visit to a page costs its difference, in a real browser with the worker; nobody else's does."""

import pytest
from django.urls import reverse

from staffroom.conversations import actions
from staffroom.core.models import KeptPage

pytestmark = pytest.mark.returning


class Wire:
    """What went over the wire for each page, told by the browser's own network: the worker's requests too."""

    def __init__(self, context) -> None:
        self.seen: list[tuple[str, str, str]] = []
        context.on("response", self._note)

    def _note(self, response) -> None:
        if response.from_service_worker or "/static/" in response.url:
            return
        path = "/" + response.url.split("/", 3)[3]
        sent = response.headers.get("content-length", "0")
        self.seen.append((path, response.headers.get("content-encoding", ""), sent))

    def of(self, path: str) -> tuple[str, int]:
        """How the last answer for this path came, and its bytes."""
        coding, sent = next((c, s) for p, c, s in reversed(self.seen) if p == path)
        return coding, int(sent)


@pytest.fixture
def amina(world, come_in):
    for number in range(12):
        actions.say(community=world.maths, by=world.baraka, text=f"Fold it in half {number} times.")
    page = come_in(world.amina)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wire = Wire(page.context)
    page.stream = reverse("stream", args=[world.maths.pk])
    return page


def test_a_known_page_costs_its_difference_until_sign_out(world, amina):
    amina.goto(amina.stream)
    whole = amina.wire.of(amina.stream)
    assert whole[0] == "br"
    actions.say(
        community=world.maths, by=world.nafula, text="Mine counted twelve quarters at once."
    )
    amina.goto(amina.stream)
    coding, sent = amina.wire.of(amina.stream)
    assert coding == "dcz"
    assert sent < 500 < whole[1]
    assert amina.get_by_text("Mine counted twelve quarters at once.").is_visible()

    amina.goto(amina.stream)  # nothing new: never an old page, and next to nothing to send
    assert amina.wire.of(amina.stream)[1] < 300
    assert amina.get_by_text("Mine counted twelve quarters at once.").is_visible()

    amina.goto("/me")
    amina.click("form[action$='/sign-out'] button")
    amina.wait_for_url("**/*")
    amina.wait_for_load_state("networkidle")
    assert not KeptPage.objects.exists()
    amina.goto(amina.stream)
    assert "/sign-in" in amina.url
    assert all(coding != "dcz" for _, coding, _ in amina.wire.seen[-2:])


def test_without_the_worker_no_page_is_shown_as_it_was(world, amina):
    """The browser has dictionaries, and the worker goes: the next visit still shows what is new."""
    amina.goto(amina.stream)
    amina.goto(amina.stream)
    amina.evaluate(
        "navigator.serviceWorker.getRegistrations().then(all => Promise.all(all.map(one => one.unregister())))"
    )
    actions.say(community=world.maths, by=world.nafula, text="Said after the worker had gone.")
    amina.goto(amina.stream)
    assert amina.get_by_text("Said after the worker had gone.").is_visible()


def test_without_javascript_pages_come_as_before(world, come_in):
    page = come_in(world.amina, javascript=False)
    page.wire = Wire(page.context)
    for _ in range(2):
        page.goto(reverse("stream", args=[world.maths.pk]))
    assert page.wire.of(reverse("stream", args=[world.maths.pk]))[0] == "br"
    assert not KeptPage.objects.exists()
