"""A school is dragged to another cluster, with the cost said before it is let go; and with keys."""

from staffroom.core.ids import short
from staffroom.places.models import ClusterSchool, School
from tests.conftest import LONG_AGO
from tests.places.cluster_plans import make_plan


def test_a_school_is_dragged_and_moved_with_keys(world, come_in, axe, sideways, complaints):
    School.objects.filter(programme=world.programme).update(closed=LONG_AGO)
    made = make_plan(world, (3, 4, 5))
    number = lambda at: ClusterSchool.objects.get(school=made.schools[at]).cluster.number  # noqa: E731
    page = come_in(
        world.hamisi, f"/places/clusters/{short(made.plan.pk)}/change/{short(made.clusters[0].pk)}"
    )
    said = page.locator("[data-drag] [role=status]")

    def middle(name: str) -> tuple[float, float]:
        box = page.locator(f"[data-name='{name}']").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    page.locator("[data-drag] svg").scroll_into_view_if_needed()
    # Onto the full cluster: it says why not, and nothing moves.
    page.mouse.move(*middle("School 2"))
    page.mouse.down()
    page.mouse.move(*middle("School 9"), steps=3)
    assert "at most 5 fit" in said.inner_text()
    page.mouse.up()
    assert "at most 5 fit" in said.inner_text()
    # Onto the next one.
    page.mouse.move(*middle("School 2"))
    page.mouse.down()
    page.mouse.move(*middle("School 4"), steps=3)
    assert "its way is 1.1 km, 1.1 km less in all" in said.inner_text()
    assert not axe(page)
    assert not sideways(page)
    with page.expect_navigation():
        page.mouse.up()
    assert "School 2 moved to cluster 2" in page.locator("main").inner_text()
    assert number(2) == 2
    # Back with keys: School 4 … is not asked for, the last school of cluster 2 is School 2 itself.
    page.locator("[data-drag] svg").focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
        if said.inner_text().startswith("School 2,"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert "School 2 to cluster 1" in said.inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert number(2) == 1
    assert not complaints
