"""Teachers placed into new communities: formed, looked at, moved by hand, founded, undone."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from staffroom.communities.actions import inviting
from staffroom.communities.actions import placing as acts
from staffroom.communities.actions import placing_found as founds
from staffroom.communities.actions import placing_jobs as jobs
from staffroom.communities.models import (
    Community,
    LeverChoice,
    Membership,
    PlacedTeacher,
    Placing,
    PlacingWish,
)
from staffroom.communities.placing import forming, names, rules, sentences
from staffroom.communities.placing import wanted as asked
from staffroom.communities.placing.candidates import Candidate
from staffroom.communities.placing.wanted import Wanted
from staffroom.core.errors import NotYours, Refused
from staffroom.people.consent import VERSION
from staffroom.people.models import Consent, Person
from staffroom.places.models import (
    Cluster,
    ClusterPlan,
    ClusterSchool,
    Posting,
    School,
    SchoolArea,
    Supervision,
)
from tests.conftest import LONG_AGO

SMALL = Wanted(low=4, high=6, within="all")


@pytest.fixture
def teachers(world):
    """Twelve teachers of mathematics and a plan in force: twelve schools along a road of 11 km."""
    schools = School.objects.bulk_create(
        School(programme=world.programme, code=f"r{n}", name=f"Road {n} Primary",
               latitude=-0.9, longitude=38 + n * 0.009)
        for n in range(12)
    )  # fmt: skip
    SchoolArea.objects.bulk_create(
        SchoolArea(school=each, area=world.mwingi, starts=LONG_AGO) for each in schools
    )
    people = Person.objects.bulk_create(
        Person(name=f"Teacher {n}", phone=f"+25471000{n:04}", subjects=["mathematics"],
               languages=["en", "sw"], grades=[4, 5], teaching_since=2010 + n, gender="f" if n % 2 else "")
        for n in range(12)
    )  # fmt: skip
    Consent.objects.bulk_create(
        Consent(person=person, version=VERSION, language="en") for person in people
    )
    Posting.objects.bulk_create(
        Posting(person=person, school=school, starts=LONG_AGO)
        for person, school in zip(people, schools, strict=True)
    )
    plan = ClusterPlan.objects.create(
        programme=world.programme, name="All", state="published", starts=LONG_AGO
    )
    world.cluster = Cluster.objects.create(plan=plan, number=1, name="Roadside", centre=schools[5])
    ClusterSchool.objects.bulk_create(
        ClusterSchool(plan=plan, cluster=world.cluster, school=each) for each in schools
    )
    world.teachers, world.schools = people, schools
    return world


def begun(world, wanted=SMALL, people=None, **where) -> Placing:
    ids = [each.pk for each in people or world.teachers]
    placing = acts.begin_placing(
        by=world.gathoni, programme=world.programme, people=ids, wanted=wanted, **where
    )
    jobs.form_placing.func(_attempt(1), placing=str(placing.pk))
    placing.refresh_from_db()
    return placing


def _attempt(number):
    class Context:
        attempt = number

    return Context()


def by_why(placing) -> dict[str, str]:
    return {each.person.name: each.why for each in placing.teachers.select_related("person")}


def test_groups_are_formed_within_bounds_and_each_has_a_venue(teachers):
    placing = begun(teachers)
    assert (placing.state, placing.failed) == ("draft", "")
    sizes = [group.teachers.count() for group in placing.groups.all()]
    assert sum(sizes) == 12
    assert all(4 <= size <= 6 for size in sizes)
    assert {group.venue for group in placing.groups.all()} == {teachers.schools[5]}
    assert [g.name for g in placing.groups.all()][:2] == [
        "Mathematics, Roadside",
        "Mathematics, Roadside 2",
    ]


def test_who_teaches_in_a_cluster_is_found_and_heads_are_not(teachers):
    Posting.objects.filter(person=teachers.teachers[0]).update(role="head")
    placing = acts.begin_placing(
        by=teachers.hamisi, programme=teachers.programme, cluster=teachers.cluster, wanted=SMALL
    )
    jobs.form(placing)
    assert set(by_why(placing)) == {f"Teacher {n}" for n in range(1, 12)}


def test_fewer_than_one_community_needs_are_refused(teachers):
    with pytest.raises(Refused, match="There are 3 teachers; one community has at least 10"):
        begun(teachers, wanted=Wanted(), people=teachers.teachers[:3])
    assert not Placing.objects.exists()


def test_only_the_office_of_the_whole_programme_places(teachers):
    for person in (teachers.amina, teachers.esther, teachers.farid):
        with pytest.raises(NotYours):
            acts.begin_placing(by=person, programme=teachers.programme, people=[])


def test_sizes_above_the_lever_are_refused_at_their_field(teachers):
    LeverChoice.objects.create(programme=teachers.programme, lever="size", value="8")
    assert asked.usual(teachers.programme) == Wanted(low=5, high=8)
    with pytest.raises(Refused) as error:
        asked.check(Wanted(low=5, high=12), teachers.programme)
    assert error.value.field == "high"


def test_a_circle_of_supervisors_is_named(teachers):
    one, two = teachers.teachers[:2]
    Supervision.objects.create(supervisor=one, person=two, starts=LONG_AGO)
    Supervision.objects.create(supervisor=two, person=one, starts=LONG_AGO)
    placing = begun(teachers)
    assert "Teacher 0, Teacher 1" in placing.failed
    assert not placing.groups.exists()


def test_who_lacks_something_is_told_apart_and_the_others_are_placed(teachers):
    no_school, no_language, no_subject, has_one, *_rest = teachers.teachers
    Posting.objects.filter(person=no_school).delete()
    Person.objects.filter(pk=no_language.pk).update(languages=[])
    Person.objects.filter(pk=no_subject.pk).update(subjects=[])
    Membership.objects.create(community=teachers.maths, person=has_one, state="invited")
    placing = begun(teachers)
    why = by_why(placing)
    assert [why[f"Teacher {n}"] for n in range(4)] == [
        "no_school", "no_language", "no_subject", "has_one",
    ]  # fmt: skip
    assert placing.teachers.filter(group__isnull=False).count() == 8


def test_nobody_with_a_language_is_said(teachers):
    Person.objects.filter(pk__in=[each.pk for each in teachers.teachers]).update(languages=[])
    assert "in which languages" in begun(teachers).failed


def test_nobody_sits_with_somebody_above_even_through_others(teachers):
    above, below = teachers.teachers[0], teachers.teachers[11]
    Supervision.objects.create(supervisor=above, person=teachers.esther, starts=LONG_AGO)
    Supervision.objects.create(supervisor=teachers.esther, person=below, starts=LONG_AGO)
    placing = begun(teachers)
    seats = dict(placing.teachers.values_list("person", "group"))
    assert seats[above.pk] != seats[below.pk]


def test_women_who_ask_sit_among_women_and_the_office_cannot_tell(teachers, sign_in):
    for person in teachers.teachers[1::2]:
        PlacingWish.objects.create(person=person, women_only=True)
    placing = begun(teachers, wanted=Wanted(low=3, high=6, within="all"))
    women = placing.groups.get(women=True)
    assert {each.person.gender for each in women.teachers.all()} == {"f"}
    assert placing.groups.count() == 2
    page = sign_in(teachers.gathoni).get(reverse("placing", args=[placing.pk])).content.decode()
    assert "omen" not in page


def candidate(n, km=0.0, **fields):
    return Candidate(
        person=uuid.UUID(int=n), school=uuid.UUID(int=1000 + n), subject="mathematics",
        language="en", at=(0.0, km / 111.2), **fields,
    )  # fmt: skip


def test_nobody_is_farther_from_the_venue_than_allowed():
    people = [candidate(n, km=n * 0.5) for n in range(9)] + [candidate(9, km=200)]
    venue = forming.Venue(uuid.UUID(int=1), (0.0, 0.0))
    formed = forming.form(people, {}, [venue], Wanted(low=4, high=10, km=15, within="all"))
    assert formed.why == {9: "far"}
    assert max(m for group in formed.groups for m in group.metres.values()) <= 15_000


def test_a_small_stratum_is_joined_with_the_next_cluster_and_that_is_told():
    people = [candidate(n, cluster="a", circle="x") for n in range(4)]
    people += [candidate(n, cluster="b", circle="x") for n in range(4, 6)]
    formed = forming.form(people, {}, [], Wanted(low=4, high=6))
    assert not formed.why
    assert formed.notes == [
        {"subject": "mathematics", "clusters": 2, "languages": ["en"], "teachers": 6, "small": 2}
    ]


def test_beliefs_bring_those_together_who_think_alike():
    people = [candidate(n, beliefs=float(n % 2)) for n in range(12)]
    alone = Wanted(
        low=5, high=7, within="all", weights=dict.fromkeys(asked.WEIGHTS, 0) | {"beliefs": 1}
    )
    formed = forming.form(people, {}, [], alone)
    assert [len({n % 2 for n in group.members}) for group in formed.groups] == [1, 1]


def moved(world, placing, teacher, group):
    return acts.move(
        by=world.gathoni, placing_id=placing.pk, teacher_id=teacher.pk, group_id=group and group.pk
    )


def test_moved_by_hand_where_no_rule_breaks(teachers):
    placing = begun(teachers, wanted=Wanted(low=4, high=7, within="all"))
    here, there = placing.groups.all()  # six each
    one, two, three = here.teachers.select_related("person")[:3]
    moved(teachers, placing, one, there)
    with pytest.raises(Refused, match="full"):
        moved(teachers, placing, two, there)
    moved(teachers, placing, two, None)
    assert PlacedTeacher.objects.get(pk=two.pk).why == "taken_out"
    with pytest.raises(Refused, match="3 would be left"):
        moved(teachers, placing, three, None)
    Supervision.objects.create(supervisor=two.person, person=three.person, starts=LONG_AGO)
    with pytest.raises(Refused, match="above or below"):
        moved(teachers, placing, two, here)


def test_founded_once_however_often_it_is_pressed(teachers):
    LeverChoice.objects.create(programme=teachers.programme, lever="kickoff", value="workshop")
    placing = begun(teachers)
    for _press in range(2):
        founds.found_all(by=teachers.gathoni, placing_id=placing.pk)
    jobs.carry_out(by=teachers.gathoni, placing=placing, undo=False)
    founds.found_all(by=teachers.gathoni, placing_id=placing.pk)
    placing.refresh_from_db()
    made = Community.objects.filter(placed_as__placing=placing)
    assert (placing.state, made.count()) == ("founded", placing.groups.count())
    assert {each.stage for each in made} == {"forming"}  # until its workshop is recorded
    assert {each.area for each in made} == {teachers.mwingi}
    assert Membership.objects.filter(community__in=made, state="invited").count() == 12


def found(world, **options):
    placing = begun(world, **options)
    founds.found_all(by=world.gathoni, placing_id=placing.pk)
    placing.refresh_from_db()
    jobs.carry_out(by=world.gathoni, placing=placing, undo=False)
    return placing


def test_the_wall_is_asked_again_when_it_is_founded(teachers):
    placing = begun(teachers)
    group = placing.groups.first()
    one, two = [each.person for each in group.teachers.all()][:2]
    Supervision.objects.create(supervisor=one, person=two, starts=LONG_AGO)
    with pytest.raises(Refused, match=f"{one.name} supervises"):
        founds.found_group(by=teachers.gathoni, group_id=group.pk)
    assert not Community.objects.filter(placed_as=group).exists()


def test_each_accepts_or_declines_and_is_in_at_once(teachers):
    LeverChoice.objects.create(programme=teachers.programme, lever="kickoff", value="none")
    placing = found(teachers)
    group = placing.groups.first()
    rows = list(Membership.objects.filter(community=group.community_id))
    for row in rows[:3]:
        inviting.answer_invitation(person=row.person, membership_id=row.pk, accepts=True)
    inviting.answer_invitation(person=rows[3].person, membership_id=rows[3].pk, accepts=False)
    states = Membership.objects.filter(community=group.community_id).order_by("state")
    assert sorted(states.values_list("state", flat=True))[:4] == ["active"] * 3 + ["declined"]
    with pytest.raises(Refused, match="accepted already"):
        founds.undo_group(by=teachers.gathoni, group_id=group.pk)


def test_undone_while_nobody_has_come_and_who_declined_is_out_of_it(teachers):
    placing = found(teachers)
    group = placing.groups.first()
    row = Membership.objects.filter(community=group.community_id).first()
    inviting.answer_invitation(person=row.person, membership_id=row.pk, accepts=False)
    founds.undo_all(by=teachers.gathoni, placing_id=placing.pk)
    jobs.carry_out(by=teachers.gathoni, placing=placing, undo=True)
    placing.refresh_from_db()
    assert placing.state == "draft"
    assert not Community.objects.filter(name__startswith="Mathematics, Roadside").exists()
    assert not placing.teachers.filter(person=row.person).exists()


def test_names_are_shown_before_it_is_founded_and_never_to_a_supervisor(teachers, sign_in):
    placing = begun(teachers)
    group = placing.groups.first()
    inside = group.teachers.select_related("person").first()
    url = reverse("placing_group", args=[placing.pk, group.pk])
    assert inside.person.name in sign_in(teachers.gathoni).get(url).content.decode()
    Supervision.objects.create(supervisor=teachers.hamisi, person=inside.person, starts=LONG_AGO)
    assert sign_in(teachers.hamisi).get(url).status_code == 404
    page = sign_in(teachers.hamisi).get(reverse("placing", args=[placing.pk]))
    assert group.name + "</bdi>" not in page.content.decode()
    founds.found_group(by=teachers.gathoni, group_id=group.pk)
    assert inside.person.name not in sign_in(teachers.gathoni).get(url).content.decode()
    one = reverse("placing_teacher", args=[placing.pk, inside.pk])
    assert sign_in(teachers.gathoni).get(one).url == url


def test_the_form_keeps_what_was_typed_and_says_where_it_cannot_be(teachers, sign_in):
    office, url = sign_in(teachers.gathoni), reverse("placing_new")
    typed = {
        "name": "First", "cluster": 1, "low": 20, "high": 15, "most": 2, "km": 15, "within": "all",
    } | {f"weight_{name}": 1 for name in asked.WEIGHTS}  # fmt: skip
    refused = office.post(url, typed)
    assert refused.status_code == 422
    assert "at least as large as the smallest" in refused.content.decode()
    begun_ = office.post(url, typed | {"low": 10})
    placing = Placing.objects.get()
    assert begun_.url == reverse("placing", args=[placing.pk])
    assert (placing.cluster, placing.state) == (teachers.cluster, "forming")
    assert office.get(begun_.url)["Refresh"]


def test_the_sentence_says_why_in_the_teachers_language(teachers, sign_in):
    placing = found(teachers)
    teacher = placing.teachers.first()
    said = sentences.why_here(teacher)
    assert said.startswith(
        "You teach mathematics in English, as all here do; you are near each other in grades"
    )
    assert "the first meeting can be at Road 5 Primary" in said
    assert said.endswith("from your school.")
    row = Membership.objects.get(community=teacher.group.community_id, person=teacher.person)
    page = sign_in(teacher.person).get(reverse("invitation", args=[row.pk]))
    assert "as all here do" in page.content.decode()


def test_a_name_that_is_taken_gets_the_next_number(teachers):
    assert (
        names.free(teachers.programme, "mathematics, mwingi", uuid.uuid4())
        == "mathematics, mwingi 2"
    )


def test_a_job_that_is_lost_is_given_back(teachers):
    placing = acts.begin_placing(
        by=teachers.gathoni, programme=teachers.programme,
        people=[each.pk for each in teachers.teachers], wanted=SMALL,
    )  # fmt: skip
    jobs.give_back_lost(placing.began_at + dt.timedelta(hours=7))
    placing.refresh_from_db()
    assert placing.state == "draft"


def test_kilometres_as_the_crow_flies(teachers):
    one, other = teachers.schools[0], teachers.schools[10]
    assert rules.metres_between(one, other) == pytest.approx(10_006, abs=30)
    assert PlacedTeacher.Why.PLACED == ""


def test_only_who_says_she_is_a_woman_asks_for_women_alone(world, sign_in):
    url = reverse("placing_wishes")
    page = sign_in(world.baraka).get(url).content.decode()
    assert "women_only" not in page
    assert "once “Name and photo” says" in page
    sign_in(world.baraka).post(url, {"women_only": "on", "education": "diploma"})
    sign_in(world.amina).post(url, {"women_only": "on", "education": "degree"})
    assert dict(PlacingWish.objects.values_list("person__name", "women_only")) == {
        "Baraka Mutiso": False,
        "Amina Hassan": True,
    }
