"""A broker is a member of both communities and accepted by both."""

import pytest

from staffroom.communities.actions.leaving import leave
from staffroom.communities.models import Membership, Term
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.edges.actions import brokers
from staffroom.edges.models import Broker, BrokerWord
from staffroom.edges.queries.brokers import brokers_here
from staffroom.edges.queries.sisters import sister_ids
from staffroom.edges.queries.waiting import rows
from staffroom.people.actions.erase import delete_word, erase
from staffroom.places.models import Supervision
from tests.conftest import LONG_AGO, make_community, make_person
from tests.edges.conftest import again, days, delivered

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(world):
    world.broker = brokers.offer(
        by=world.amina, community_id=world.maths.pk, other_id=world.sister.pk
    )
    return world


def url(community, broker=None):
    return f"/c/{short(community.pk)}/brokers" + (f"/{short(broker.pk)}" if broker else "")


def test_offering_again_is_the_same_offer(offered):
    same = brokers.offer(
        by=offered.amina, community_id=offered.sister.pk, other_id=offered.maths.pk
    )
    assert same.pk == offered.broker.pk


def test_whoever_is_not_in_both_cannot_offer(world):
    for person in (world.baraka, world.daudi, world.chausiku, world.esther, world.farid):
        with pytest.raises(NotYours):
            brokers.offer(by=person, community_id=world.maths.pk, other_id=world.sister.pk)


def test_the_moderators_yes_counts_at_once_and_the_other_has_a_week(offered):
    brokers.say(by=offered.baraka, broker=offered.broker, community=offered.maths, accepts=True)
    assert sister_ids(offered.maths) == set()
    with pretend(now() + days(8)):
        brokers.nightly(now())
    assert sister_ids(offered.maths) == {offered.sister.pk}
    assert sister_ids(offered.sister) == {offered.maths.pk}


def test_before_the_week_is_over_nothing_is_accepted(offered):
    brokers.nightly(now())
    assert Broker.objects.get().accepted_at is None


def test_enough_noes_end_it(offered):
    for person in (offered.nafula, offered.otieno):
        brokers.say(by=person, broker=offered.broker, community=offered.maths, accepts=False)
    with pretend(now() + days(8)):
        brokers.nightly(now())
    assert Broker.objects.get().ended_at is not None
    assert sister_ids(offered.maths) == set()


def test_a_no_can_be_taken_back(offered):
    for accepts in (False, True):
        brokers.say(
            by=offered.nafula, broker=offered.broker, community=offered.maths, accepts=accepts
        )
    assert BrokerWord.objects.get().accepts


def test_nobody_speaks_about_oneself_nor_for_the_other_community(offered):
    with pytest.raises(NotYours):
        brokers.say(by=offered.amina, broker=offered.broker, community=offered.maths, accepts=True)
    with pytest.raises(NotYours):
        brokers.say(
            by=offered.baraka, broker=offered.broker, community=offered.sister, accepts=True
        )


def test_a_supervisor_between_them_refuses_it(world):
    Supervision.objects.create(supervisor=world.daudi, person=world.otieno, starts=LONG_AGO)
    with pytest.raises(Refused):
        brokers.offer(by=world.amina, community_id=world.maths.pk, other_id=world.sister.pk)


def test_one_that_comes_later_ends_it(between):
    Supervision.objects.create(supervisor=between.daudi, person=between.otieno, starts=LONG_AGO)
    brokers.nightly(now())
    assert sister_ids(between.maths) == set()


def test_it_ends_with_leaving_either(between):
    leave(person=between.amina, community_id=between.sister.pk)
    assert sister_ids(between.maths) == set()  # at once
    delivered()
    assert Broker.objects.get().ended_at is not None


def test_a_moderator_asks_not_knowing_where_else_she_is(world, sign_in):
    client = sign_in(world.baraka)
    said = client.get(url(world.maths)).content.decode()
    assert "Science, Kitui East" not in said
    client.post(url(world.maths), {"do": "ask", "person": short(world.amina.pk)})
    broker = Broker.objects.get()
    here = [again(world.maths)]
    assert "Would you carry" in rows(world.amina, here)[0]["title"]
    assert rows(world.nafula, here) == []
    assert "Amina" not in sign_in(world.nafula).get(url(world.maths)).content.decode()
    answer = {"do": "answer", "other": short(world.sister.pk)}
    assert sign_in(world.nafula).post(url(world.maths, broker), answer).status_code == 404
    sign_in(world.amina).post(url(world.maths, broker), answer)
    assert Broker.objects.get().offered_at is not None


def test_whoever_is_asked_may_say_no(world, sign_in):
    broker = brokers.ask(by=world.baraka, community_id=world.maths.pk, person_id=world.nafula.pk)
    sign_in(world.nafula).post(url(world.maths, broker), {"do": "refuse"})
    assert Broker.objects.get().ended_at is not None
    with pytest.raises(NotYours):
        brokers.ask(by=world.nafula, community_id=world.maths.pk, person_id=world.amina.pk)


def test_both_pages_name_the_broker_as_long_as_she_likes(between, sign_in):
    about = f"/c/{short(between.sister.pk)}/about"
    assert "Brokers" in sign_in(between.daudi).get(about).content.decode()
    assert "Amina Hassan" in sign_in(between.daudi).get(url(between.sister)).content.decode()
    sign_in(between.amina).post(url(between.maths, between.broker), {"do": "hide"})
    assert "Amina Hassan" not in sign_in(between.daudi).get(url(between.sister)).content.decode()
    assert sister_ids(between.maths)  # she carries all the same


def test_who_ends_it(between):
    for person in (between.nafula, between.daudi, between.esther):
        with pytest.raises(NotYours):
            brokers.end(by=person, broker=between.broker)
    brokers.end(by=between.baraka, broker=between.broker)
    assert Broker.objects.get().ended_at is not None


def test_strangers_get_nothing(between, sign_in):
    for person in (between.esther, between.farid, between.gathoni):
        assert sign_in(person).get(url(between.maths)).status_code == 404
        told = sign_in(person).post(url(between.maths, between.broker), {"do": "end"})
        assert told.status_code == 404


def test_nonsense_is_refused_in_words(world, sign_in):
    told = sign_in(world.amina).post(url(world.maths), {"do": "offer", "other": "nonsense"})
    assert told.status_code == 422
    assert "Please choose one." in told.content.decode()


def test_an_erased_broker_is_forgotten(between):
    erase(person=between.amina, keep_contributions=True, typed=delete_word())
    assert not Broker.objects.exists()


def test_the_page_costs_the_same_with_many(between, django_assert_max_num_queries):
    for number in range(12):
        person = make_person(f"Broker {number}")
        other = make_community(between.programme, f"Other {number}", person)
        Membership.objects.create(
            community=between.maths, person=person, state="active", joined_at=now()
        )
        brokers.offer(by=person, community_id=between.maths.pk, other_id=other.pk)
    with django_assert_max_num_queries(4):
        assert len(brokers_here(between.maths, between.nafula)) == 13


def test_a_community_without_moderator_waits_the_week(offered):
    Term.objects.all().delete()
    brokers.say(by=offered.nafula, broker=offered.broker, community=offered.maths, accepts=True)
    assert Broker.objects.get().accepted_at is None
