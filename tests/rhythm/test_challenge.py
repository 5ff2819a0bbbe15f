"""A challenge: announced, agreed, counted for the whole community, ended with thanks. Nobody is named."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.communities.models import Community, LeverChoice, Membership, Term
from staffroom.conversations.models import Post
from staffroom.core import clock
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.places.models import Supervision
from staffroom.rhythm.actions.challenge import accept, decline, object_to, propose, withdraw
from staffroom.rhythm.challenge_clock import nightly
from staffroom.rhythm.models import Challenge, ChallengePart
from tests.conftest import make_community, make_person

MONDAY = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
FIRST = dt.date(2026, 3, 23)
DAY = dt.timedelta(days=1)


@pytest.fixture
def at():
    """Turns the clock: `at(days)` after the Monday on which things begin."""
    tokens = []

    def turn(days: float):
        tokens.append(clock._pretended.set(MONDAY + dt.timedelta(days=days)))

    turn(0)
    yield turn
    for token in reversed(tokens):
        clock._pretended.reset(token)


@pytest.fixture
def crowd(world, at):
    """`maths` with ten members and `sister` with ten; both want challenges with others."""
    world.crowd = [make_person(f"Member {n}") for n in range(6)]
    world.others = [make_person(f"Other {n}") for n in range(8)]
    for community, people in ((world.maths, world.crowd), (world.sister, world.others)):
        rules = community.rule_versions.get()
        for person in people:
            Membership.objects.create(
                community=community, person=person, state="active", joined_at=MONDAY
            )
            rules.agreements.create(person=person)
        LeverChoice.objects.create(
            programme=world.programme, community=community, lever="challenge", value="with-others"
        )
    Term.objects.create(
        community=world.sister, person=world.daudi, how="turn", accepted_at=MONDAY, starts=MONDAY
    )
    return world


def proposed(world, *others, goal="solved", first=FIRST, weeks=2):
    return propose(
        by=world.baraka, community=world.maths, goal=goal, first_day=first, weeks=weeks,
        others=[each.pk for each in others],
    )  # fmt: skip


def part(challenge, community):
    return ChallengePart.objects.get(challenge=challenge, community=community)


def solved(community, people, day):
    """Each of these people's answer stands under a question solved on that day."""
    moment = dt.datetime.combine(day, dt.time(12), dt.UTC)
    for person in people:
        question = Post.objects.create(
            community=community, kind="question", text="?", created_at=moment, solved_at=moment
        )
        Post.objects.create(
            community=community, kind="answer", author=person, question=question, text="!",
            created_at=moment + dt.timedelta(hours=2),
        )  # fmt: skip


def said(client, community):
    answer = client.get(reverse("challenges", args=[community.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_own_challenge_from_the_announcement_to_the_thanks(crowd, at, sign_in):
    challenge = proposed(crowd)
    assert "one no is enough" in said(sign_in(crowd.amina), crowd.maths)
    solved(crowd.maths, crowd.crowd, FIRST - DAY)  # 6 before
    at(8)
    nightly(clock.now())
    assert part(challenge, crowd.maths).state == "in"
    at(21.5)
    nightly(clock.now())
    challenge.refresh_from_db()
    assert challenge.state == "running"
    solved(crowd.maths, [*crowd.crowd, crowd.amina, crowd.nafula], FIRST + DAY)  # 8 now
    at(37)
    nightly(clock.now())
    challenge.refresh_from_db()
    mine = part(challenge, crowd.maths)
    assert challenge.state == "ended"
    assert (mine.done, mine.done_before, mine.direction) == (8, 6, "more")
    page = said(sign_in(crowd.amina), crowd.maths)
    assert "Thank you, all of you" in page
    assert "<dd>8</dd>" in page
    for name in ["Member 1", "Nafula"]:
        assert name not in page
    assert OutboxEntry.objects.get(topic="challenge.ended").payload["part"] == str(mine.pk)
    nightly(clock.now())
    assert OutboxEntry.objects.filter(topic="challenge.ended").count() == 1


def test_one_no_is_enough_and_nobody_learns_whose(crowd, sign_in):
    challenge = proposed(crowd)
    url = reverse("challenge_object", args=[crowd.maths.pk, part(challenge, crowd.maths).pk])
    assert sign_in(crowd.otieno).post(url).status_code == 302
    mine = part(challenge, crowd.maths)
    challenge.refresh_from_db()
    assert (mine.state, mine.why_left, challenge.state) == ("left", "objected", "off")
    assert AuditEntry.objects.get(act="challenge.objected").actor_id is None
    assert not [each for each in ChallengePart._meta.fields if "object" in each.name]
    assert "Otieno" not in said(sign_in(crowd.baraka), crowd.maths)


def test_between_two_that_agree_each_is_told_against_its_own_record(crowd, at, sign_in):
    challenge = proposed(crowd, crowd.sister)
    daudi = sign_in(crowd.daudi)
    assert "invites yours to a challenge" in daudi.get("/").content.decode()
    accept(by=crowd.daudi, part=part(challenge, crowd.sister))
    solved(crowd.maths, crowd.crowd, FIRST - DAY)
    solved(crowd.sister, crowd.others, FIRST - DAY)
    at(21.5)
    nightly(clock.now())
    solved(crowd.maths, crowd.crowd * 2, FIRST + DAY)
    solved(crowd.sister, crowd.others[:7], FIRST + DAY)
    at(37)
    nightly(clock.now())
    page = said(daudi, crowd.sister)
    assert "More than in its own time before" in page  # of maths
    assert "Less than in its own time before" in page  # of us
    assert "<dd>7</dd>" in page
    assert "<dd>12</dd>" not in page  # the number of the others stays with them
    page = said(sign_in(crowd.otieno), crowd.maths)
    assert "<dd>12</dd>" in page
    assert "<dd>7</dd>" not in page
    for outside in (crowd.esther, crowd.farid, crowd.gathoni, crowd.hamisi):
        url = reverse("challenges", args=[crowd.maths.pk])
        assert sign_in(outside).get(url).status_code == 404


def test_without_the_others_yes_it_is_off(crowd, at):
    challenge = proposed(crowd, crowd.sister)
    decline(by=crowd.daudi, part=part(challenge, crowd.sister))
    challenge.refresh_from_db()
    assert (challenge.state, part(challenge, crowd.maths).why_left) == ("off", "alone")
    second = proposed(crowd, crowd.sister)
    at(21.5)
    nightly(clock.now())
    second.refresh_from_db()
    assert (second.state, part(second, crowd.sister).why_left) == ("off", "late")
    assert part(second, crowd.maths).why_left == "alone"


def test_it_is_withdrawn_at_any_time_and_its_figures_go(crowd, at):
    challenge = proposed(crowd)
    at(8)
    nightly(clock.now())
    at(23.5)
    nightly(clock.now())
    solved(crowd.maths, crowd.crowd, FIRST)
    at(29)
    nightly(clock.now())
    assert part(challenge, crowd.maths).done == 6
    withdraw(by=crowd.baraka, part=part(challenge, crowd.maths))
    mine = part(challenge, crowd.maths)
    assert (mine.state, mine.done, mine.counted_at) == ("left", None, None)


@pytest.mark.parametrize(
    ("shares", "shown"),
    [
        ([1, 1, 1, 1, 1], True),
        ([5, 2, 1, 1, 1], True),
        ([6, 2, 1, 1, 1], False),  # one made more than half
        ([4, 4, 1, 1, 0.5], False),  # fewer than five
        ([5, 5, 1, 1, 1], False),  # two made more than three quarters
        ([9, 9, 9, 9], False),
    ],
)
def test_no_figure_where_it_would_tell_of_one_or_two(crowd, at, sign_in, shares, shown):
    challenge = proposed(crowd)
    at(8)
    nightly(clock.now())
    at(21.5)
    nightly(clock.now())
    for person, times in zip(crowd.crowd, shares, strict=False):
        solved(crowd.maths, [person] * int(times), FIRST)
    at(37)
    nightly(clock.now())
    mine = part(challenge, crowd.maths)
    assert (mine.done is not None) == shown
    if not shown:
        assert "would tell of single people" in said(sign_in(crowd.amina), crowd.maths)


def test_answered_within_a_day_counts_colleagues_alone(crowd, at):
    challenge = proposed(crowd, goal="answered")
    at(8)
    nightly(clock.now())
    at(21.5)
    nightly(clock.now())
    moment = dt.datetime.combine(FIRST, dt.time(12), dt.UTC)
    for number, person in enumerate([*crowd.crowd, crowd.amina, crowd.nafula]):
        question = Post.objects.create(
            community=crowd.maths, kind="question", text="?", author=crowd.amina, created_at=moment
        )
        late = dt.timedelta(hours=25 if number == 0 else 2)
        Post.objects.create(
            community=crowd.maths, kind="answer", author=person, question=question, text="!",
            created_at=moment + late,
        )  # fmt: skip
    at(37)
    nightly(clock.now())
    mine = part(challenge, crowd.maths)
    assert (mine.done, mine.asked) == (6, 8)  # not the late one, not Amina's own


def test_who_may_do_what(crowd):
    for other in (
        crowd.amina,
        crowd.chausiku,
        crowd.daudi,
        crowd.esther,
        crowd.farid,
        crowd.gathoni,
    ):
        with pytest.raises(NotYours):
            propose(
                by=other, community=crowd.maths, goal="solved", first_day=FIRST, weeks=1
            )  # fmt: skip
    challenge = proposed(crowd, crowd.sister)
    theirs, ours = part(challenge, crowd.sister), part(challenge, crowd.maths)
    for other in (crowd.baraka, crowd.amina, crowd.esther):
        for act in (accept, decline):
            with pytest.raises(NotYours):
                act(by=other, part=theirs)
        with pytest.raises(NotYours):
            withdraw(by=other, part=theirs)
    for other in (crowd.daudi, crowd.chausiku, crowd.esther, crowd.farid):
        with pytest.raises(NotYours):
            object_to(by=other, part=ours)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"goal": "posts"}, "goal"),
        ({"first": dt.date(2026, 3, 9)}, "first_day"),
        ({"first": dt.date(2027, 3, 9)}, "first_day"),
        ({"weeks": 7}, "weeks"),
        ({"weeks": 0}, "weeks"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(crowd, fields, field):
    with pytest.raises(Refused) as refused:
        proposed(crowd, **fields)
    assert refused.value.field == field


def test_the_design_decides(crowd):
    choice = LeverChoice.objects.get(community=crowd.maths)
    choice.value = "own"
    choice.save()
    with pytest.raises(Refused, match="with others"):
        proposed(crowd, crowd.sister)
    proposed(crowd)
    choice.value = "none"
    choice.save()
    nightly(clock.now())
    assert ChallengePart.objects.get().why_left == "stopped"
    crowd.maths = Community.objects.get(pk=crowd.maths.pk)
    with pytest.raises(Refused, match="takes no challenges"):
        proposed(crowd)


def test_ten_members_and_one_at_a_time(crowd):
    proposed(crowd)
    with pytest.raises(Refused, match="One challenge at a time"):
        proposed(crowd)
    Membership.objects.filter(person=crowd.crowd[0]).update(state="left")
    with pytest.raises(Refused, match="ten members"):
        proposed(crowd)


def test_nobody_measures_those_they_supervise(crowd, at, sign_in):
    """At the proposal; and afterwards, for each viewer."""
    bond = Supervision.objects.create(
        supervisor=crowd.others[0], person=crowd.crowd[0], starts=dt.date(2020, 1, 1),
        ends=dt.date(2020, 2, 1),
    )  # fmt: skip
    challenge = proposed(crowd, crowd.sister)
    accept(by=crowd.daudi, part=part(challenge, crowd.sister))
    bond.ends = None
    bond.save()
    assert crowd.maths.name in said(sign_in(crowd.others[1]), crowd.sister)
    assert crowd.maths.name not in said(sign_in(crowd.others[0]), crowd.sister)
    withdraw(by=crowd.baraka, part=part(challenge, crowd.maths))
    with pytest.raises(Refused, match="cannot take part together"):
        proposed(crowd, crowd.sister)


def test_four_communities_at_most(crowd):
    more = []
    for n in range(3):
        people = [make_person(f"M{n} {m}") for m in range(10)]
        more.append(make_community(crowd.programme, f"C{n}", *people))
        LeverChoice.objects.create(
            programme=crowd.programme, community=more[-1], lever="challenge", value="with-others"
        )
    with pytest.raises(Refused, match="At most four"):
        proposed(crowd, crowd.sister, *more)
    assert proposed(crowd, *more).parts.count() == 4


def test_the_form_keeps_what_was_chosen(crowd, sign_in):
    url = reverse("challenge_new", args=[crowd.maths.pk])
    sent = {
        "goal": "tried",
        "first_day": "2026-03-03",
        "weeks": "3",
        "others": str(crowd.sister.pk),
    }
    answer = sign_in(crowd.baraka).post(url, sent)
    assert answer.status_code == 422
    assert f'value="{crowd.sister.pk}" ' in answer.content.decode()
    assert sign_in(crowd.baraka).post(url, sent | {"first_day": "2026-03-23"}).status_code == 302
    assert Challenge.objects.get().parts.count() == 2


def test_the_queries_do_not_grow(crowd, at, sign_in):
    amina = sign_in(crowd.amina)

    def count():
        with CaptureQueriesContext(connection) as asked:
            said(amina, crowd.maths)
        return len(asked)

    def old(n):
        for _ in range(n):
            made = Challenge.objects.create(
                goal="solved", first_day=FIRST, last_day=FIRST, state="ended", with_others=True
            )
            for community in (crowd.maths, crowd.sister):
                ChallengePart.objects.create(challenge=made, community=community, state="in")

    old(2)
    count()
    few = count()
    old(20)
    assert count() <= few + 1  # the next page is counted
