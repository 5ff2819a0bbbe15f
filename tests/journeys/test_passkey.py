"""A passkey, with a virtual authenticator of the browser."""

import pytest
from allauth.mfa.models import Authenticator


@pytest.fixture
def with_key():
    """Give the page's browser a lock that opens by itself."""

    def give(page):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return session

    return give


@pytest.fixture
def live_server(live_server):
    """A passkey belongs to a name; a browser takes none for a bare address."""
    live_server.thread.host = "localhost"
    return live_server


@pytest.mark.parametrize("who", ["amina", "gathoni"])
def test_made_once_then_the_way_in(come_in, world, with_key, complaints, axe, who):
    person = getattr(world, who)
    page = come_in(person, path="/me/passkeys")
    with_key(page)
    page.click("text=Make a passkey on this phone")
    page.wait_for_selector("text=Your passkey is kept")
    assert Authenticator.objects.get(type="webauthn").user_id == person.pk
    page.goto("/me")
    page.click("text=Sign out on this phone")
    page.wait_for_url("**/sign-in")
    page.click("text=Come in with a passkey")
    page.click("text=Unlock")
    page.wait_for_url("**/")
    page.goto("/me")
    assert person.name in page.inner_text("h1")
    page.goto("/me/passkeys")
    page.click("text=Remove it")
    page.wait_for_selector("text=no longer opens")
    page.goto("/me")
    page.click("text=Sign out on this phone")
    page.wait_for_url("**/sign-in")
    page.click("text=Come in with a passkey")
    page.click("text=Unlock")
    page.wait_for_selector("text=opens nothing here")
    assert complaints == []


def test_a_frozen_account_opens_by_passkey(come_in, world, with_key):
    page = come_in(world.amina, path="/me/passkeys")
    with_key(page)
    page.click("text=Make a passkey on this phone")
    page.wait_for_selector("text=Your passkey is kept")
    page.goto("/me/phones/lost")
    page.click("main form .btn")
    page.wait_for_url("**/me/phone")
    page.goto("/me")
    page.click("text=Sign out on this phone")
    page.wait_for_url("**/sign-in")
    page.click("text=Come in with a passkey")
    page.click("text=Unlock")
    page.wait_for_url("**/")
    page.goto("/me/phones")
    assert "a phone is lost" in page.inner_text("main")  # a SIM card may still be a thief's


def test_without_scripts_the_page_says_so(come_in, world):
    page = come_in(javascript=False, path="/sign-in")
    page.click("text=Come in with a passkey")
    page.wait_for_url("**/passkey")
    assert "cannot use passkeys" in page.inner_text("main")
    assert not page.locator("text=Unlock").is_visible()
