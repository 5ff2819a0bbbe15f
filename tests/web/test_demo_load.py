"""The demo's history is written through the product's own actions, and holds what it promises."""

import pytest

from staffroom.communities import wall
from staffroom.communities.models import Community, Membership, Term
from staffroom.conversations.models import Photo, Post
from staffroom.conversations.queries.doubts import doubts_in
from staffroom.conversations.queries.reports import cases_for, log
from staffroom.core.clock import now
from staffroom.edges.models import Broker
from staffroom.edges.queries.waiting import rows
from staffroom.library.models import Debate, LessonPlan, Note, Resource, SectionVersion, Trial
from staffroom.notices.models import Digest
from staffroom.notices.queries.digests import held_by
from staffroom.people.models import Person
from staffroom.places import desk
from staffroom.places.actions.desk import offer_merge
from staffroom.places.models import Area, AreaParent, Level, Programme, School, SchoolArea
from staffroom.rhythm.models import (
    ChallengePart,
    Gathering,
    IceBreaker,
    OwnTime,
    PromptUse,
    Recognition,
)
from staffroom.rhythm.queries.silence import quarters
from staffroom.web.demo import content, load
from staffroom.web.demo.known import BY_KEY, KNOWN
from tests.conftest import LONG_AGO


@pytest.fixture
def programme(db) -> Programme:
    """A programme with a few schools in each sub-county that the demo speaks of."""
    made = Programme.objects.create(
        name="Demo", country="KE", phone_region="KE", timezone="Africa/Nairobi"
    )
    levels = [
        Level.objects.create(programme=made, depth=depth, name=name)
        for depth, name in [(1, "County"), (2, "Sub")]
    ]
    counties: dict[str, Area] = {}
    for facts in [group.facts for group in content.groups()]:
        name = facts["county"]
        if name not in counties:
            counties[name] = Area.objects.create(
                programme=made, level=levels[0], name=name, starts=LONG_AGO
            )
        area = Area.objects.create(
            programme=made, level=levels[1], name=facts["sub_county"], starts=LONG_AGO
        )
        AreaParent.objects.create(area=area, parent=counties[name], starts=LONG_AGO)
        schools = School.objects.bulk_create(
            School(programme=made, code=f"{area.pk}-{n}", name=f"School {n}") for n in range(14)
        )
        SchoolArea.objects.bulk_create(
            SchoolArea(school=school, area=area, starts=LONG_AGO) for school in schools
        )
    return made


def test_the_demo_loads_and_keeps_its_promises(programme):
    ticks = []
    load.load(programme, lambda: ticks.append(1))

    assert len(ticks) == load.steps()
    assert Community.objects.count() == len(content.groups())
    assert Person.objects.filter(phone__in=[known.phone for known in KNOWN]).count() == len(KNOWN)
    assert not Post.objects.filter(created_at__gt=now()).exists()
    assert Note.objects.filter(split_from=None).count() == 3
    assert Debate.objects.get().outcome == "split"
    assert Gathering.objects.filter(ends__lte=now()).count() >= 6
    assert IceBreaker.objects.count() == 5
    assert PromptUse.objects.get().post.author.name == "Daudi Barasa"
    assert Trial.objects.filter(proposal="taken").count() == 1
    assert not Trial.objects.filter(at__gt=now()).exists()
    assert Photo.objects.exclude(post=None).count() > 5
    assert Post.objects.filter(kind="question", answer_count=0).exists()
    assert Resource.objects.filter(for_all=True, kind="story").count() == 12
    assert not Resource.objects.filter(for_all=True).exclude(licence="cc-by").exists()
    assert Resource.objects.filter(community__name="Mathematics, Mwingi", helped_count=2).exists()
    amina, baraka, esther = (Person.objects.get(phone=KNOWN[n].phone) for n in (0, 1, 4))
    assert amina.memberships.filter(state=Membership.State.ACTIVE).count() == 2
    assert Term.objects.filter(person=baraka, ended_at=None).exists()
    assert all(held_by(each).count for each in Digest.objects.all())
    assert {each.person for each in Digest.objects.all()} == {amina, baraka}
    here = Community.objects.get(name="Mathematics, Mwingi")
    assert {each.choice for each in log(here)} == {"hidden", "moved"}
    assert [case.reasons for case in cases_for(baraka, here)] == [["unkind"]]
    assert len(doubts_in(here, baraka)) == 1
    term = Term.objects.get(person=baraka, ended_at=None)
    assert term.planned_end - term.starts == load.TERM
    assert Term.objects.get(community=here, ended_at__isnull=False).handover
    # Amina can be let into another community by somebody as whom one can sign in.
    daudi = Person.objects.get(phone=KNOWN[3].phone)
    another = Community.objects.get(name="Mathematics, Kitui Central")
    assert wall.may_join(amina, another)
    assert another.memberships.filter(person=daudi, state="active").exists()
    assert another.approvals_needed == 1
    assert another.memberships.filter(state="active").count() < 15
    # A question without a name, with answers; what the help desk can try.
    nameless = Post.objects.get(anonymous=True, kind="question", community=here)
    assert (nameless.author, nameless.answer_count) == (None, 3)
    assert (
        here.posts.filter(created_at__gt=nameless.created_at).count() > 5
    )  # it stands in its time
    zawadi = Person.objects.get(phone=BY_KEY["zawadi"].phone)
    [found] = desk.find(
        by=zawadi, programme=programme, number="tsc 100001", phone="", name="", school=""
    )
    assert found.person.name == amina.name
    assert found.person != amina
    offer_merge(by=zawadi, person=found.person, programme=programme,
                number="TSC100001", phone="0700 100 001")  # fmt: skip
    assert LessonPlan.objects.filter(shared_at=None).get().taught.exists()
    assert SectionVersion.objects.filter(how="merged", section__plan__community=here).exists()
    assert wall.is_barred(esther, Community.objects.get(name="Mathematics, Mwingi"))
    for membership in Membership.objects.filter(state="active").select_related(
        "person", "community"
    ):
        assert not wall.is_barred(membership.person, membership.community), membership.person
    # Amina's own time; a celebration that she alone has heard of; a challenge that was counted.
    assert OwnTime.objects.filter(person=amina).count() == 4
    assert Recognition.objects.get(about=amina).state == "waiting"
    assert Post.objects.filter(kind="celebration", about__name__startswith="Wanjiku").exists()
    part = ChallengePart.objects.get(community=here)
    assert (part.state, part.challenge.state) == ("in", "running")
    assert part.counted_at is not None
    gathoni = Person.objects.get(phone=BY_KEY["gathoni"].phone)
    assert any(quarter.figures for quarter in quarters(gathoni, programme))
    _edges(amina, here)


def _edges(amina, here):
    """A question went over to a sister community, and an answer came back."""
    assert Broker.objects.get().accepted_at is not None
    there = Post.objects.get(travel="in", kind="question")
    assert there.community.name == "Science, Kitui East"
    back = Post.objects.get(travel="in", kind="answer")
    assert back.credit == "Daudi Barasa (Science, Kitui East)"
    assert back.helped_count == 1
    waiting = [row["title"] for row in rows(amina, [here])]
    assert "Shall your question go further?" in waiting
