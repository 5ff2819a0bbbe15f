import pytest
from django.test import Client

from staffroom.communities.actions.inviting import make_link, token_of, withdraw_link
from staffroom.core.ids import short


def place(link) -> str:
    return f"/c/{short(link.community_id)}/links/{short(link.pk)}/guide"


def test_for_everybody_its_code_leads_to_the_first_page(db):
    page = Client().get("/guide").content.decode()
    assert "<svg" in page
    assert ">testserver<" in page
    assert "Ask without your name" in page


@pytest.mark.parametrize(("language", "way"), [("en", "ltr"), ("sw", "ltr"), ("ur", "rtl")])
def test_it_can_be_had_in_another_language(world, sign_in, language, way):
    page = sign_in(world.amina).get(f"/guide?lang={language}").content.decode()
    assert f'<html lang="{language}" dir="{way}">' in page


def test_nonsense_is_ones_own_language(world, sign_in):
    assert '<html lang="en"' in sign_in(world.amina).get("/guide?lang=xx").content.decode()


def test_with_a_link_its_code_leads_into_the_community(world, sign_in):
    link = make_link(by=world.amina, community_id=world.maths.pk)
    client = sign_in(world.amina)
    assert place(link) in client.get("/guide").content.decode()
    page = client.get(place(link)).content.decode()
    assert f"testserver/join/{token_of(link)}" in page
    assert "Mathematics, Mwingi" in page
    assert place(link) in client.get(place(link).removesuffix("/guide")).content.decode()


def test_a_link_that_no_longer_stands_is_on_no_sheet(world, sign_in):
    link = make_link(by=world.amina, community_id=world.maths.pk)
    withdraw_link(by=world.amina, invitation_id=link.pk)
    client = sign_in(world.amina)
    assert client.get(place(link)).status_code == 404
    assert place(link) not in client.get("/guide").content.decode()


@pytest.mark.parametrize("name", ["daudi", "esther", "farid", "gathoni"])
def test_outsiders_have_no_link(world, sign_in, name):
    link = make_link(by=world.amina, community_id=world.maths.pk)
    client = sign_in(getattr(world, name))
    assert client.get(place(link)).status_code == 404
    assert place(link) not in client.get("/guide").content.decode()
