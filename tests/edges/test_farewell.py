"""A community that closes well thanks its members: each sees what they gave and took."""

import pytest

from staffroom.communities.actions import stages
from staffroom.conversations.actions import answer, ask, ask_without_name, help, thank
from staffroom.core.clock import now, pretend
from staffroom.core.ids import short
from tests.conftest import make_community
from tests.edges.conftest import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(world):
    question = ask(by=world.nafula, community=world.maths, text="Why turn it over?")
    ask_without_name(by=world.otieno, community=world.maths, text="Am I slow?")
    made = answer(by=world.amina, question=question, text="Share half a mandazi.")
    help(by=world.nafula, answer=made)
    thank(by=world.otieno, post=made)
    stages.close(by=world.baraka, community_id=world.maths.pk, words="Asanteni, all of you.")
    return world


def url(world):
    return f"/c/{short(world.maths.pk)}/farewell"


def test_what_each_gave_and_took(closed, sign_in):
    gave = sign_in(closed.amina).get(url(closed)).content.decode()
    assert "Asanteni, all of you." in gave
    assert "Share half a mandazi." in gave
    took = sign_in(closed.nafula).get(url(closed)).content.decode()
    assert "Why turn it over?" in took
    assert "Share half a mandazi." in took


def test_what_was_asked_without_a_name_stands_on_the_askers_page_alone(closed, sign_in):
    assert "Am I slow?" in sign_in(closed.otieno).get(url(closed)).content.decode()
    assert "Am I slow?" not in sign_in(closed.nafula).get(url(closed)).content.decode()


def test_as_a_text_to_keep(closed, sign_in):
    kept = sign_in(closed.amina).get(url(closed) + "?file")
    assert kept["Content-Type"].startswith("text/plain")
    assert "attachment" in kept["Content-Disposition"]
    assert "Share half a mandazi." in kept.content.decode()


def test_it_is_found_from_today_the_stream_and_the_page(closed, sign_in):
    client = sign_in(closed.nafula)
    for page in ("/", f"/c/{short(closed.maths.pk)}/", f"/c/{short(closed.maths.pk)}/about"):
        assert url(closed) in client.get(page).content.decode()
    with pretend(now() + days(8)):
        assert url(closed) not in client.get("/").content.decode()


def test_another_community_is_offered(closed, sign_in):
    make_community(closed.programme, "Mathematics, Kitui", closed.farid)
    assert "Mathematics, Kitui" in sign_in(closed.nafula).get(url(closed)).content.decode()


def test_only_members_and_only_when_it_has_closed(closed, sign_in):
    for person in (closed.chausiku, closed.daudi, closed.esther, closed.farid, closed.gathoni):
        assert sign_in(person).get(url(closed)).status_code == 404
    open_one = f"/c/{short(closed.sister.pk)}/farewell"
    assert sign_in(closed.amina).get(open_one).status_code == 404
    # The adviser reads on, and is sent nowhere that is not hers.
    assert url(closed) not in sign_in(closed.chausiku).get("/").content.decode()
