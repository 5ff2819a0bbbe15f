import pytest

from staffroom.communities.models import Membership
from staffroom.conversations.actions.edit import edit
from staffroom.conversations.actions.mention import seen
from staffroom.conversations.actions.say import say
from staffroom.conversations.models import Mention
from staffroom.core.clock import now
from tests.conftest import make_person


def named(post):
    return set(post.mentions.values_list("person__name", flat=True))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Nafula look", {"Nafula Wekesa"}),
        ("thanks @nafula wekesa, and @BARAKA.", {"Nafula Wekesa", "Baraka Mutiso"}),
        ("@Nafula\u2019s paper", {"Nafula Wekesa"}),
        ("@Nafulaa", set()),
        ("write to a@baraka.example", set()),
        ("@Amina is me", set()),
        ("@Farid is not here", set()),
        ("@ @@ nobody", set()),
    ],
)
def test_whom_the_text_names(world, text, names):
    assert named(say(by=world.amina, community=world.maths, text=text)) == names


def test_a_first_name_of_two_names_neither(world):
    other = make_person("Nafula Simiyu")
    Membership.objects.create(community=world.maths, person=other, state="active", joined_at=now())
    say_ = {"by": world.amina, "community": world.maths}
    assert named(say(text="@Nafula look", **say_)) == set()
    assert named(say(text="@Nafula Simiyu look", **say_)) == {"Nafula Simiyu"}


def test_an_edit_names_anew_and_a_seen_mention_stays_seen(world):
    post = say(by=world.amina, community=world.maths, text="@Nafula @Otieno")
    seen(by=world.nafula, posts=[post])
    edit(by=world.amina, post=post, text="@Nafula @Baraka")
    assert named(post) == {"Nafula Wekesa", "Baraka Mutiso"}
    assert Mention.objects.get(person=world.nafula).seen_at
    assert Mention.objects.get(person=world.baraka).seen_at is None
