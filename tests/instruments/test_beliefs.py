"""Eight statements about teaching: answered once, seen by nobody else, a distance for placing."""

import pytest
from django.urls import reverse

from staffroom.communities import hooks as communities
from staffroom.core import hooks
from staffroom.core.errors import NotYours
from staffroom.instruments import beliefs, hosts
from staffroom.instruments.actions.beliefs import answer_beliefs, forget_beliefs
from staffroom.instruments.models import Instrument, Response

BUILDS = {key: 4 if key in beliefs.BUILDING else 1 for key in beliefs.STATEMENTS}


def stands(*people):
    return communities.beliefs.call(people={each.pk for each in people})[0]


def test_the_score_is_the_difference_of_two_means_of_four():
    assert beliefs.score(BUILDS) == 3
    assert (
        beliefs.score(dict.fromkeys(beliefs.STATEMENTS, 4)) == 0
    )  # agreeing with all says nothing
    assert sorted(beliefs.BUILDING + beliefs.TRANSMITTING) == sorted(beliefs.STATEMENTS)


def test_every_statement_is_there_in_three_languages():
    assert all(set(texts) == {"en", "sw", "ur"} for texts in beliefs.STATEMENTS.values())
    assert all(len(item.text) <= 600 for item in beliefs.items())


def test_answered_once_and_taken_back(world):
    answer_beliefs(by=world.amina, values=BUILDS)
    answer_beliefs(by=world.baraka, values=BUILDS | {"a": 4})
    assert stands(world.amina, world.daudi) == {world.amina.pk: 3.0}
    assert Instrument.objects.get().kind == "survey"
    forget_beliefs(by=world.amina)
    assert stands(world.amina) == {}
    assert stands(world.baraka) == {world.baraka.pk: 2.25}


def test_half_an_answer_is_no_distance(world):
    answer_beliefs(by=world.amina, values={"a": 1})
    assert stands(world.amina) == {}


def test_the_page_shows_them_to_their_author_alone(world, sign_in):
    browser, url = sign_in(world.amina), reverse("beliefs")
    refused = browser.post(url, {"a": "2"})
    assert refused.status_code == 422
    assert "Please choose one." in refused.content.decode()
    assert browser.post(url, BUILDS).status_code == 302
    assert browser.get(url).content.decode().count("checked") == 8
    assert "checked" not in sign_in(world.baraka).get(url).content.decode()
    assert sign_in(world.gathoni).get(url).status_code == 404


def test_nobody_reads_results_or_makes_one(world):
    answer_beliefs(by=world.amina, values=BUILDS)
    host, instrument = hosts.host(beliefs.HOST), Instrument.objects.get()
    for person in (world.amina, world.gathoni, world.esther):
        for check in (host.check_read, host.check_change):
            with pytest.raises(NotYours):
                check(person, instrument)


@pytest.mark.parametrize("keep", [True, False])
def test_erased_with_the_account_in_any_case(world, keep):
    answer_beliefs(by=world.amina, values=BUILDS)
    told = {k: v for part in hooks.export_person.call(person=world.amina) for k, v in part.items()}
    assert len(told["responses"][0]["answers"]) == 8
    hooks.erase_person.call(person=world.amina, keep_contributions=keep)
    assert not Response.objects.exists()
