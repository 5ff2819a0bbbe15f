import datetime as dt

import pytest
import time_machine
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.communities.actions import inviting
from staffroom.core import clock
from staffroom.core.errors import Refused, TooMany
from staffroom.core.models import OutboxEntry
from staffroom.people import actions
from staffroom.people.models import Person, SignInCode

AMINA = "+254700000001"


def ask(client, phone=AMINA, **more):
    return client.post("/sign-in", {"phone": phone, **more})


def give(client, code, **more):
    return client.post("/sign-in/code", {"code": code, "whose": "own", **more})


def is_in(client, person) -> bool:
    request = type("R", (), {"session": client.session})()
    return get_user(request).pk == person.pk


def link_to(world):
    invitation = inviting.make_link(by=world.amina, community_id=world.maths.pk)
    return invitation, inviting.token_of(invitation)


@pytest.fixture
def browser():
    return Client()


def another_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_amina_comes_in_with_her_number_as_she_dials_it(world, browser, last_code):
    assert ask(browser, "0700 000 001").status_code == 302
    response = give(browser, last_code())
    assert response["Location"] == "/"
    assert is_in(browser, world.amina)


@pytest.mark.parametrize(
    "typed", ["+254700000001", "00254 700 000001", "254700000001", "(0700) 000-001", "٠٧٠٠٠٠٠٠٠١"]
)
def test_every_way_to_write_a_number(world, browser, messages, typed):
    ask(browser, typed)
    assert [to for to, _ in messages()] == [AMINA]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "write your phone number"),
        ("07", "too few digits"),
        ("0700 000 0011 22 33", "too many digits"),
        ("hello", "not a phone number"),
        ("+999 123 456 789", "No country has this code"),
        ("<script>alert(1)</script>", "not a phone number"),
    ],
)
def test_a_bad_number_is_explained_and_kept(world, browser, messages, typed, words):
    response = ask(browser, typed)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert b"<script>alert" not in response.content
    assert response.context["form"]["phone"].value() == typed
    assert not messages()


def test_without_a_programme_a_number_needs_its_country(db, browser, settings):
    response = ask(browser, "0700 000 001")
    assert "country code" in response.content.decode()
    settings.PHONENUMBER_DEFAULT_REGION = "KE"
    assert ask(browser, "0700 000 001").status_code == 302


def test_a_stranger_gets_the_same_answer_and_no_message(world, messages):
    known, unknown = Client(), Client()
    answers = [ask(known, AMINA), ask(unknown, "+254711111111")]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0]["Location"] == answers[1]["Location"]
    pages = [
        client.get("/sign-in/code").content.decode().replace("\u00a0", " ").replace(number, "N")
        for client, number in [(known, "+254 700 000001"), (unknown, "+254 711 111111")]
    ]
    strip = [page.split("csrfmiddlewaretoken")[0] for page in pages]
    assert strip[0] == strip[1]
    assert [to for to, _ in messages()] == [AMINA]
    wrong = [give(known, "000000"), give(unknown, "000000")]
    assert wrong[0].status_code == wrong[1].status_code == 422
    assert wrong[0].context["form"].errors == wrong[1].context["form"].errors


def test_known_and_unknown_numbers_cost_the_same_questions(world):
    actions.begin_sign_in("+254722222222", address="here")  # opens the windows of the limits
    counts = []
    for phone in (AMINA, "+254711111111"):
        with CaptureQueriesContext(connection) as queries:
            actions.begin_sign_in(phone, address="here")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert SignInCode.objects.count() == 3
    assert OutboxEntry.objects.count() == 3


def test_codes_are_kept_as_hashes_without_the_number(world, browser, last_code):
    ask(browser)
    row = SignInCode.objects.get()
    kept = f"{row.number_hash} {row.code_hash}"
    assert last_code() not in kept
    assert "700000001" not in kept
    assert len(row.code_hash) == 64


def test_a_wrong_code_is_told_and_the_number_stays(world, browser, last_code):
    ask(browser)
    response = give(browser, another_than(last_code()))
    assert response.status_code == 422
    assert "not the code" in response.content.decode()
    assert "+254\u00a0700\u00a0000001" in response.content.decode()
    assert give(browser, last_code()).status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1234", "These are 4"),
        ("1", "This is 1"),
        ("12345678", "These are 8"),
        ("12a456", "nothing else"),
    ],
)
def test_a_slip_is_told_and_costs_no_try(world, browser, last_code, typed, words):
    ask(browser)
    assert words in give(browser, typed).content.decode()
    assert SignInCode.objects.get().attempts == 0


def test_spaces_and_other_digits_are_read(world, browser, last_code):
    ask(browser)
    arabic = last_code().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert give(browser, f" {arabic[:3]} {arabic[3:]} ").status_code == 302


def test_five_wrong_tries_end_a_code(world, browser, last_code):
    ask(browser)
    right = last_code()
    for _ in range(5):
        response = give(browser, another_than(right))
    assert "Five tries" in response.content.decode()
    assert "Five tries" in give(browser, right).content.decode()
    assert not is_in(browser, world.amina)


def test_a_code_works_once(world, browser, last_code):
    ask(browser)
    right = last_code()
    give(browser, right)
    other = Client()
    ask(other, have_code="1")
    assert "used before" in give(other, right).content.decode()


def test_a_code_ends_after_ten_minutes(world, browser, last_code):
    start = clock.now()
    with time_machine.travel(start, tick=False):
        ask(browser)
    right = last_code()
    with time_machine.travel(start + dt.timedelta(minutes=10), tick=False):
        assert "too old" in give(browser, right).content.decode()
    with time_machine.travel(start + dt.timedelta(minutes=9, seconds=59), tick=False):
        assert give(browser, right).status_code == 302


def test_a_new_code_replaces_the_old(world, browser, last_code):
    ask(browser)
    old = last_code()
    browser.post("/sign-in/again")
    if last_code() == old:  # one in a million
        browser.post("/sign-in/again")
    assert "not the code" in give(browser, old).content.decode()
    assert give(browser, last_code()).status_code == 302


def test_codes_of_one_number_open_no_other(world, browser, last_code):
    ask(browser, "+254700000002")
    ask(browser, AMINA, have_code="1")
    assert give(browser, last_code()).status_code == 422


def test_five_codes_an_hour_for_a_number(world, browser, messages):
    for _ in range(5):
        assert ask(browser).status_code == 302
    response = ask(browser)
    assert response.status_code == 429
    assert "minutes" in response.content.decode()
    assert response.context["form"]["phone"].value() == AMINA
    assert len(messages()) == 5
    assert ask(Client(), "+254700000002").status_code == 302


def test_one_address_cannot_ask_for_everyone(world):
    for number in range(120):
        actions.begin_sign_in(f"+2547110{number:05}", address="41.90.1.1")
    with pytest.raises(TooMany):
        actions.begin_sign_in("+254711099998", address="41.90.1.1")
    actions.begin_sign_in("+254711099999", address="41.90.1.2")


def test_guesses_are_counted_over_all_codes(world, last_code):
    guess = {"phone": AMINA, "code": "000000", "address": "x"}
    for _ in range(20):
        SignInCode.objects.all().delete()
        with pytest.raises(Refused, match="not the code"):
            actions.confirm_sign_in(**guess)
    with pytest.raises(TooMany):
        actions.confirm_sign_in(**guess)


def test_the_session_is_another_after_sign_in(world, browser, last_code):
    ask(browser)
    before = browser.session.session_key
    give(browser, last_code())
    assert browser.session.session_key != before
    assert "sign_in" not in browser.session


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/me/profile", "/me/profile"),
        ("/me?x=1", "/me?x=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example", "/"),
        ("me", "/"),
    ],
)
def test_next_leads_to_own_pages_only(world, browser, last_code, wanted, goes):
    ask(browser, next=wanted)
    assert give(browser, last_code(), next=wanted)["Location"] == goes


def test_whoever_is_sent_to_sign_in_comes_back(world, browser, last_code):
    sent = browser.get("/me/profile")
    assert sent["Location"] == "/sign-in?next=/me/profile"
    page = browser.post(sent["Location"], {"phone": AMINA})
    assert page["Location"] == "/sign-in/code?next=%2Fme%2Fprofile"


def test_an_invited_stranger_gets_an_account_at_the_code(world, browser, last_code):
    _invitation, token = link_to(world)
    browser.cookies["l"] = "sw"
    browser.get(f"/join/{token}")
    ask(browser, "0711 111 111")
    assert not Person.objects.filter(phone="+254711111111").exists()
    assert give(browser, last_code()).status_code == 302
    person = Person.objects.get(phone="+254711111111")
    assert is_in(browser, person)
    assert person.language == "sw"
    assert browser.session["invitation"] == token
    assert browser.get("/")["Location"] == "/consent?next=%2F"


def test_an_invitation_withdrawn_meanwhile_makes_no_account(world, browser, messages):
    invitation, token = link_to(world)
    browser.get(f"/join/{token}")
    type(invitation).objects.filter(pk=invitation.pk).update(withdrawn_at=clock.now())
    ask(browser, "0711 111 111")
    assert not messages()


def test_a_code_asked_without_invitation_makes_no_account(world, browser):
    ask(browser, "0711 111 111")
    row = SignInCode.objects.get()
    from staffroom.people.actions import codes

    row.code_hash = codes._code_hash(row, "123456")
    row.save()
    assert give(browser, "123456").status_code == 422
    assert not Person.objects.filter(phone="+254711111111").exists()


@pytest.mark.parametrize("who", ["staff", "gone"])
def test_staff_and_those_who_left_have_no_code(world, browser, messages, who):
    person = world.gathoni if who == "staff" else world.amina
    if who == "gone":
        Person.objects.filter(pk=person.pk).update(is_active=False)
    assert ask(browser, str(person.phone)).status_code == 302
    assert not messages()


def test_only_in_demo_the_code_is_shown(world, browser, settings, last_code):
    ask(browser)
    assert last_code() not in browser.get("/sign-in/code").content.decode()
    settings.DEMO = True
    ask(browser)
    assert last_code() in browser.get("/sign-in/code").content.decode()


def test_sign_in_without_the_first_page_goes_back_to_it(db, browser):
    assert browser.get("/sign-in/code")["Location"].startswith("/sign-in")
    assert give(browser, "123456")["Location"].startswith("/sign-in")
    assert browser.post("/sign-in/again")["Location"] == "/sign-in"


def test_sign_out_forgets_everything(world, sign_in):
    client = sign_in(world.amina)
    assert client.get("/sign-out").status_code == 405
    response = client.post("/sign-out")
    assert response["Location"] == "/sign-in"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/me").status_code == 302
    assert client.post("/sign-out").status_code == 302  # harmless when repeated


def test_the_other_phone_is_signed_out_from_here(world, sign_in):
    here, there = sign_in(world.amina), sign_in(world.amina)
    assert there.get("/me").status_code == 200
    here.post(reverse("sign_out_elsewhere"))
    assert here.get("/me").status_code == 200
    assert there.get("/me").status_code == 302


def test_writes_are_protected_against_forgery(world, last_code):
    strict = Client(enforce_csrf_checks=True)
    for path in ("/sign-in", "/sign-in/code", "/sign-out", "/language", "/consent"):
        assert strict.post(path, {}).status_code == 403, path
