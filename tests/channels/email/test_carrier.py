"""A colleague with an office who is a member too may have their digest by e-mail."""

import pytest

from staffroom.channels.email import boxes
from staffroom.channels.email.carrier import CARRIER
from staffroom.channels.email.models import Box
from staffroom.notices import carriers
from staffroom.notices.models import Preference

pytestmark = pytest.mark.django_db
TEXT = (
    "3 answers to you\nRead: https://staffroom.example.org/d\nStop: https://staffroom.example.org/s"
)


def test_it_is_known_and_works_where_it_is_set_up(post, settings):
    assert carriers.find("email") is not None
    settings.EMAIL_FROM = ""
    assert carriers.find("email") is None


def test_the_digest_goes_as_plain_text_with_a_way_out(world, post, client):
    Preference.objects.create(person=world.gathoni, by="email", often="daily")
    CARRIER.send(CARRIER.address(world.gathoni), TEXT)
    (letter,) = post.letters
    assert letter["subject"] == "Staffroom: Your digest"
    assert letter.get_body(("plain",)).get_content().splitlines() == TEXT.split("\n")
    client.post(letter["list-unsubscribe"].strip("<>").split("8000")[1])
    preference = Preference.objects.get()
    assert (preference.often, preference.by) == ("none", "page")


def test_members_have_no_address(world):
    assert CARRIER.address(world.amina) == ""
    assert CARRIER.address(world.gathoni) == "gathoni@example.org"


@pytest.mark.parametrize(
    ("says", "raised"),
    [
        ({"RCPT": "550 5.1.1 gone"}, carriers.Undeliverable),
        ({"RCPT": "450 later"}, carriers.TryLater),
        ({".": "554 no"}, carriers.Undeliverable),
    ],
)
def test_what_the_server_says_is_told(world, post, says, raised):
    post.says = dict(says)
    with pytest.raises(raised):
        CARRIER.send("gathoni@example.org", TEXT)
    assert boxes.is_refused(world.gathoni) == (says == {"RCPT": "550 5.1.1 gone"})
    assert Box.objects.count() == boxes.is_refused(world.gathoni)


def test_it_is_offered_to_those_whom_it_reaches(world, post, sign_in):
    assert "An e-mail" in sign_in(world.gathoni).get("/me/notices").content.decode()
    assert "An e-mail" not in sign_in(world.amina).get("/me/notices").content.decode()
