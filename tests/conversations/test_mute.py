import datetime as dt

import pytest
from django.urls import reverse

from staffroom.conversations.actions.mute import mute_community, mute_person, unmute
from staffroom.conversations.models import Mute
from staffroom.conversations.queries.mutes import muted_communities, muted_ids
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from tests.conversations.makers import a_post


def test_a_muted_person_is_muted_until_the_day(world):
    until = now() + dt.timedelta(days=7)
    mute_person(by=world.amina, other=world.nafula, community=world.maths, until=until)
    assert muted_ids(world.amina) == {world.nafula.pk}
    assert muted_ids(world.nafula) == set()
    with pretend(until + dt.timedelta(minutes=1)):
        assert muted_ids(world.amina) == set()


def test_muting_twice_is_one_mute_with_the_later_date(world):
    for until in (now() + dt.timedelta(days=1), None):
        mute_person(by=world.amina, other=world.nafula, community=world.maths, until=until)
    assert Mute.objects.get().until is None


def test_nobody_is_told(world):
    mute_person(by=world.amina, other=world.nafula, community=world.maths)
    assert not OutboxEntry.objects.exists()
    told = AuditEntry.objects.get(act="mute.made")
    assert str(world.nafula.pk) not in f"{told.on_id} {told.detail}"


def test_a_community_is_muted_and_heard_again(world):
    mute = mute_community(by=world.amina, community=world.maths)
    assert muted_communities(world.amina) == {world.maths.pk}
    with pytest.raises(NotYours):
        unmute(by=world.baraka, mute=mute)
    unmute(by=world.amina, mute=mute)
    assert muted_communities(world.amina) == set()


@pytest.mark.parametrize(
    ("who", "whom", "answer"),
    [
        ("amina", "nafula", None),
        ("amina", "chausiku", None),
        ("chausiku", "amina", None),
        ("amina", "amina", Refused),
        ("amina", "daudi", NotYours),  # not in this community
        ("daudi", "nafula", NotYours),
        ("esther", "amina", NotYours),
        ("farid", "amina", NotYours),
        ("gathoni", "amina", NotYours),
    ],
)
def test_who_may_mute_whom(world, who, whom, answer):
    arguments = {"by": getattr(world, who), "other": getattr(world, whom)}
    if answer is None:
        assert mute_person(**arguments, community=world.maths)
        return
    with pytest.raises(answer):
        mute_person(**arguments, community=world.maths)


@pytest.mark.parametrize(("span", "days"), [("day", 1), ("week", 7), ("month", 30), ("open", None)])
def test_the_page_and_the_way_back(world, sign_in, span, days):
    post = a_post(world.maths, world.nafula)
    client = sign_in(world.amina)
    url = reverse("mute_author", args=[world.maths.pk, post.pk])
    assert "Nobody is told" in client.get(url).content.decode()
    answer = client.post(url, {"span": span}, follow=True)
    mute = Mute.objects.get()
    if days is None:
        assert mute.until is None
    else:
        assert abs(mute.until - now() - dt.timedelta(days=days)) < dt.timedelta(minutes=1)
    page = answer.content.decode()
    undo = reverse("unmute", args=[mute.pk])
    assert f'action="{undo}"' in page
    assert "Muted. Show" in page
    assert "Nafula Wekesa" in client.get(reverse("mutes")).content.decode()
    client.post(undo)
    assert not Mute.objects.exists()
    assert "You hear everyone" in client.get(reverse("mutes")).content.decode()


def test_without_a_choice_it_asks_again(world, sign_in):
    url = reverse("mute_community", args=[world.maths.pk])
    assert sign_in(world.amina).post(url, {"span": "forever"}).status_code == 422
    assert not Mute.objects.exists()
    assert sign_in(world.amina).post(url, {"span": "week"}).status_code == 302
    assert Mute.objects.get().muted_community == world.maths


def test_another_persons_mute_is_not_there(world, sign_in):
    mute = Mute.objects.create(person=world.amina, muted_person=world.nafula)
    for name in ("nafula", "baraka", "esther", "hamisi"):
        client = sign_in(getattr(world, name))
        assert client.post(reverse("unmute", args=[mute.pk])).status_code == 404
        assert "Nafula Wekesa" not in client.get(reverse("mutes")).content.decode()
    assert Mute.objects.exists()
