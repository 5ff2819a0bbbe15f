"""Every page of the room, for those it is for, and what the others get."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from staffroom.communities import queries
from staffroom.communities.actions import inviting, joining, leaving
from staffroom.communities.levers import LEVERS
from staffroom.communities.models import (
    Community,
    Election,
    Ending,
    GroundRules,
    LeverChoice,
    Membership,
    OutsideView,
    Term,
)
from staffroom.core.clock import now
from staffroom.people.models import Person
from staffroom.places.models import Appointment
from tests.conftest import LONG_AGO, make_person

INSIDE = ["community", "seen_from_outside", "rules", "moderation", "design"]
MEMBERS = ["welcome", "leave", "members", "invite", "propose_rules"]
MODERATOR = ["edit_community", "kickoff", "close_community", "hand_over", "advisers"]
OUTSIDE = ["esther", "farid", "daudi", "gathoni", "hamisi"]


@pytest.mark.parametrize("name", INSIDE + MEMBERS + MODERATOR)
@pytest.mark.parametrize("who", ["amina", "baraka", "chausiku", *OUTSIDE])
def test_pages_inside(world, sign_in, who, name):
    allowed = {
        "amina": INSIDE + MEMBERS,
        "baraka": INSIDE + MEMBERS + MODERATOR,
        "chausiku": INSIDE,
    }.get(who, [])
    answer = sign_in(getattr(world, who)).get(reverse(name, args=[world.maths.pk]))
    assert answer.status_code == (200 if name in allowed else 404)


@pytest.mark.parametrize("name", INSIDE + MEMBERS + MODERATOR)
def test_nobody_sees_pages_inside_without_signing_in(world, client, name):
    answer = client.get(reverse(name, args=[world.maths.pk]))
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


@pytest.mark.parametrize("who", ["amina", "esther", "farid", "gathoni", "hamisi"])
def test_the_garden_is_the_gardeners(world, sign_in, who):
    browser = sign_in(getattr(world, who))
    expected = 200 if who == "gathoni" else 404
    for name in ("garden", "plant"):
        assert browser.get(reverse(name)).status_code == expected
    for name in ("plot", "garden_kickoff", "garden_advisers", "garden_invite"):
        assert browser.get(reverse(name, args=[world.maths.pk])).status_code == expected


@pytest.mark.parametrize("who", ["amina", "esther", "gathoni", "hamisi"])
def test_levers_are_set_by_gardeners_and_administrators(world, sign_in, who):
    browser = sign_in(getattr(world, who))
    expected = 200 if who in {"gathoni", "hamisi"} else 404
    assert browser.get(reverse("programme_levers")).status_code == expected
    assert browser.get(reverse("programme_lever", args=["size"])).status_code == expected


@pytest.mark.parametrize("key", LEVERS)
def test_every_lever_has_its_page(world, sign_in, key):
    answer = sign_in(world.amina).get(reverse("lever", args=[key]))
    assert answer.status_code == 200
    assert "Nobody has tested this yet" in answer.content.decode()


def test_an_unknown_lever_is_not_there(world, sign_in):
    assert sign_in(world.amina).get("/levers/nonsense").status_code == 404


# -- joining, through the pages


def may_write(person, community):
    return queries.may_write(person, Community.objects.get(pk=community.pk))


def test_finding_asking_approving(world, sign_in):
    daudi = sign_in(world.daudi)
    assert "Mathematics, Mwingi" in daudi.get("/communities/find").content.decode()
    ask = reverse("ask_to_join", args=[world.maths.pk])
    page = daudi.get(ask).content.decode()
    assert "Amina" not in page
    refused = daudi.post(ask, {"note": "Grade 7 " * 50})
    assert refused.status_code == 422
    assert "Grade 7 Grade 7" in refused.content.decode()
    assert daudi.post(ask, {"note": "Grade 7"}).status_code == 302
    assert "The members will decide" in daudi.get("/communities").content.decode()

    membership = Membership.objects.get(person=world.daudi, community=world.maths)
    for member in (world.amina, world.nafula):
        browser = sign_in(member)
        assert "1 colleague asks to join" in browser.get("/communities").content.decode()
        assert "Grade 7" in browser.get(reverse("members", args=[world.maths.pk])).content.decode()
        browser.post(
            reverse("answer_request", args=[world.maths.pk, membership.pk]), {"word": "yes"}
        )
    welcome = reverse("welcome", args=[world.maths.pk])
    assert welcome in daudi.get("/").content.decode()
    assert "We are kind." in daudi.get(welcome).content.decode()
    assert not may_write(world.daudi, world.maths)
    daudi.post(welcome, {"agree": "1"})
    assert may_write(world.daudi, world.maths)
    assert "hard in your classroom" in daudi.get(welcome).content.decode()
    daudi.post(welcome)
    membership.refresh_from_db()
    assert membership.introduced_at


def test_a_reason_for_a_refusal_is_never_shown_to_whoever_asked(world, sign_in):
    membership = joining.ask_to_join(person=world.daudi, community_id=world.maths.pk)
    for member in (world.amina, world.nafula):
        sign_in(member).post(
            reverse("answer_request", args=[world.maths.pk, membership.pk]),
            {"word": "no", "reason": "We have too many."},
        )
    membership.refresh_from_db()
    assert membership.state == "declined"
    assert "too many" not in sign_in(world.daudi).get("/communities").content.decode()


def test_the_barred_and_the_unlisted_answer_the_same(world, sign_in):
    barred = sign_in(world.esther).get(reverse("ask_to_join", args=[world.maths.pk]))
    Community.objects.filter(pk=world.maths.pk).update(listed=False)
    unlisted = sign_in(world.daudi).get(reverse("ask_to_join", args=[world.maths.pk]))
    assert (barred.status_code, unlisted.status_code) == (404, 404)


def test_a_link_tells_a_barred_person_what_a_dead_link_tells(world, sign_in, client):
    invitation = inviting.make_link(by=world.amina, community_id=world.maths.pk)
    path = reverse("join", args=[inviting.token_of(invitation)])
    before = client.get(path)
    assert "Mathematics" not in before.content.decode()
    assert client.session["invitation"]
    barred = sign_in(world.esther).get(path, follow=True).content.decode()
    dead = sign_in(world.esther).get("/join/" + "x" * 24, follow=True).content.decode()
    assert barred == dead
    daudi = sign_in(world.daudi)
    assert "Mathematics" in daudi.get(path, follow=True).content.decode()
    daudi.post(path + "/here")
    assert Membership.objects.get(person=world.daudi, community=world.maths).state == "requested"


def test_an_invitation_is_answered(world, sign_in):
    membership = inviting.invite(by=world.amina, community_id=world.maths.pk, person=world.daudi)
    path = reverse("invitation", args=[membership.pk])
    daudi = sign_in(world.daudi)
    assert path in daudi.get("/communities").content.decode()
    assert "Amina Hassan" in daudi.get(path).content.decode()
    assert sign_in(world.farid).get(path).status_code == 404
    daudi.post(path, {"decline": "1"})
    membership.refresh_from_db()
    assert membership.state == "declined"


def test_inviting_by_name_and_phone_shows_no_numbers(world, sign_in):
    browser = sign_in(world.amina)
    path = reverse("invite", args=[world.maths.pk])
    page = browser.get(path, {"words": "daudi"}).content.decode()
    assert "Invite Daudi" in page
    assert "700000004" not in page
    assert "Esther" not in browser.get(path, {"words": "esther nduku"}).content.decode().replace(
        'value="esther nduku"', ""
    )
    for name, phone in [("New One", "0711 222 333"), ("Esther", "0700 000 005")]:
        answer = browser.post(
            reverse("invite_phone", args=[world.maths.pk]),
            {"name": name, "phone": phone},
            follow=True,
        )
        assert "the invitation waits" in answer.content.decode()
    assert Person.objects.filter(name="New One", enrolled_at=None).exists()
    assert not Membership.objects.filter(person=world.esther).exists()


def test_a_bad_number_is_explained_and_kept(world, sign_in):
    answer = sign_in(world.amina).post(
        reverse("invite_phone", args=[world.maths.pk]), {"name": "Ann", "phone": "12"}
    )
    assert answer.status_code == 422
    assert 'value="Ann"' in answer.content.decode()


def test_the_printed_link_has_a_code_without_styles(world, sign_in):
    browser = sign_in(world.amina)
    path = reverse("make_link", args=[world.maths.pk])
    page = browser.post(path, {"id": "019a0000-0000-7000-8000-000000000001"}, follow=True)
    again = browser.post(path, {"id": "019a0000-0000-7000-8000-000000000001"}, follow=True)
    assert page.redirect_chain == again.redirect_chain
    html = page.content.decode()
    assert "<svg" in html
    assert "/join/" in html
    assert "style=" not in html


# -- leaving and ending


def test_leaving_asks_first(world, sign_in):
    browser = sign_in(world.amina)
    path = reverse("leave", args=[world.maths.pk])
    assert "What you wrote stays" in browser.get(path).content.decode()
    browser.post(path)
    assert browser.get(reverse("community", args=[world.maths.pk])).status_code == 404
    returned = joining.ask_to_join(person=world.amina, community_id=world.maths.pk)
    assert returned.state == "requested"


def test_ending_a_membership_takes_more_than_the_moderator(world, sign_in):
    Community.objects.filter(pk=world.maths.pk).update(approvals_needed=2)
    target = Membership.objects.get(person=world.otieno, community=world.maths)
    sign_in(world.baraka).post(
        reverse("propose_ending", args=[world.maths.pk, target.pk]), {"reason": "Only adverts."}
    )
    ending = Ending.objects.get()
    members = reverse("members", args=[world.maths.pk])
    assert "Only adverts." not in sign_in(world.otieno).get(members).content.decode()
    answer = reverse("answer_ending", args=[world.maths.pk, ending.pk])
    assert sign_in(world.otieno).post(answer, {"word": "yes"}).status_code == 404
    assert sign_in(world.baraka).post(answer, {"word": "yes"}).status_code == 404
    for member in (world.amina, world.nafula):
        target.refresh_from_db()
        assert target.state == "active"
        assert "Only adverts." in sign_in(member).get(members).content.decode()
        sign_in(member).post(answer, {"word": "yes"})
    target.refresh_from_db()
    assert (target.state, target.why_ended) == ("ended", "members")
    page = sign_in(world.otieno).get("/communities").content.decode()
    assert "have ended your membership" in page
    sign_in(world.otieno).post(reverse("ended_told", args=[target.pk]))
    assert (
        "have ended your membership"
        not in sign_in(world.otieno).get("/communities").content.decode()
    )


def test_whoever_became_a_supervisor_is_told_kindly(world, sign_in):
    from staffroom.communities.actions import firewall
    from staffroom.places.models import Posting

    Posting.objects.filter(person=world.amina).update(role="head")
    firewall.mend({world.amina.pk})
    browser = sign_in(world.amina)
    assert "Your new post" in browser.get("/communities").content.decode()
    for name in INSIDE + MEMBERS:
        assert browser.get(reverse(name, args=[world.maths.pk])).status_code == 404


def test_the_only_members_cannot_put_each_other_out(world):
    membership = Membership.objects.get(person=world.amina, community=world.sister)
    from staffroom.core.errors import Refused

    with pytest.raises(Refused):
        leaving.propose_ending(by=world.daudi, membership_id=membership.pk, reason="x")


# -- founding


def test_teachers_found_a_community(world, sign_in):
    browser = sign_in(world.farid)
    page = browser.get("/communities/new")
    first = page.context["form"].initial
    data = {
        "id": str(first["id"]),
        "name": "English, Mwingi",
        "subject": "english",
        "language": "en",
        "area": "mwingi",
        "grades": ["7", "8"],
        "listed": "on",
    }
    browser.post("/communities/new", data)
    browser.post("/communities/new", data)
    community = Community.objects.get(name="English, Mwingi")
    assert community.area == world.mwingi
    assert community.grades == [7, 8]
    assert community.stage == "open"
    assert community.rule_versions.get().rules == ["We are kind."]
    assert Term.objects.get(community=community).person == world.farid
    taken = browser.post("/communities/new", data | {"id": ""})
    assert taken.status_code == 422
    unknown = browser.post("/communities/new", data | {"id": "", "name": "B", "area": "Nowhere"})
    assert "We do not know this area" in unknown.content.decode()


def test_the_formation_lever_keeps_founding_to_gardeners(world, sign_in):
    LeverChoice.objects.create(programme=world.programme, lever="formation", value="placed")
    assert sign_in(world.farid).get("/communities/new").status_code == 404
    assert "/communities/new" not in sign_in(world.farid).get("/communities").content.decode()


def test_a_gardener_plants_a_community_and_opens_it_by_its_kickoff(world, sign_in):
    browser = sign_in(world.gathoni)
    browser.post(
        "/garden/new-community",
        {"name": "Science, Mwingi", "language": "sw", "kickoff": "workshop", "area": "Mwingi"},
    )
    community = Community.objects.get(name="Science, Mwingi")
    assert community.stage == "forming"
    assert community.rule_versions.get().rules == ["Tunaheshimiana."]
    assert not community.memberships.exists()
    invite = reverse("garden_invite", args=[community.pk])
    assert "Invite Otieno" in browser.get(invite, {"words": "otieno"}).content.decode()
    from staffroom.core.ids import short

    browser.post(
        reverse("garden_invite_person", args=[community.pk]), {"person": short(world.otieno.pk)}
    )
    membership = community.memberships.get()
    sign_in(world.otieno).post(reverse("invitation", args=[membership.pk]))
    sign_in(world.otieno).post(reverse("welcome", args=[community.pk]), {"agree": "1"})
    otieno = sign_in(world.otieno).get(reverse("welcome", args=[community.pk]))
    assert "first meeting" in otieno.content.decode()
    kickoff = reverse("garden_kickoff", args=[community.pk])
    tomorrow = (now() + dt.timedelta(days=2)).date().isoformat()
    assert browser.post(kickoff, {"held_on": tomorrow}).status_code == 422
    browser.post(kickoff, {"held_on": "2026-01-10", "place": "River Primary", "present": "11"})
    community.refresh_from_db()
    assert community.stage == "open"
    assert community.opened_at


# -- the garden tells nothing of persons


def test_a_look_is_written_where_the_members_read_it(world, sign_in):
    browser = sign_in(world.gathoni)
    page = browser.get(reverse("plot", args=[world.maths.pk])).content.decode()
    browser.get(reverse("plot", args=[world.maths.pk]))
    for name in ("Amina", "Baraka", "Nafula", "Otieno"):
        assert name not in page
    assert "fewer than 10 members" in page
    assert OutsideView.objects.filter(community=world.maths, person=world.gathoni).count() == 1
    seen = sign_in(world.amina).get(reverse("seen_from_outside", args=[world.maths.pk]))
    assert "Gathoni Njoroge" in seen.content.decode()


def _grow(world, size):
    for number in range(size - 4):
        person = make_person(f"Person {number}", f"+2547000002{number:02}")
        Membership.objects.create(
            community=world.maths, person=person, state="active", joined_at=now()
        )


@pytest.mark.parametrize(
    ("size", "words"),
    [(9, "fewer than 10 members"), (10, "10 or more members"), (13, "10 or more members")],
)
def test_the_garden_never_tells_how_many_members(world, sign_in, size, words):
    _grow(world, size)
    browser = sign_in(world.gathoni)
    for address in (reverse("plot", args=[world.maths.pk]), reverse("garden")):
        page = browser.get(address).content.decode()
        assert words in page
        assert f"{size} members" not in page.replace("fewer than 10 members", "")


@pytest.mark.parametrize(
    ("size", "words"), [(9, "There is room"), (14, "There is room"), (15, "All places are taken")]
)
def test_who_is_not_in_learns_whether_there_is_room_and_no_number(world, sign_in, size, words):
    """Two exact numbers, one after the other, would tell who has come or left."""
    _grow(world, size)
    browser = sign_in(world.daudi)
    page = browser.get(reverse("find_communities")).content.decode()
    assert words in page
    Membership.objects.create(community=world.maths, person=world.daudi, state="invited")
    invited = browser.get("/communities", follow=True).content.decode()
    for text in (page, invited):
        assert f"{size} colleagues" not in text
        assert f"{size} of" not in text


def test_neither_asking_nor_an_invitation_tells_how_many_there_are(world, sign_in):
    _grow(world, 13)
    browser = sign_in(world.daudi)
    asking = browser.get(reverse("ask_to_join", args=[world.maths.pk])).content.decode()
    invited = Membership.objects.create(
        community=world.maths, person=world.daudi, state="invited", invited_by=world.amina
    )
    invitation = browser.get(reverse("invitation", args=[invited.pk])).content.decode()
    for page in (asking, invitation):
        assert "Mathematics, Mwingi" in page
        assert not re.search(r"\b13\b", page)


def test_a_gardener_who_supervises_a_member_sees_no_such_community(world, sign_in):
    from staffroom.places.models import Oversight

    Oversight.objects.create(person=world.gathoni, area=world.kitui, starts=LONG_AGO)
    browser = sign_in(world.gathoni)
    page = browser.get("/garden").content.decode()
    assert "Mathematics, Mwingi" not in page
    assert browser.get(reverse("plot", args=[world.maths.pk])).status_code == 404
    assert not OutsideView.objects.exists()


def test_a_gardener_of_another_area_sees_nothing(world, sign_in):
    from staffroom.places.models import Area

    other = Area.objects.create(
        programme=world.programme, level=world.county_level, name="Busia", starts=LONG_AGO
    )
    Appointment.objects.filter(person=world.gathoni).update(area=other)
    assert sign_in(world.gathoni).get(reverse("plot", args=[world.maths.pk])).status_code == 404


def test_the_garden_search_does_not_tell_who_is_a_member(world, sign_in):
    browser = sign_in(world.gathoni)
    path = reverse("garden_invite", args=[world.maths.pk])
    for name in ("amina", "daudi", "esther"):
        assert f"Invite {name.title()}" in browser.get(path, {"words": name}).content.decode()
    from staffroom.core.ids import short

    answers = {
        browser.post(
            reverse("garden_invite_person", args=[world.maths.pk]),
            {"person": short(getattr(world, name).pk)},
            follow=True,
        )
        .content.decode()
        .count("the invitation waits")
        for name in ("amina", "daudi", "esther")
    }
    assert answers == {1}
    assert not Membership.objects.filter(person=world.esther).exists()


# -- rules, terms, design through the pages


def test_new_rules_are_in_force_when_more_than_half_agree(world, sign_in):
    path = reverse("propose_rules", args=[world.maths.pk])
    sign_in(world.amina).post(path, {"rules": "We are kind.\nWe answer within a day."})
    version = GroundRules.objects.get(community=world.maths, version=2)
    assert version.in_force_since is None
    banner = sign_in(world.nafula).get(reverse("community", args=[world.maths.pk])).content.decode()
    assert "New ground rules are proposed" in banner
    agree = reverse("agree_rules", args=[world.maths.pk, version.pk])
    sign_in(world.nafula).post(agree)
    version.refresh_from_db()
    assert version.in_force_since is None  # two of four are not more than half
    assert sign_in(world.chausiku).post(agree).status_code == 404
    sign_in(world.baraka).post(agree)
    version.refresh_from_db()
    assert version.in_force_since
    banner = sign_in(world.otieno).get(reverse("community", args=[world.maths.pk])).content.decode()
    assert "Our ground rules: please read" in banner
    sign_in(world.otieno).post(agree)
    banner = sign_in(world.otieno).get(reverse("community", args=[world.maths.pk])).content.decode()
    assert "Our ground rules: please read" not in banner


def test_a_proposal_can_be_withdrawn_and_one_waits_at_a_time(world, sign_in):
    path = reverse("propose_rules", args=[world.maths.pk])
    sign_in(world.amina).post(path, {"rules": "One."})
    assert sign_in(world.nafula).post(path, {"rules": "Two."}).status_code == 422
    version = GroundRules.objects.get(community=world.maths, version=2)
    withdraw = reverse("withdraw_rules", args=[world.maths.pk, version.pk])
    assert sign_in(world.nafula).post(withdraw).status_code == 404
    sign_in(world.amina).post(withdraw)
    assert sign_in(world.nafula).post(path, {"rules": "Two."}).status_code == 302


@pytest.mark.parametrize("rules", ["", "\n".join("x" * 13), "y" * 201])
def test_bad_rules_are_explained(world, sign_in, rules):
    path = reverse("propose_rules", args=[world.maths.pk])
    assert sign_in(world.amina).post(path, {"rules": rules}).status_code == 422


def test_voting_by_page(world, sign_in):
    sign_in(world.amina).post(reverse("open_vote", args=[world.maths.pk]))
    election = Election.objects.get()
    from staffroom.core.ids import short

    path = reverse("vote", args=[world.maths.pk, election.pk])
    assert sign_in(world.amina).post(path, {"candidate": "x"}).status_code == 422
    sign_in(world.amina).post(path, {"candidate": short(world.nafula.pk)})
    page = sign_in(world.amina).get(reverse("moderation", args=[world.maths.pk]))
    assert "Change my vote" in page.content.decode()
    assert sign_in(world.farid).post(path, {"candidate": short(world.nafula.pk)}).status_code == 404


def test_the_moderator_announces_a_change_of_the_design(world, sign_in):
    from staffroom.communities import clockwork
    from staffroom.communities.levers import lever
    from staffroom.core.clock import pretend

    path = reverse("change_design", args=[world.maths.pk, "membership"])
    assert sign_in(world.amina).get(path).status_code == 404
    browser = sign_in(world.baraka)
    assert browser.post(path, {"value": "open", "why": ""}).status_code == 422
    assert browser.post(path, {"value": "shut", "why": "Because"}).status_code == 422
    browser.post(path, {"value": "open", "why": "We trust our cluster."})
    design = reverse("design", args=[world.maths.pk])
    assert "We trust our cluster." in sign_in(world.amina).get(design).content.decode()
    assert lever(Community.objects.get(pk=world.maths.pk), "membership") == "approval"
    with pretend(now() + dt.timedelta(days=4)):
        clockwork.nightly(now())
    assert lever(Community.objects.get(pk=world.maths.pk), "membership") == "open"
    assert browser.get(reverse("change_design", args=[world.maths.pk, "size"])).status_code == 404


def test_a_programme_sets_a_default(world, sign_in):
    from staffroom.communities.levers import lever

    path = reverse("programme_lever", args=["size"])
    sign_in(world.hamisi).post(path, {"value": "12", "why": "Small groups first."})
    assert lever(Community.objects.get(pk=world.maths.pk), "size") == "12"
    design = reverse("design", args=[world.maths.pk])
    assert "Small groups first." in sign_in(world.amina).get(design).content.decode()


def test_a_moderator_reads_out_a_code_only_for_the_first_sign_in(world, sign_in):
    new = make_person("Zawadi", "+254700000077")
    Person.objects.filter(pk=new.pk).update(enrolled_at=None)
    membership = inviting.invite(by=world.amina, community_id=world.maths.pk, person=new)
    path = reverse("hand_over_code", args=[world.maths.pk, membership.pk])
    assert sign_in(world.amina).get(path).status_code == 404
    browser = sign_in(world.baraka)
    assert browser.get(path).status_code == 200
    shown = browser.post(path)
    assert len(shown.context["code"].replace(" ", "")) == 6
    Person.objects.filter(pk=new.pk).update(enrolled_at=now())
    assert browser.post(path).status_code == 422


def test_while_forming_the_gardener_chooses(world, sign_in):
    forming = Community.objects.create(programme=world.programme, name="New", stage="forming")
    browser = sign_in(world.gathoni)
    path = reverse("garden_design", args=[forming.pk, "kickoff"])
    LeverChoice.objects.create(
        programme=world.programme, community=forming, lever="kickoff", value="workshop"
    )
    browser.post(path, {"value": "none", "why": "They know each other."})
    forming.refresh_from_db()
    assert forming.stage == "open"
    assert browser.get(path).status_code == 404  # now it is the members'


def test_a_vacant_term_is_shown_inside(world, sign_in):
    path = reverse("stream", args=[world.maths.pk])
    assert "Nobody moderates" not in sign_in(world.amina).get(path).content.decode()
    Term.objects.filter(community=world.maths).update(ended_at=now())
    assert "Nobody moderates" in sign_in(world.amina).get(path).content.decode()
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever="moderation", value="none"
    )
    assert "Nobody moderates" not in sign_in(world.amina).get(path).content.decode()


def test_an_invitation_that_the_wall_ends_tomorrow_is_not_shown_today(world, sign_in):
    from staffroom.places.models import Posting

    inviting.invite(by=world.amina, community_id=world.maths.pk, person=world.daudi)
    Posting.objects.create(person=world.daudi, school=world.market, role="head", starts=LONG_AGO)
    assert "You are invited" not in sign_in(world.daudi).get("/communities").content.decode()


@pytest.mark.parametrize("name", ["plot", "garden_invite", "garden_advisers", "garden_kickoff"])
def test_in_the_garden_one_tab_is_marked_and_it_is_the_gardens(world, sign_in, name):
    page = sign_in(world.gathoni).get(reverse(name, args=[world.maths.pk])).content.decode()
    tabs = page[page.index('class="tabs"') :]
    assert tabs.count("aria-current") == 1
    assert tabs.index("aria-current") > tabs.index("/garden")


def test_the_gardener_finds_the_communities_without_moderator(world, sign_in):
    browser = sign_in(world.gathoni)
    assert "?stage=vacant" in browser.get("/garden").content.decode()
    shown = browser.get("/garden?stage=vacant").content.decode()
    assert "Science, Kitui East" in shown
    assert "Mathematics, Mwingi" not in shown


def test_hours_are_those_of_the_community(world, sign_in):
    """Nobody in Nairobi reads the clock of Greenwich."""
    election = Election.objects.create(
        community=world.maths, closes_at=dt.datetime(2031, 5, 4, 22, 30, tzinfo=dt.UTC)
    )
    page = sign_in(world.amina).get(reverse("moderation", args=[world.maths.pk]))
    assert election.community.timezone == "Africa/Nairobi"
    assert "5 May, 01:30" in page.content.decode()


def test_a_rule_reads_as_it_is_written(world, sign_in):
    path = reverse("propose_rules", args=[world.maths.pk])
    sign_in(world.amina).post(path, {"rules": "No \u202eevil\u202c names\n\u200e\n"})
    assert queries.proposed_rules(world.maths).rules == ["No evil names"]


def let_in(person, world):
    asked = joining.ask_to_join(person=person, community_id=world.maths.pk)
    for each in (world.amina, world.nafula):
        joining.say_yes_or_no(member=each, membership_id=asked.pk, accepts=True)


def test_a_newcomer_is_told_once_that_they_are_in(world, sign_in):
    let_in(world.daudi, world)
    client, first = sign_in(world.daudi), reverse("welcome", args=[world.maths.pk])
    client.post(first, {"agree": "1"})
    text = client.get(first).content.decode()
    others = world.maths.memberships.filter(state="active").count() - 1
    assert f"{others} colleagues will read it" in text
    assert "You are in" in client.get("/communities").content.decode()
    assert client.post(first, {"write": "1"})["Location"] == reverse("round", args=[world.maths.pk])
    assert "You are in" not in client.get("/communities").content.decode()


def test_to_a_newcomer_the_rules_are_not_new(world, sign_in):
    let_in(world.daudi, world)
    kinds = [each.kind for each in queries.waiting_for(world.daudi)]
    assert "welcome" in kinds
    assert "rules" not in kinds
