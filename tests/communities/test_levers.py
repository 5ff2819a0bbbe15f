import pytest

from staffroom.communities.levers import LEVERS, design_of, is_left, lever
from staffroom.communities.models import Community, LeverChoice

pytestmark = pytest.mark.django_db


def fresh(community):
    return Community.objects.get(pk=community.pk)


def choose(world, value, community=None, left=True, key="size"):
    LeverChoice.objects.create(
        programme=world.programme,
        community=community,
        lever=key,
        value=value,
        left_to_community=left,
    )


@pytest.mark.parametrize(
    ("programme", "left", "own", "expected"),
    [
        (None, True, None, "15"),
        ("12", True, None, "12"),
        ("12", True, "8", "8"),
        ("12", False, "8", "12"),
        ("nonsense", True, None, "15"),
    ],
)
def test_the_communitys_choice_then_the_programmes_then_the_built_in(
    world, programme, left, own, expected
):
    if programme:
        choose(world, programme, left=left)
    if own:
        choose(world, own, community=world.maths)
    assert lever(fresh(world.maths), "size") == expected


def test_a_lever_not_left_to_communities_ignores_their_choice(world):
    choose(world, "30", community=world.maths)
    assert not is_left(world.programme, "size")
    assert lever(fresh(world.maths), "size") == "15"


def test_another_communitys_choice_does_not_matter(world):
    choose(world, "none", community=world.sister, key="moderation")
    assert lever(fresh(world.maths), "moderation") == "rotating"
    assert lever(fresh(world.sister), "moderation") == "none"


def test_the_whole_design_takes_one_query(world, django_assert_num_queries):
    community = fresh(world.maths)
    with django_assert_num_queries(1):
        assert design_of(community).keys() == LEVERS.keys()
        assert lever(community, "kickoff") in LEVERS["kickoff"].choices


@pytest.mark.parametrize("each", LEVERS.values(), ids=LEVERS.keys())
def test_every_lever_is_whole(each):
    assert each.default in each.choices
    assert len(each.choices) >= 2
    assert all(len(code) <= 30 for code in each.choices)
    assert len(each.key) <= 30
    assert each.evidence
    assert {note.strength for note in each.evidence} <= {"tested", "observed", "proposed"}
