"""Notifications in a real browser: asked for only after a tap, shown without a word."""

import os

import pytest

from staffroom.channels.webpush.actions.tell import note
from staffroom.channels.webpush.models import Subscription
from staffroom.people.models import Person
from tests.channels.webpush.service import PushService

pytestmark = pytest.mark.returning

#: Debian's browser speaks to no push service, so its answer is put in its place; the rest is its own.
ANSWERS = """made => {
  const raw = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0)).buffer;
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async options => {
    window.askedWith = options;
    return {endpoint: made.endpoint, getKey: name => raw(made[name])};
  };
}"""


def shown(page):
    return page.evaluate(
        "navigator.serviceWorker.ready.then(there => there.getNotifications())"
        ".then(all => all.map(one => [one.title, one.body, one.dir, one.tag, one.data.to]))"
    )


def test_the_tap_the_browsers_question_and_the_sign(world, come_in, live_server, axe, complaints):
    page = come_in(world.amina, "/me", permissions=["notifications"])
    page.get_by_text("Notifications", exact=True).click()
    with PushService() as service:
        page.evaluate(ANSWERS, service.made())
        page.get_by_role("button", name="Turn on here").click()
        page.get_by_text("Notifications are on here.").wait_for()
    assert Subscription.objects.get().person == world.amina
    assert not axe(page)
    keep(page, "notifications")

    worker = page.context.new_cdp_session(page)
    found = {}
    worker.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.update(
            {each["scopeURL"]: each["registrationId"] for each in told["registrations"]}
        ),
    )
    worker.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wait_for_timeout(100)
    (registration,) = found.values()
    for said in (
        note(world.amina, "There is something new for you in Staffroom.", "/c/x/")
        .packed()
        .decode(),
        note(Person(language="ur"), "آپ کے لیے کچھ نیا ہے۔", "/me/digests/x", topic="digest")
        .packed()
        .decode(),
        "not ours",
    ):
        worker.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": live_server.url, "registrationId": registration, "data": said},
        )
    page.wait_for_function(
        "async () => (await (await navigator.serviceWorker.ready).getNotifications()).length == 2"
    )
    assert sorted(shown(page)) == [
        ["Staffroom", "", "auto", "new", "/"],  # the later one of a kind took the first one's place
        ["Staffroom", "آپ کے لیے کچھ نیا ہے۔", "rtl", "digest", "/me/digests/x"],
    ]
    assert not complaints


def test_in_urdu_and_where_the_browser_says_no(world, come_in, sideways, axe):
    Person.objects.filter(pk=world.amina.pk).update(language="ur")
    page = come_in(world.amina, "/me/notifications")
    form = page.locator("form[data-notify]")
    form.wait_for()
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.evaluate("Notification.requestPermission = async () => 'denied'")
    form.get_by_role("button").click()
    page.locator("[data-said=denied]").wait_for()
    assert not sideways(page)
    assert not axe(page)
    keep(page, "notifications-ur")


def test_without_a_script_no_button_leads_nowhere(world, come_in):
    """What stands there instead is in `noscript`, which this browser hides while it is driven."""
    page = come_in(world.amina, "/me/notifications", javascript=False)
    assert page.get_by_text("no name and no word").is_visible()
    assert not page.get_by_role("button", name="Turn on here").is_visible()


def keep(page, name):
    """Pictures to look at, where somebody asks for them."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
