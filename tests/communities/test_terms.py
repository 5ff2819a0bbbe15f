import datetime as dt
import random

import pytest

from staffroom.communities import clockwork, queries
from staffroom.communities.actions import elections, leaving, terms
from staffroom.communities.models import Ballot, Election, LeverChoice, Term
from staffroom.communities.queries.terms import by_turn, open_offer
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused


def later(**delta):
    return pretend(now() + dt.timedelta(**delta))


def choose(world, value, key="moderation"):
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever=key, value=value
    )


def test_the_next_by_turn_is_asked_before_the_term_ends(world):
    clockwork.tend(world.maths.pk)
    assert open_offer(world.maths) is None
    with later(days=24):
        clockwork.tend(world.maths.pk)
        offer = open_offer(world.maths)
        assert offer.how == "turn"
        assert offer.person_id == by_turn(world.maths)[0] != world.baraka.pk
        terms.answer_offer(person=offer.person, term_id=offer.pk, accepts=True)
        assert queries.current_term(world.maths).person == world.baraka
    with later(days=29):
        clockwork.nightly(now())
        term = queries.current_term(world.maths)
        assert term.person == offer.person
        assert term.planned_end - now() == terms.FOUR_WEEKS


def test_whoever_has_not_served_comes_first(world):
    order = by_turn(world.maths)
    assert order[-1] == world.baraka.pk
    assert set(order) == queries.active_ids(world.maths)


def test_a_refusal_is_followed_by_lots_until_nobody_is_left(world):
    with later(days=29):
        asked = []
        clockwork.nightly(now())
        while offer := open_offer(world.maths):
            asked.append((offer.how, offer.person_id))
            terms.answer_offer(person=offer.person, term_id=offer.pk, accepts=False)
        assert [how for how, _ in asked] == ["turn", "lot", "lot", "lot"]
        assert {who for _, who in asked} == queries.active_ids(world.maths)
        assert queries.current_term(world.maths) is None
        term = terms.volunteer(person=world.amina, community_id=world.maths.pk)
        assert term.how == "volunteer"
        assert queries.current_term(world.maths) == term


def test_an_offer_that_nobody_answers_lapses(world):
    with later(days=29):
        clockwork.nightly(now())
        first = open_offer(world.maths)
    with later(days=33):
        clockwork.nightly(now())
        assert open_offer(world.maths).person_id != first.person_id


def test_extending_once(world):
    end = queries.current_term(world.maths).planned_end
    terms.extend(person=world.baraka, community_id=world.maths.pk)
    terms.extend(person=world.baraka, community_id=world.maths.pk)
    assert queries.current_term(world.maths).planned_end == end + terms.FOUR_WEEKS
    with pytest.raises(NotYours):
        terms.extend(person=world.amina, community_id=world.maths.pk)


def test_no_extension_once_another_said_yes(world):
    Term.objects.create(community=world.maths, person=world.amina, how="turn", accepted_at=now())
    with pytest.raises(Refused):
        terms.extend(person=world.baraka, community_id=world.maths.pk)


def test_handing_over_ends_the_term_and_asks_the_next(world):
    terms.hand_over(
        person=world.baraka, community_id=world.maths.pk, words="All is well.", ends=True
    )
    assert queries.current_term(world.maths) is None
    assert open_offer(world.maths).person_id != world.baraka.pk
    assert Term.objects.get(person=world.baraka).handover == "All is well."


def test_nobody_takes_a_turn_that_is_taken(world):
    with pytest.raises(Refused):
        terms.volunteer(person=world.amina, community_id=world.maths.pk)
    with pytest.raises(NotYours):
        terms.volunteer(person=world.chausiku, community_id=world.maths.pk)


def test_none_means_nobody_is_asked(world):
    choose(world, "none")
    with later(days=29):
        clockwork.nightly(now())
        assert open_offer(world.maths) is None
        with pytest.raises(Refused):
            terms.volunteer(person=world.amina, community_id=world.maths.pk)


def test_a_fixed_moderator_stays(world):
    choose(world, "fixed")
    Term.objects.filter(community=world.maths).delete()
    term = terms.volunteer(person=world.amina, community_id=world.maths.pk)
    assert term.planned_end is None
    with later(days=400):
        clockwork.nightly(now())
        assert queries.current_term(world.maths) == term
        assert open_offer(world.maths) is None


def test_leaving_ends_the_term(world):
    leaving.leave(person=world.baraka, community_id=world.maths.pk)
    leaving.leave(person=world.baraka, community_id=world.maths.pk)
    assert queries.current_term(world.maths) is None


# -- votes


@pytest.fixture
def election(world):
    Term.objects.filter(community=world.maths).update(ended_at=now())
    return elections.open_vote(by=world.amina, community_id=world.maths.pk)


def vote(election, voter, candidate):
    elections.vote(voter=voter, election_id=election.pk, candidate_id=candidate.pk)


def test_the_winner_is_offered_the_term_and_the_ballots_are_destroyed(world, election):
    vote(election, world.amina, world.nafula)
    vote(election, world.baraka, world.otieno)
    vote(election, world.baraka, world.nafula)
    elections.count(election.pk)
    assert Ballot.objects.count() == 2  # too early
    with later(days=4):
        clockwork.nightly(now())
        elections.count(election.pk)
    offer = open_offer(world.maths)
    assert (offer.how, offer.person) == ("vote", world.nafula)
    assert not Ballot.objects.exists()
    assert Term.objects.filter(how="vote").count() == 1


@pytest.mark.parametrize("seed", range(4))
def test_a_tie_is_decided_by_lot(world, election, seed):
    vote(election, world.amina, world.nafula)
    vote(election, world.baraka, world.otieno)
    with later(days=4):
        elections.count(election.pk, random.Random(seed))
    assert open_offer(world.maths).person in (world.nafula, world.otieno)


def test_votes_of_those_who_left_do_not_count(world, election):
    vote(election, world.amina, world.nafula)
    leaving.leave(person=world.nafula, community_id=world.maths.pk)
    with later(days=4):
        elections.count(election.pk)
    assert not Term.objects.filter(how="vote").exists()


def test_after_the_close_nobody_votes(world, election):
    with later(days=4), pytest.raises(Refused):
        vote(election, world.amina, world.nafula)


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "chausiku", "gathoni"])
def test_outsiders_neither_open_nor_vote(world, election, who):
    person = getattr(world, who)
    with pytest.raises(NotYours):
        elections.open_vote(by=person, community_id=world.maths.pk)
    with pytest.raises(NotYours):
        vote(election, person, world.amina)


def test_one_vote_at_a_time(world, election):
    assert elections.open_vote(by=world.nafula, community_id=world.maths.pk) == election
    assert Election.objects.count() == 1
