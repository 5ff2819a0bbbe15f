import pytest
from django.db import IntegrityError

from staffroom.people.models import Person

NEW = "+254744444444"


def ask(client, phone="0744 444 444"):
    return client.post("/me/phone", {"phone": phone})


def give(client, code):
    return client.post("/me/phone/code", {"code": code})


def number_of(person) -> str:
    return str(Person.objects.get(pk=person.pk).phone)


def test_the_number_changes_and_the_old_one_is_told(world, sign_in, messages, last_code):
    client, elsewhere = sign_in(world.amina), sign_in(world.amina)
    assert ask(client)["Location"] == "/me/phone/code"
    assert messages()[0][0] == NEW
    assert number_of(world.amina) == "+254700000001"
    assert give(client, last_code())["Location"] == "/me"
    assert number_of(world.amina) == NEW
    to, text = messages()[-1]
    assert to == "+254700000001"
    assert "744444444" not in text
    assert client.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 302


def test_a_wrong_code_changes_nothing(world, sign_in, last_code):
    client = sign_in(world.amina)
    ask(client)
    wrong = f"{(int(last_code()) + 1) % 1_000_000:06}"
    response = give(client, wrong)
    assert response.status_code == 422
    assert number_of(world.amina) == "+254700000001"


def test_a_number_of_somebody_else_gets_the_same_answer_and_no_message(world, sign_in, messages):
    client = sign_in(world.amina)
    assert ask(client, "+254700000002")["Location"] == "/me/phone/code"
    assert not messages()
    assert give(client, "000000").status_code == 422
    assert number_of(world.baraka) == "+254700000002"


def test_a_code_for_one_person_changes_no_other(world, sign_in, last_code):
    ask(sign_in(world.amina))
    thief = sign_in(world.farid)
    session = thief.session
    session["new_number"] = {"phone": NEW, "spoken": NEW, "shown_code": None}
    session.save()
    assert give(thief, last_code()).status_code == 422
    assert number_of(world.farid) == "+254700000006"


def test_a_number_taken_meanwhile_is_told(world, sign_in, last_code):
    client = sign_in(world.amina)
    ask(client)
    Person.objects.filter(pk=world.farid.pk).update(phone=NEW)
    response = give(client, last_code())
    assert response.status_code == 422
    assert "another account" in response.content.decode()
    assert number_of(world.amina) == "+254700000001"


def test_the_same_number_and_a_bad_one(world, sign_in):
    client = sign_in(world.amina)
    assert "already" in ask(client, "0700000001").content.decode()
    assert ask(client, "12").status_code == 422
    assert client.get("/me/phone/code")["Location"] == "/me/phone"


def test_two_people_never_have_one_number(world):
    with pytest.raises(IntegrityError):
        Person.objects.filter(pk=world.amina.pk).update(phone="+254700000002")
