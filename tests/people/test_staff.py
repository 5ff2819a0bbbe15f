import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from staffroom.core.errors import Refused
from staffroom.core.models import AuditEntry, RateCount
from staffroom.people.actions import staff as actions
from staffroom.people.actions.consent import agree

pytestmark = pytest.mark.django_db(transaction=True)  # allauth acts when a transaction commits

PASSWORD = "four-odd-words-here"


def totp(secret: str, steps: int = 0) -> str:
    """The code that an authenticator app shows, `steps` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def officer(world):
    person = actions.make_staff(name="Imani Wanjiru", email="Imani@Example.org")
    agree(person=person)
    return person


def set_password(person, client=None, password=PASSWORD):
    client = client or Client()
    link = actions.password_link(person)
    return client.post(link, {"password": password, "again": password})


def by_password(email="imani@example.org", password=PASSWORD, client=None):
    client = client or Client()
    return client, client.post("/staff/sign-in", {"login": email, "password": password})


def set_up(client) -> str:
    """Set up the second factor as on the page; the secret."""
    page = client.get("/staff/second-factor/set-up")
    if page.status_code == 302:  # the password once more
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get("/staff/second-factor/set-up")
    secret = re.search(r'id="secret">([A-Z2-7]+)<', page.content.decode()).group(1)
    assert "<svg" in page.content.decode()
    assert "data:" not in page.content.decode()
    response = client.post("/staff/second-factor/set-up", {"code": totp(secret)})
    assert response.status_code == 302, response.content.decode()
    return secret


@pytest.fixture
def ready(officer):
    """Password and second factor set up; the person and the secret."""
    set_password(officer)
    client, _ = by_password()
    secret = set_up(client)
    cache.clear()
    RateCount.objects.all().delete()
    return officer, secret, client


def test_from_the_link_to_the_first_page(ready):
    officer, _, client = ready
    assert client.get("/me").status_code == 200
    assert client.session.get_expiry_age() <= 12 * 3600
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r'<li class="n">', codes)) == 10
    assert Authenticator.objects.filter(user=officer).count() == 2


def test_password_and_code_both_are_needed(ready):
    _, secret, _ = ready
    client, response = by_password()
    assert response["Location"] == "/staff/sign-in/second"
    assert client.get("/me")["Location"].startswith("/sign-in")
    wrong = client.post("/staff/sign-in/second", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/me").status_code == 302
    right = client.post(
        "/staff/sign-in/second", {"code": f" {totp(secret, 1)[:3]} {totp(secret, 1)[3:]} "}
    )
    assert right.status_code == 302
    assert client.get("/me").status_code == 200
    assert client.session.get_expiry_age() <= 12 * 3600


def test_a_code_of_the_app_works_once_even_in_another_process(ready):
    _, secret, _ = ready
    code = totp(secret, 1)
    first, _ = by_password()
    assert first.post("/staff/sign-in/second", {"code": code}).status_code == 302
    cache.clear()  # another process knows nothing of this one's memory
    second, _ = by_password()
    assert "used before" in second.post("/staff/sign-in/second", {"code": code}).content.decode()
    assert second.get("/me").status_code == 302


def test_a_code_used_twice_is_refused_written_down_and_told(ready):
    officer, secret, _ = ready
    code = totp(secret, 1)
    first, _ = by_password()
    first.post("/staff/sign-in/second", {"code": code})
    second, _ = by_password()
    second.post("/staff/sign-in/second", {"code": code})
    assert second.get("/me").status_code == 302
    second.post("/staff/sign-in/second", {"code": "000000"})
    assert AuditEntry.objects.filter(act="staff.second_factor_failed").count() == 1
    assert AuditEntry.objects.get(act="staff.second_factor_again").on_id == officer.pk
    assert "a second time" in first.get("/me").content.decode()


def test_the_code_of_the_set_up_opens_nothing_a_second_time(ready):
    officer, secret, _ = ready
    kept = Authenticator.objects.get(user=officer, type=Authenticator.Type.TOTP).data
    code = format_hotp_value(hotp_value(secret, kept["last_counter"]))
    client, _ = by_password()
    assert "used before" in client.post("/staff/sign-in/second", {"code": code}).content.decode()


def test_a_spare_code_works_once(ready):
    _, _, client = ready
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    spare = re.search(r'<li class="n">(\w+)</li>', page).group(1)
    other, _ = by_password()
    assert other.post("/staff/sign-in/second", {"code": spare}).status_code == 302
    third, _ = by_password()
    assert third.post("/staff/sign-in/second", {"code": spare}).status_code == 200


def test_without_second_factor_nothing_opens_but_its_set_up(officer):
    set_password(officer)
    client, response = by_password()
    assert response.status_code == 302
    for path in ("/", "/me", "/me/profile", "/me/export", "/communities", "/consent"):
        assert client.get(path)["Location"] == "/staff/second-factor/set-up", path
    assert client.post("/me/export/file").status_code == 302
    assert client.post("/sign-out").status_code == 302


def test_a_session_that_did_not_use_its_factor_ends(ready, sign_in):
    officer, _, _ = ready
    officer.refresh_from_db()
    client = sign_in(officer)
    session = client.session
    session["second_factor"] = False
    session.save()
    assert client.get("/me")["Location"].startswith("/staff/sign-in")
    assert "_auth_user_id" not in client.session


def test_a_fresh_password_is_not_asked_for_twice(officer):
    set_password(officer)
    client, _ = by_password()
    assert client.get("/staff/second-factor/set-up").status_code == 200


def test_an_old_session_gives_the_password_before_it_changes_protection(ready):
    _, _, client = ready
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 1000
    session.save()
    assert client.get("/staff/second-factor/other-phone")["Location"].startswith("/staff/again")
    assert client.post("/staff/second-factor/other-phone")["Location"].startswith("/staff/again")
    wrong = client.post("/staff/again", {"password": "wrong"})
    assert "not your password" in wrong.content.decode()


def test_members_have_no_password(world):
    world.amina.email = "amina@example.org"
    world.amina.set_password(PASSWORD)
    world.amina.save()
    client, response = by_password("amina@example.org")
    assert response.status_code == 200
    assert client.get("/me").status_code == 302


def test_wrong_and_unknown_sound_alike(officer):
    set_password(officer)
    _, wrong = by_password(password="something else")
    _, unknown = by_password("nobody@example.org")
    said = [response.context["form"].errors.as_text() for response in (wrong, unknown)]
    assert said[0] == said[1]


def test_ten_passwords_in_a_quarter_of_an_hour(officer):
    set_password(officer)
    for _ in range(10):
        by_password(password="wrong")
    _, response = by_password()
    assert "too often" in response.content.decode()


def test_ten_codes_in_a_quarter_of_an_hour(ready):
    _, secret, _ = ready
    client, _ = by_password()
    for _ in range(10):
        client.post("/staff/sign-in/second", {"code": "000000"})
    response = client.post("/staff/sign-in/second", {"code": totp(secret, 1)})
    assert "too often" in response.content.decode()


def test_the_link_works_once(officer):
    link = actions.password_link(officer)
    assert Client().get(link).status_code == 200
    assert Client().post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    again = Client().post(link, {"password": "another-four-words", "again": "another-four-words"})
    assert again.status_code == 422
    assert "used before" in again.content.decode()


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "too short"),
        ("password123", "password123", "too common"),
        ("imani@example.org", "imani@example.org", "too similar"),
        (PASSWORD, "another one", "differ"),
    ],
)
def test_a_weak_password_is_refused(officer, password, again, words):
    response = Client().post(actions.password_link(officer), {"password": password, "again": again})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_lost_phone_is_replaced(ready):
    officer, _, client = ready
    page = client.get(reverse("mfa_deactivate_totp"))
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=officer).exists()
    assert client.get("/me")["Location"] == "/staff/second-factor/set-up"


def test_starting_again_ends_sessions_and_factors(ready):
    officer, _, client = ready
    actions.start_again(person=officer)
    assert client.get("/me").status_code == 302
    assert not Authenticator.objects.filter(user=officer).exists()
    _, response = by_password()
    assert response.status_code == 200


def test_no_page_to_sign_up(db):
    for path in ("/staff/signup", "/accounts/signup/", "/accounts/login/"):
        assert Client().get(path).status_code == 404


def test_an_email_that_is_none(db):
    with pytest.raises(Refused, match="not an e-mail"):
        actions.make_staff(name="X", email="imani(at)example")


def test_the_same_email_twice(officer):
    with pytest.raises(Refused, match="already"):
        actions.make_staff(name="Other", email="IMANI@example.org")
