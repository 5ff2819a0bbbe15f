"""Guessing is counted, costs the same for right and wrong, and what does not exist sounds like what is closed."""

import contextlib
import re
import uuid

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.test import Client

from staffroom.core import limits
from staffroom.core.errors import Refused, TooMany
from staffroom.core.ids import short
from staffroom.people.actions import codes, sign_in
from staffroom.people.models import SignInCode
from tests.firewall.routes import all_routes
from tests.firewall.sample import address


def counted(monkeypatch, owner, name):
    calls = []
    real = getattr(owner, name)
    monkeypatch.setattr(
        owner, name, lambda *args, **kwargs: (calls.append(1), real(*args, **kwargs))[1]
    )
    return calls


def test_a_wrong_password_and_an_unknown_address_are_the_same_work(world, monkeypatch):
    world.hamisi.set_password("four-odd-words-here")
    world.hamisi.save()
    encoded = counted(monkeypatch, ScryptPasswordHasher, "encode")
    work = []
    for email in ("hamisi@example.org", "nobody@example.org"):
        encoded.clear()
        Client().post("/staff/sign-in", {"login": email, "password": "wrong"})
        work.append(len(encoded))
    assert work[0] == work[1] == 1


def test_codes_are_compared_in_constant_time(world, monkeypatch):
    """Right and wrong take the same comparison; nothing is compared with `==`."""
    compared = counted(monkeypatch, codes, "constant_time_compare")
    number = world.amina.phone
    for guess in ("right", "000000"):
        compared.clear()
        right = codes.make(phone=number, purpose=codes.Purpose.SIGN_IN, person=world.amina)
        with contextlib.suppress(Refused):
            codes.check(
                phone=number,
                code=right if guess == "right" else guess,
                purposes=[codes.Purpose.SIGN_IN],
            )
        assert len(compared) == 1, guess


def test_the_same_rows_are_made_for_a_number_that_nobody_has(world):
    for phone in ("0700000001", "0711999999"):
        before = SignInCode.objects.count()
        sign_in.begin_sign_in(phone, address="10.0.0.1")
        assert SignInCode.objects.count() == before + 1


#: What can be guessed or flooded, and after how many tries one must wait.
LIMITED = {
    "code-number": 5,
    "code-address": 120,
    "code-all": 3000,
    "try-number": 20,
    "try-address": 300,
    "new-number": 5,
    "password": 10,
    "password-address": 60,
    "second-factor": 10,
    "hand-over": 20,
    "find-person": 200,
    "invite": 60,
    "invite-phone": 30,
    "make-link": 20,
    "ask-to-join": 20,
    "found": 5,
    "posting": 10,
    "write": 60,
    "photo": 60,
    "draft": 400,
    "report": 20,
}


def test_each_limit_that_this_page_names_is_taken_somewhere():
    from tests.security.fuzz import SOURCE

    text = "\n".join(path.read_text() for path in SOURCE.rglob("*.py"))
    taken = set(re.findall(r'(?:limits\.take|_take)\(\s*"([\w-]+)"', text))
    assert set(LIMITED) <= taken, set(LIMITED) - taken


@pytest.mark.parametrize("name", LIMITED)
def test_a_limit_holds(name, db):
    for _ in range(3):
        limits.take(name, "somebody", limit=3, seconds=3600)
    with pytest.raises(TooMany) as refused:
        limits.take(name, "somebody", limit=3, seconds=3600)
    assert refused.value.retry_after > 0
    limits.take(name, "somebody else", limit=3, seconds=3600)


def test_a_limit_met_is_a_429_that_says_how_long(world):
    client = Client()
    for _ in range(6):
        response = client.post("/sign-in", {"phone": "0700000001"})
    assert response.status_code == 429
    assert b"wait" in response.content


def test_a_community_that_is_closed_to_me_sounds_like_none(house, sign_in):
    """Esther gets, byte for byte but for the token and the address, what she gets for nonsense."""
    real, none = short(house.maths.pk), short(uuid.uuid4())
    client = sign_in(house.esther)
    for route in all_routes():
        if route.rule not in {"inside", "member", "moderator", "desk"}:
            continue
        here = address(route, house)
        answers = []
        for url in (here, here.replace(real, none)):
            response = client.get(url)
            body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)
            answers.append((response.status_code, body.replace(url.encode(), b"")))
        assert answers[0] == answers[1], route


def test_ids_and_tokens_cannot_be_counted_through():
    from staffroom.core.ids import uuid7

    made = [uuid7() for _ in range(2000)]
    assert len({one.int & ((1 << 62) - 1) for one in made}) == 2000
    assert len({str(one)[:13] for one in made}) < 2000  # the time alone differs little
