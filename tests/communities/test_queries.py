import pytest

from staffroom.communities import queries
from staffroom.communities.models import Community
from staffroom.communities.state import can_talk
from staffroom.places.models import Posting
from tests.conftest import LONG_AGO


def test_members_are_those_who_are_in(world):
    assert list(queries.members(world.maths)) == [
        world.amina,
        world.baraka,
        world.nafula,
        world.otieno,
    ]
    assert queries.active_ids(world.sister) == {world.amina.pk, world.daudi.pk}


def test_the_term_and_the_vacancy(world):
    assert queries.current_term(world.maths).person == world.baraka
    assert queries.current_term(world.sister) is None


def test_my_memberships_leave_out_what_the_wall_bars(world):
    assert [m.community for m in queries.my_memberships(world.amina)] == [
        world.maths,
        world.sister,
    ]
    Posting.objects.create(
        person=world.amina, school=world.river, role="head", starts=LONG_AGO
    )  # Daudi and Nafula teach there
    assert not queries.my_memberships(world.amina).exists()


@pytest.mark.parametrize("stage", Community.Stage.values)
def test_only_an_open_community_talks(stage):
    assert can_talk(Community(stage=stage)) is (stage == "open")
