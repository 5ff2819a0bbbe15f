"""Communities that divide and join: proposed to the people concerned, decided by them, undone for a week."""

import pytest

from staffroom.communities.actions import stages
from staffroom.communities.models import Community, LeverChoice, Membership, Term
from staffroom.communities.queries import active_ids, current_rules, current_term
from staffroom.conversations.actions import answer, ask, help, say, thank
from staffroom.conversations.models import Post
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.core.models import AuditEntry
from staffroom.edges.actions import brokers, reshaping
from staffroom.edges.actions.reshaping import Sheet
from staffroom.edges.models import BrokerSide, Reshape, ReshapePlace
from staffroom.edges.queries.sisters import sister_ids
from staffroom.edges.queries.ties import ties
from staffroom.edges.queries.waiting import rows
from staffroom.people.actions.erase import delete_word, erase
from staffroom.places.models import Posting, Supervision
from tests.conftest import LONG_AGO, make_community, make_person
from tests.edges.conftest import again, days, delivered

pytestmark = pytest.mark.django_db
ONE, TWO = Sheet("Fractions, Mwingi", "Fractions"), Sheet("Geometry, Mwingi", "Shapes")


@pytest.fixture
def large(world):
    """Twelve who talk in two circles of six; the design has places for eight."""
    LeverChoice.objects.create(programme=world.programme, community=None, lever="size", value="8")
    world.more = [make_person(f"Mwalimu {n}") for n in range(8)]
    rules = world.maths.rule_versions.get()
    for person in world.more:
        Posting.objects.create(person=person, school=world.river, role="teacher", starts=LONG_AGO)
        Membership.objects.create(
            community=world.maths, person=person, state="active", joined_at=now()
        )
        rules.agreements.create(person=person)
    world.circles = (
        [world.amina, world.baraka, *world.more[:4]],
        [world.nafula, world.otieno, *world.more[4:]],
    )
    for circle in world.circles:
        for asker, other in zip(circle, circle[1:] + circle[:1], strict=True):
            question = ask(by=asker, community=world.maths, text="Why?")
            made = answer(by=other, question=question, text="Because.")
            help(by=asker, answer=made)
            thank(by=circle[0] if circle[0] != other else asker, post=made)
    return world


@pytest.fixture
def proposed(large):
    large.reshape = reshaping.propose_dividing(
        by=large.baraka, community_id=large.maths.pk, first=ONE, second=TWO
    )
    return large


def spoken(world, people, word="yes"):
    for person in people:
        reshaping.say(by=person, reshape=world.reshape, word=word)


def a_week_later():
    with pretend(now() + days(8)):
        reshaping.nightly(now())


def url(community, reshape=None):
    return f"/c/{short(community.pk)}/reshape" + (f"/{short(reshape.pk)}" if reshape else "")


def circle_of(world, person):
    return ReshapePlace.objects.get(reshape=world.reshape, person=person).number


def test_the_circles_are_those_who_talk_with_each_other(proposed):
    first, second = ({circle_of(proposed, who) for who in circle} for circle in proposed.circles)
    assert len(first) == len(second) == 1
    assert first != second


def test_nameless_words_tie_nobody(world):
    Post.objects.create(
        community=world.maths, kind="answer", text="x", anonymous=True,
        question=ask(by=world.amina, community=world.maths, text="Why?"),
    )  # fmt: skip
    assert ties(world.maths, sorted(active_ids(world.maths))) == {}


def test_ties_take_the_same_queries_however_many(large, django_assert_num_queries):
    people = sorted(active_ids(large.maths))
    with django_assert_num_queries(5):
        assert len(ties(large.maths, people)) >= 12
    for n in range(50):
        say(by=large.amina, community=large.maths, text=f"@Baraka {n}")
    with django_assert_num_queries(5):
        ties(large.maths, people)


def test_a_community_within_its_design_need_not_divide(world):
    with pytest.raises(Refused):
        reshaping.propose_dividing(
            by=world.baraka, community_id=world.maths.pk, first=ONE, second=TWO
        )


@pytest.mark.parametrize("who", ["amina", "chausiku", "daudi", "esther", "farid", "gathoni"])
def test_only_whoever_steers_proposes(large, sign_in, who):
    person = getattr(large, who)
    with pytest.raises(NotYours):
        reshaping.propose_dividing(by=person, community_id=large.maths.pk, first=ONE, second=TWO)
    assert sign_in(person).get(url(large.maths)).status_code == 404


def test_from_the_page_to_the_word(large, sign_in):
    client = sign_in(large.baraka)
    assert "You are 12" in client.get(url(large.maths)).content.decode()
    sent = {"do": "divide", "first_name": "A", "second_name": "A"}
    assert client.post(url(large.maths), sent).status_code == 422
    client.post(url(large.maths), sent | {"second_name": "B"})
    reshape = Reshape.objects.get()
    assert "Shall we become two" in sign_in(large.nafula).get("/").content.decode()
    page = sign_in(large.nafula).get(url(large.maths, reshape)).content.decode()
    assert "your circle" in page
    for name in ("Otieno", "Amina", "Mwalimu 5"):
        assert name not in page
    other = 1 - ReshapePlace.objects.get(person=large.nafula).number
    sign_in(large.nafula).post(url(large.maths, reshape), {"do": "yes", "number": str(other)})
    place = ReshapePlace.objects.get(person=large.nafula)
    assert (place.number, place.word) == (other, "yes")
    for stranger in (large.chausiku, large.daudi, large.esther, large.farid, large.gathoni):
        assert sign_in(stranger).get(url(large.maths, reshape)).status_code == 404


def test_without_a_majority_all_stays(proposed):
    spoken(proposed, [proposed.amina, proposed.baraka, *proposed.more[:4]])  # six of twelve
    a_week_later()
    assert Reshape.objects.get().dropped_at is not None
    assert again(proposed.maths).stage == "open"


def test_with_a_majority_there_are_two(proposed, sign_in):
    spoken(proposed, proposed.more[:7])
    a_week_later()
    one, two = (Community.objects.get(name=sheet.name) for sheet in (ONE, TWO))
    circles = {frozenset(active_ids(one)), frozenset(active_ids(two))}
    assert circles == {frozenset(p.pk for p in circle) for circle in proposed.circles}
    assert {one.stage, two.stage} == {"open"}
    old = again(proposed.maths)
    assert (old.stage, old.went_over) == ("closed", True)
    assert len(active_ids(old)) == 12  # who read it reads it
    question = Post.objects.filter(community=old, author=proposed.amina, kind="question").first()
    read = f"/c/{short(old.pk)}/q/{short(question.pk)}"
    assert sign_in(proposed.nafula).get(read).status_code == 200
    for stranger in (proposed.esther, proposed.farid):
        for community in (old, one, two):
            assert sign_in(stranger).get(f"/c/{short(community.pk)}/").status_code == 404
    moderated = next(each for each in (one, two) if proposed.baraka.pk in active_ids(each))
    assert current_term(moderated).person == proposed.baraka
    assert current_term(old) is None
    for each in (one, two):
        assert current_rules(each).rules == current_rules(old).rules
        assert current_rules(each).agreements.count() == 6
        assert each.adviserships.get().person == proposed.chausiku


def test_what_went_over_does_not_wake(proposed):
    spoken(proposed, proposed.more[:7])
    a_week_later()
    with pytest.raises(Refused):
        stages.wake(by=proposed.amina, community_id=proposed.maths.pk)


def test_nobody_waits_at_a_door_that_has_closed(proposed, sign_in):
    request = Membership.objects.create(
        community=proposed.maths, person=proposed.daudi, state="requested"
    )
    spoken(proposed, proposed.more[:7])
    a_week_later()
    request.refresh_from_db()
    assert request.state == "declined"
    assert "What you gave and took" in sign_in(proposed.nafula).get("/").content.decode()
    said = sign_in(proposed.nafula).get(f"/c/{short(proposed.maths.pk)}/farewell").content.decode()
    assert ONE.name in said or TWO.name in said


def test_when_all_have_spoken_nobody_waits(proposed):
    spoken(proposed, [person for circle in proposed.circles for person in circle])
    assert Reshape.objects.get().done_at is not None


def test_whoever_chooses_the_other_circle_is_there(proposed):
    other = 1 - circle_of(proposed, proposed.nafula)
    reshaping.say(by=proposed.nafula, reshape=proposed.reshape, word="yes", number=other)
    spoken(proposed, proposed.more[:6])
    a_week_later()
    made = Community.objects.get(name=(ONE, TWO)[other].name)
    assert proposed.nafula.pk in active_ids(made)


def test_it_can_be_undone_for_a_week(proposed, sign_in):
    spoken(proposed, proposed.more[:7])
    a_week_later()
    Reshape.objects.update(done_at=now())
    made = next(
        each
        for each in Community.objects.filter(name__in=[ONE.name, TWO.name])
        if proposed.baraka.pk in active_ids(each)
    )
    reshape = Reshape.objects.get()
    assert "Undo it" in sign_in(proposed.baraka).get(url(made, reshape)).content.decode()
    member = next(iter(active_ids(made) - {proposed.baraka.pk}))
    with pytest.raises(NotYours):
        reshaping.undo(by=Membership.objects.filter(person=member).first().person,
                       reshape=reshape, community=made)  # fmt: skip
    sign_in(proposed.baraka).post(url(made, reshape), {"do": "undo"})
    old = again(proposed.maths)
    assert (old.stage, old.went_over) == ("open", False)
    assert current_term(old).person == proposed.baraka
    assert again(made).stage == "closed"


def test_after_a_week_it_stays(proposed):
    spoken(proposed, proposed.more[:7])
    a_week_later()
    made = Community.objects.get(name=ONE.name)
    Term.objects.filter(community=made).delete()
    member = Membership.objects.filter(community=made).first().person
    with pretend(now() + days(30)), pytest.raises(Refused):
        reshaping.undo(by=member, reshape=Reshape.objects.get(), community=made)


def test_the_broker_goes_on_from_the_own_circle_and_back_again(proposed):
    brokers.offer(by=proposed.amina, community_id=proposed.maths.pk, other_id=proposed.sister.pk)
    BrokerSide.objects.update(accepted_at=now())
    brokers.settle(brokers.Broker.objects.get())
    spoken(proposed, proposed.more[:7])
    a_week_later()
    Reshape.objects.update(done_at=now())
    made = {
        proposed.amina.pk in active_ids(each): each
        for each in Community.objects.filter(name__in=[ONE.name, TWO.name])
    }
    assert sister_ids(made[True]) == {proposed.sister.pk}
    assert sister_ids(made[False]) == set()
    brokers.nightly(now())
    assert sister_ids(proposed.sister) == {made[True].pk}
    reshaping.undo(by=proposed.baraka, reshape=Reshape.objects.get(), community=made[True])
    assert sister_ids(proposed.sister) == {proposed.maths.pk}


def test_no_line_of_the_audit_tells_a_word(proposed):
    spoken(proposed, [proposed.nafula])
    line = AuditEntry.objects.get(act="reshape.word")
    assert "yes" not in str(line.detail)


def test_an_erased_person_leaves_no_word(proposed):
    spoken(proposed, [proposed.nafula])
    erase(person=proposed.nafula, keep_contributions=True, typed=delete_word())
    assert not ReshapePlace.objects.filter(person=proposed.nafula).exists()


# -- joining


@pytest.fixture
def pair(world):
    """Maths, moderated by Baraka, and the sister, moderated by Daudi, share a broker."""
    Term.objects.create(
        community=world.sister, person=world.daudi, how="volunteer", accepted_at=now(), starts=now()
    )
    brokers.offer(by=world.amina, community_id=world.maths.pk, other_id=world.sister.pk)
    BrokerSide.objects.update(accepted_at=now())
    brokers.settle(brokers.Broker.objects.get())
    return world


def asked(world, by=None):
    world.reshape = reshaping.propose_joining(
        by=by or world.baraka, community_id=world.maths.pk, other_id=world.sister.pk,
        sheet=Sheet("Mathematics and Science"),
    )  # fmt: skip
    return world.reshape


def test_the_other_moderator_is_asked_first(pair, sign_in):
    asked(pair)
    here = [again(pair.sister)]
    assert [row["title"] for row in rows(pair.daudi, here)] == [
        "Another community asks to join with yours"
    ]
    with pytest.raises(Refused):
        spoken(pair, [pair.nafula])
    with pytest.raises(NotYours):
        reshaping.agree(by=pair.baraka, reshape=pair.reshape, community=again(pair.maths))
    sign_in(pair.daudi).post(url(pair.sister, pair.reshape), {"do": "agree"})
    assert "Shall we become one" in sign_in(pair.nafula).get("/").content.decode()


def test_two_become_one_where_both_want_it(pair, sign_in):
    asked(pair)
    secret = ask(by=pair.otieno, community=pair.maths, text="Only ours?")
    reshaping.agree(by=pair.daudi, reshape=pair.reshape, community=again(pair.sister))
    spoken(pair, [pair.amina, pair.baraka, pair.nafula, pair.daudi])
    a_week_later()
    made = Community.objects.get(name="Mathematics and Science")
    people = {pair.amina, pair.baraka, pair.nafula, pair.otieno, pair.daudi}
    assert active_ids(made) == {person.pk for person in people}
    assert current_term(made).person == pair.baraka
    assert sister_ids(made) == set()
    for old in (pair.maths, pair.sister):
        assert again(old).went_over
    read = f"/c/{short(pair.maths.pk)}/q/{short(secret.pk)}"
    assert sign_in(pair.daudi).get(read).status_code == 404
    assert sign_in(pair.nafula).get(read).status_code == 200


def test_a_majority_in_one_alone_is_not_enough(pair):
    asked(pair)
    reshaping.agree(by=pair.daudi, reshape=pair.reshape, community=again(pair.sister))
    spoken(pair, [pair.baraka, pair.nafula, pair.otieno])
    a_week_later()
    assert Reshape.objects.get().dropped_at is not None


def test_the_size_is_kept(pair):
    LeverChoice.objects.create(programme=pair.programme, community=None, lever="size", value="8")
    for n in range(4):
        Membership.objects.create(
            community=pair.sister, person=make_person(f"New {n}"), state="active", joined_at=now()
        )
    with pytest.raises(Refused):
        asked(pair)


@pytest.mark.parametrize("side", ["above", "below"])
def test_the_wall_is_asked_for_every_pair(pair, side):
    two = (pair.daudi, pair.otieno) if side == "above" else (pair.otieno, pair.daudi)
    Supervision.objects.create(supervisor=two[0], person=two[1], starts=LONG_AGO)
    with pytest.raises(Refused):
        asked(pair)


def test_and_asked_again_when_the_week_is_over(pair):
    asked(pair)
    reshaping.agree(by=pair.daudi, reshape=pair.reshape, community=again(pair.sister))
    spoken(pair, [pair.amina, pair.baraka, pair.nafula, pair.daudi])
    Supervision.objects.create(supervisor=pair.daudi, person=pair.otieno, starts=LONG_AGO)
    a_week_later()
    assert Reshape.objects.get().dropped_at is not None
    assert not Community.objects.filter(name="Mathematics and Science").exists()


def test_without_an_answer_it_lapses(pair):
    asked(pair)
    with pretend(now() + days(15)):
        reshaping.nightly(now())
    assert Reshape.objects.get().dropped_at is not None


def test_either_may_let_it_drop(pair, sign_in):
    asked(pair)
    assert (
        sign_in(pair.nafula).post(url(pair.maths, pair.reshape), {"do": "withdraw"}).status_code
        == 404
    )
    sign_in(pair.daudi).post(url(pair.sister, pair.reshape), {"do": "withdraw"})
    assert Reshape.objects.get().dropped_at is not None


def test_a_stranger_community_is_not_offered(world):
    far = make_community(world.programme, "Far away", world.otieno, subject="arts")
    with pytest.raises(Refused):
        reshaping.propose_joining(
            by=world.baraka, community_id=world.maths.pk, other_id=far.pk, sheet=Sheet("One")
        )


def test_who_leaves_after_it_is_heard(pair):
    asked(pair)
    delivered()
    assert Reshape.objects.get().closes_at is None
