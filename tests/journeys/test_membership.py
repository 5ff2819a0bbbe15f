"""Leave one community and be let into another, by its members, on their phones."""

from staffroom.communities.models import Membership
from staffroom.core.ids import short


def test_leave_and_be_let_in_elsewhere(come_in, world):
    world.sister.approvals_needed = 1
    world.sister.save()
    otieno = come_in(world.otieno, f"/c/{short(world.maths.pk)}/")
    otieno.click(".board .menu summary")
    otieno.click("text=About this community")
    otieno.click("main a[href$='/leave']")
    otieno.click("main form .btn >> nth=0")
    assert Membership.objects.get(person=world.otieno, community=world.maths).state == "left"
    assert otieno.goto(f"/c/{short(world.maths.pk)}/").status == 404

    otieno.goto("/communities")
    otieno.click("text=Find a community")
    otieno.click("li:has-text('Science, Kitui East') >> text=Ask to join")
    otieno.fill("textarea, input[name=note]", "I teach integrated science now.")
    otieno.click("main form .btn")
    request = Membership.objects.get(person=world.otieno, community=world.sister)
    assert request.state == "requested"

    amina = come_in(world.amina, "/")
    amina.click("text=Otieno Ouma")
    amina.click("li:has-text('Otieno Ouma') button[value=yes]")
    request.refresh_from_db()
    assert request.state == "active"

    otieno.goto("/")
    assert otieno.locator("text=Science, Kitui East").count() >= 1


def test_esther_finds_no_way_in(come_in, world):
    esther = come_in(world.esther, "/communities/find")
    assert esther.locator("text=Mathematics, Mwingi").count() == 0
    assert esther.goto(f"/c/{short(world.maths.pk)}/").status == 404
    assert esther.goto(f"/communities/{short(world.maths.pk)}/ask-to-join").status in (404, 200)
    assert not Membership.objects.filter(person=world.esther).exists()
