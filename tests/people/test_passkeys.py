import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from staffroom.core.errors import NotYours, Refused
from staffroom.people import actions
from staffroom.people.actions import passkeys
from staffroom.people.staff import LOCKED, MfaAdapter


@pytest.mark.parametrize(
    "sent", ["", "no JSON", "[]", "{}", '{"response": {}}', '{"response": {"userHandle": "x"}}']
)
def test_what_is_no_passkey_opens_nothing(world, sent):
    client = Client()
    client.get("/sign-in/passkey/options")
    answer = client.post("/sign-in/passkey", {"credential": sent})
    assert answer["Location"] == "/sign-in"
    assert "opens nothing here" in client.get("/sign-in").content.decode()
    assert client.get("/me").status_code == 302


@pytest.mark.parametrize("sent", ["", "[]", '{"response": {}}'])
def test_what_is_no_passkey_is_not_kept(world, sign_in, sent):
    client = sign_in(world.amina)
    client.get("/me/passkeys/options")
    assert client.post("/me/passkeys/add", {"credential": sent}).status_code == 302
    assert not Authenticator.objects.exists()


def test_a_key_without_a_lock_is_refused(world):
    with pytest.raises(Refused, match="lock this phone"):
        passkeys.add(person=world.amina, credential={}, verified=False, name="x")


def test_only_ones_own_is_removed(world):
    key = Authenticator.objects.create(user=world.amina, type="webauthn", data={})
    with pytest.raises(NotYours):
        passkeys.remove(person=world.farid, key_id=key.pk)
    passkeys.remove(person=world.amina, key_id=key.pk)


def test_whoever_left_does_not_come_in(world):
    key = Authenticator.objects.create(user=world.amina, type="webauthn", data={})
    world.amina.is_active = False
    world.amina.save()
    with pytest.raises(Refused, match="closed"):
        passkeys.use(key=key)


def test_secrets_of_second_factors_are_closed(world, settings):
    adapter = MfaAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in kept
    assert kept.startswith(LOCKED)
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"
    assert adapter.decrypt("JBSWY3DPEHPK3PXP") == "JBSWY3DPEHPK3PXP"  # from before
    settings.ACCOUNT_KEY = "another key"
    with pytest.raises(Refused, match="start again"):
        adapter.decrypt(kept)


def test_a_code_still_is_no_way_in_for_staff(world, rf):
    from django.contrib.sessions.backends.db import SessionStore

    request = rf.get("/")
    request.session = SessionStore()
    with pytest.raises(NotYours):
        actions.sign_in_as(request, world.gathoni, how="code")


def test_none_is_made_on_a_shared_phone_that_stands_open(world, sign_in):
    with pytest.raises(Refused, match="yours alone"):
        passkeys.add(person=world.amina, credential={}, verified=True, name="x", own=False)
    client = sign_in(world.amina)
    assert b"data-passkey" in client.get("/me/passkeys").content
    session = client.session
    session["whose"] = "shared"
    session.save()
    page = client.get("/me/passkeys").content.decode()
    assert "yours alone" in page
    assert "data-passkey" not in page
