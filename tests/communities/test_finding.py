"""What /communities/find shows, and in which order."""

import pytest

from staffroom.communities.queries.finding import find
from staffroom.places.models import Area, AreaParent
from tests.conftest import LONG_AGO, make_community


@pytest.fixture
def scattered(world):
    """Communities near Otieno (Mwingi in Kitui, mathematics) and far."""
    busia = Area.objects.create(
        programme=world.programme, level=world.county_level, name="Busia", starts=LONG_AGO
    )
    kyuso = Area.objects.create(
        programme=world.programme, level=world.zone_level, name="Kyuso", starts=LONG_AGO
    )
    AreaParent.objects.create(area=kyuso, parent=world.kitui, starts=LONG_AGO)
    world.maths.memberships.filter(person=world.otieno).delete()
    world.maths.listed = world.sister.listed = False
    world.maths.save()
    world.sister.save()
    for name, subject, area in [
        ("A far, art", "arts", busia),
        ("B far, maths", "mathematics", busia),
        ("C near, art", "arts", kyuso),
        ("D near, maths", "mathematics", kyuso),
        ("E county, maths", "mathematics", world.kitui),
        ("F nowhere, maths", "mathematics", None),
    ]:
        make_community(world.programme, name, world.nafula, subject=subject, area=area)
    world.otieno.subjects = ["mathematics"]
    world.otieno.save()
    return world


def letters(found):
    return "".join(each.name[0] for each in found)


def test_my_subject_near_me_comes_first(scattered):
    assert letters(find(scattered.otieno)) == "DEBFCA"


def test_without_subject_and_school_it_is_by_name(scattered):
    scattered.otieno.subjects = []
    scattered.otieno.save()
    scattered.otieno.postings.all().delete()
    assert letters(find(scattered.otieno)) == "ABCDEF"


def test_an_area_means_all_that_lies_in_it(scattered):
    assert letters(find(scattered.otieno, area="kitui")) == "DEC"
    assert letters(find(scattered.otieno, area="Kyuso")) == "DC"
    assert letters(find(scattered.otieno, area="Atlantis")) == ""


def test_pages_of_twenty_lead_on_and_back(world, sign_in):
    for number in range(21):
        make_community(world.programme, f"Circle {number:02}", world.nafula)
    browser = sign_in(world.daudi)
    first = browser.get("/communities/find?words=circle").content.decode()
    assert "Circle 19" in first
    assert "Circle 20" not in first
    assert "words=circle&amp;page=2" in first
    second = browser.get("/communities/find?words=circle&page=2").content.decode()
    assert "Circle 20" in second
    assert "words=circle&amp;page=1" in second
