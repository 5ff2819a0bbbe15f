"""Several tries at the same moment: a code opens once, a number has one account, guesses all count."""

import pytest

from staffroom.core.errors import Refused
from staffroom.core.models import AuditEntry
from staffroom.people import actions
from staffroom.people.actions import codes
from staffroom.people.actions.consent import agree
from staffroom.people.actions.erase import erase
from staffroom.people.models import Consent, Person, SignInCode
from tests.conversations.test_together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AMINA = "+254700000001"


def test_a_code_opens_once(world, last_code):
    actions.begin_sign_in(AMINA, address="x")
    code, opened = last_code(), []

    def confirm():
        opened.append(actions.confirm_sign_in(phone=AMINA, code=code, address="x"))

    raised = at_once(confirm, confirm, confirm, confirm)
    assert len(opened) == 1
    assert len(raised) == 3
    assert all(isinstance(error, Refused) for error in raised)


def test_guesses_at_once_are_five_and_no_more(world, last_code):
    actions.begin_sign_in(AMINA, address="x")
    wrong = f"{(int(last_code()) + 1) % 1_000_000:06}"

    def guess():
        actions.confirm_sign_in(phone=AMINA, code=wrong, address="x")

    assert len(at_once(*[guess] * 8)) == 8
    assert SignInCode.objects.get().attempts == codes.MAX_ATTEMPTS
    with pytest.raises(Refused, match="Five tries"):
        actions.confirm_sign_in(phone=AMINA, code=last_code(), address="x")


def test_a_number_gets_one_account(world):
    def make():
        actions.make_account(name="Zuhura Ali", phone="+254722222222")

    raised = at_once(make, make, make)
    assert len(raised) == 2
    assert all(isinstance(error, Refused) for error in raised)
    assert Person.objects.filter(phone="+254722222222").count() == 1


def test_agreeing_and_leaving_twice_are_once(world):
    newcomer = actions.make_account(name="Zuhura Ali", phone="+254722222222")
    assert not at_once(*[lambda: agree(person=newcomer)] * 3)
    assert Consent.objects.filter(person=newcomer).count() == 1

    def leave():
        erase(person=newcomer, keep_contributions=False, typed="delete me")

    assert not at_once(leave, leave, leave)
    assert AuditEntry.objects.filter(act="person.erased").count() == 1


def test_a_handed_over_code_enrols_once(world):
    newcomer = actions.make_account(name="Zuhura Ali", phone="+254722222222")
    code, opened = actions.hand_over_code(by=world.baraka, to=newcomer), []

    def confirm():
        opened.append(actions.confirm_sign_in(phone="+254722222222", code=code, address="x"))

    at_once(confirm, confirm)
    assert len(opened) == 1
