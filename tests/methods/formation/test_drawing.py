"""Places on paper, hulls, colours, names."""

import math

from staffroom.methods.formation import drawing


def test_the_paper_is_true_to_scale_in_both_directions():
    paper = drawing.paper([(-1.0, 36.0), (-1.0, 37.0), (-2.0, 36.0)], width=400, tallest=2000)
    here, east, south = (paper.spot(place) for place in [(-1, 36), (-1, 37), (-2, 36)])
    km = drawing.KM_A_DEGREE
    assert math.isclose(
        (east[0] - here[0]) * paper.km, km * math.cos(math.radians(1.5)), rel_tol=0.01
    )
    assert math.isclose((south[1] - here[1]) * paper.km, km, rel_tol=0.01)
    length, units = paper.bar()
    assert length == 20
    assert math.isclose(units * paper.km, 20, rel_tol=0.01)


def test_one_point_and_the_date_line_fit_on_paper():
    lone = drawing.paper([(5.0, 5.0)] * 3)
    assert 0 < lone.spot((5, 5))[0] < lone.width
    assert lone.height <= 480
    fiji = drawing.paper([(-17.0, 179.5), (-17.0, -179.5)])
    assert fiji.spot((-17, 179.5))[0] < fiji.spot((-17, -179.5))[0] < fiji.width


def test_a_hull_has_the_corners_alone():
    grid = [(float(x), float(y)) for x in range(4) for y in range(4)]
    assert set(drawing.hull(grid)) == {(0, 0), (0, 3), (3, 0), (3, 3)}
    assert drawing.hull([(1, 1), (1, 1)]) == [(1, 1)]
    assert len(drawing.hull([(0, 0), (1, 1), (2, 2)])) == 2


def test_neighbours_have_different_colours():
    places = [(y + 0.3 * (x % 2), float(x)) for x in range(12) for y in range(12)]
    found = drawing.colours(places)
    assert set(found) == set(range(5))
    for i, one in enumerate(places):
        others = sorted((math.dist(one, place), j) for j, place in enumerate(places) if j != i)
        assert all(found[j] != found[i] for far, j in others[:3])
    assert drawing.colours([]) == []
    assert drawing.colours([(0.0, 0.0)]) == [0]


def test_names_cover_neither_each_other_nor_a_spot():
    spots = [(100.0, 100.0), (104.0, 100.0), (395.0, 100.0)]
    first, second, third = drawing.names(spots, [60, 60, 60], size=11, width=400)
    assert third == (389.0, 103.8, "end")  # it would leave the paper on the other side
    assert first != second
    crowd = [(100.0 + x, 100.0 + y) for x in range(5) for y in range(5)]
    assert None in drawing.names(crowd, [60] * 25, size=11, width=400)
