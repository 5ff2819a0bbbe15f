"""The round: what is hard for each stands side by side; whoever did not share is not named."""

import pytest
from django.urls import reverse

from staffroom.communities.models import LeverChoice, Membership
from staffroom.conversations.models import Mute, Post
from staffroom.core import hooks
from staffroom.core.errors import NotYours, Refused
from staffroom.rhythm.actions import ice
from staffroom.rhythm.models import IceBreaker


def look(client, community, **query) -> str:
    answer = client.get(reverse("round", args=[community.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, community, text: str):
    return client.post(reverse("round", args=[community.pk]), {"text": text})


def test_each_shares_and_sees_those_of_the_others(world, sign_in):
    amina, nafula = sign_in(world.amina), sign_in(world.nafula)
    assert send(amina, world.maths, "Long division.").status_code == 302
    send(nafula, world.maths, "Sixty pupils.")
    html = look(nafula, world.maths)
    assert "Long division." in html
    assert "Sixty pupils." in html
    assert "Otieno" not in html  # has not shared
    assert "Otieno" not in look(amina, world.maths)


@pytest.mark.parametrize("name", ["esther", "farid", "daudi", "gathoni", "hamisi"])
def test_nobody_from_outside(name, world, sign_in):
    ice.share(by=world.amina, community=world.maths, text="Long division.")
    person = getattr(world, name)
    assert sign_in(person).get(reverse("round", args=[world.maths.pk])).status_code == 404
    assert send(sign_in(person), world.maths, "x").status_code == 404
    with pytest.raises(NotYours):
        ice.share(by=person, community=world.maths, text="x")


def test_new_words_for_it_and_taken_back(world, sign_in):
    amina = sign_in(world.amina)
    send(amina, world.maths, "Long division.")
    assert "Long division." in look(amina, world.maths, change="1")
    send(amina, world.maths, "Short division.")
    assert IceBreaker.objects.get().text == "Short division."
    amina.post(reverse("round_take_back", args=[world.maths.pk]))
    assert not IceBreaker.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "x" * 601])
def test_what_is_refused_is_shown_as_typed(text, world, sign_in):
    answer = send(sign_in(world.amina), world.maths, text)
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()
    assert not IceBreaker.objects.exists()


def test_it_becomes_a_question_once(world, sign_in):
    amina, url = sign_in(world.amina), reverse("round_ask", args=[world.maths.pk])
    assert amina.post(url).status_code == 404
    send(amina, world.maths, "Long division.")
    for _n in range(2):
        post = Post.objects.filter(kind="question").first()
        answer = amina.post(url)
        post = post or Post.objects.get(kind="question")
        assert answer["Location"] == reverse("question", args=[world.maths.pk, post.pk])
    assert (post.text, post.author) == ("Long division.", world.amina)
    assert "It became a question" in look(sign_in(world.nafula), world.maths)


def test_a_newcomer_is_asked_once_and_led_to_the_round(world, sign_in):
    membership = Membership.objects.get(person=world.nafula, community=world.maths)
    nafula, welcome = sign_in(world.nafula), reverse("welcome", args=[world.maths.pk])
    answer = nafula.post(welcome, {"write": "1"})
    assert answer["Location"] == reverse("round", args=[world.maths.pk])
    membership.refresh_from_db()
    assert membership.introduced_at


def test_sharing_breaks_the_ice(world):
    ice.share(by=world.nafula, community=world.maths, text="Sixty pupils.")
    assert Membership.objects.get(person=world.nafula, community=world.maths).introduced_at


def test_the_moderator_hides_with_a_reason_and_new_words_are_shown(world, sign_in):
    row = ice.share(by=world.otieno, community=world.maths, text="Pupil Juma is lazy.")
    url = reverse("round_hide", args=[world.maths.pk, row.pk])
    assert sign_in(world.amina).get(url).status_code == 404
    assert sign_in(world.baraka).post(url, {"why": ""}).status_code == 422
    sign_in(world.baraka).post(url, {"why": "A pupil is named."})
    assert "Juma" not in look(sign_in(world.amina), world.maths)
    assert "A pupil is named." in look(sign_in(world.otieno), world.maths)
    with pytest.raises(NotYours):
        ice.make_question(by=world.otieno, community=world.maths)
    send(sign_in(world.otieno), world.maths, "One pupil does not work.")
    assert "One pupil" in look(sign_in(world.amina), world.maths)


def test_switched_off_by_the_design_nobody_is_asked(world, sign_in):
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever="icebreaker", value="none"
    )
    assert "What is hard in your classroom" not in look(sign_in(world.amina), world.maths)
    with pytest.raises(Refused):
        ice.share(by=world.amina, community=world.maths, text="x")


def test_whom_one_muted_one_does_not_read(world, sign_in):
    ice.share(by=world.otieno, community=world.maths, text="Sixty pupils.")
    Mute.objects.create(person=world.amina, muted_person=world.otieno)
    assert "Sixty pupils." not in look(sign_in(world.amina), world.maths)


@pytest.mark.parametrize("keep", [True, False])
def test_taken_along_and_forgotten(keep, world, sign_in):
    ice.share(by=world.otieno, community=world.maths, text="Sixty pupils.")
    rows = [row for part in hooks.export_person.call(person=world.otieno) for row in part.get("icebreakers", [])]  # fmt: skip
    assert [row["text"] for row in rows] == ["Sixty pupils."]
    hooks.erase_person.call(person=world.otieno, keep_contributions=keep)
    html = look(sign_in(world.amina), world.maths)
    assert ("Sixty pupils." in html) == keep
    assert "Otieno" not in html


def test_two_accounts_of_one_person(world):
    ice.share(by=world.otieno, community=world.maths, text="Mine.")
    ice.share(by=world.nafula, community=world.maths, text="Also mine.")
    hooks.merge_people.call(keep=world.otieno, drop=world.nafula)
    assert IceBreaker.objects.get().text == "Mine."


@pytest.mark.parametrize("many", [10, 200])
def test_the_page_costs_the_same_with_many(many, world, sign_in, django_assert_max_num_queries):
    from tests.conftest import make_person

    IceBreaker.objects.bulk_create(
        IceBreaker(community=world.maths, person=make_person(f"Member {n}"), text=f"Hard {n}")
        for n in range(many)
    )
    amina = sign_in(world.amina)
    look(amina, world.maths)
    with django_assert_max_num_queries(18):
        look(amina, world.maths)
