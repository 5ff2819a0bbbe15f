"""A session is new when it may do more, and dead when it may do nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.test import Client

from staffroom.people.actions.erase import delete_word, erase

ROOT = Path(__file__).parent.parent.parent


def with_cookies_of(client: Client) -> Client:
    other = Client()
    other.cookies = client.cookies.copy()
    return other


def test_sign_out_kills_the_session_and_not_only_the_cookie(world, sign_in):
    client = sign_in(world.amina)
    thief = with_cookies_of(client)
    assert thief.get("/me").status_code == 200
    # Cookies go by name: that by which the phone is known stays.
    assert '"cache", "storage"' in client.post("/sign-out")["Clear-Site-Data"]
    assert thief.get("/me").status_code == 302


@pytest.mark.parametrize("change", ["frozen", "erased", "signed out elsewhere"])
def test_it_ends_with_the_account(change, world, sign_in):
    client = sign_in(world.amina)
    assert client.get("/me").status_code == 200
    if change == "frozen":
        world.amina.is_active = False
        world.amina.save()
    elif change == "erased":
        erase(person=world.amina, keep_contributions=True, typed=delete_word())
    else:
        sign_in(world.amina).post("/me/sign-out-elsewhere")
    assert client.get("/me").status_code == 302


def test_a_second_factor_makes_the_session_another(world, settings):
    world.hamisi.set_password("four-odd-words-here")
    world.hamisi.save()
    secret = generate_totp_secret()
    TOTP.activate(world.hamisi, secret)
    client = Client()
    client.post(
        "/staff/sign-in", {"login": "hamisi@example.org", "password": "four-odd-words-here"}
    )
    before = client.cookies["s"].value
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/staff/sign-in/second", {"code": code}).status_code == 302
    assert client.cookies["s"].value != before
    assert not Session.objects.filter(session_key=before).exists()
    assert client.get("/places/people").status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth tells of it after the commit
def test_setting_one_up_makes_it_another_too(world):
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    client = Client()
    world.hamisi.set_password("four-odd-words-here")
    world.hamisi.save()
    client.post(
        "/staff/sign-in", {"login": "hamisi@example.org", "password": "four-odd-words-here"}
    )
    assert client.get("/staff/second-factor/set-up").status_code == 200
    before, secret = client.cookies["s"].value, client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    response = client.post("/staff/second-factor/set-up", {"code": code})
    assert response.status_code == 302
    assert client.session["second_factor"]
    assert client.cookies["s"].value != before


def test_the_session_is_in_no_address_and_no_page(house, sign_in):
    client = sign_in(house.amina)
    key = client.cookies["s"].value
    for path in ("/", "/me", "/me/settings", "/communities"):
        response = client.get(path)
        assert key.encode() not in response.content
        assert key not in response.get("Location", "")


def test_cookies_of_a_deployment_are_secure_and_bound_to_the_host(tmp_path):
    environ = {
        "PATH": os.environ["PATH"],
        "STAFFROOM_DATA": str(tmp_path),
        "STAFFROOM_HOSTS": "staffroom.example.org",
        "DJANGO_SETTINGS_MODULE": "staffroom.config.settings",
    }
    program = (
        "from django.conf import settings as s;"
        "assert s.SESSION_COOKIE_NAME == '__Host-s';"
        "assert s.SESSION_COOKIE_SECURE and s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_SECURE;"
        "assert s.SESSION_COOKIE_SAMESITE == s.CSRF_COOKIE_SAMESITE == 'Lax';"
        "assert s.SESSION_COOKIE_PATH == '/' and s.SESSION_COOKIE_DOMAIN is None;"
        "assert s.SECURE_SSL_REDIRECT and s.SECURE_HSTS_SECONDS >= 31536000;"
        "assert not s.DEBUG and not s.USE_X_FORWARDED_HOST;"
        "assert s.ALLOWED_HOSTS == ['staffroom.example.org', 'localhost', '127.0.0.1', '[::1]']"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_other_cookies_are_flagged_too(world, sign_in):
    client = sign_in(world.amina)
    client.get("/me/settings")
    client.post("/language", {"language": "sw"})
    for name, cookie in client.cookies.items():
        assert cookie["samesite"] == "Lax" or name == "s", name
    assert client.cookies["l"]["httponly"]
