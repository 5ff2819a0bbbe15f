"""The clusters that are shipped with the demo: of the shipped schools, within bounds, loaded quickly."""

import csv
import gzip
import json
from collections import Counter

from staffroom.cli.demo import SCHOOLS
from staffroom.places import cluster_queries
from staffroom.places.models import Area, ClusterPlan, School
from staffroom.web.demo import clusters
from tests.conftest import LONG_AGO

SHIPPED = json.loads(gzip.decompress(clusters.FORMED.read_bytes()))


def test_what_is_shipped_is_of_the_shipped_list_and_within_bounds():
    with gzip.open(SCHOOLS, "rt", encoding="utf-8") as file:
        known = {row["objectid"].removesuffix(".0") for row in csv.DictReader(file)}
    for plan in SHIPPED:
        label = {code: cluster for code, cluster, _metres, _note in plan["schools"]}
        assert label.keys() <= known
        sizes = Counter(label.values())
        assert all(25 <= sizes[k] <= 35 for k in range(len(plan["centre"])))
        assert [label[code] for code in plan["centre"]] == list(range(len(plan["centre"])))


def test_a_plan_in_force_and_a_draft(world):
    for plan in SHIPPED:
        Area.objects.get_or_create(
            programme=world.programme, level=world.county_level, name=plan["area"],
            defaults={"starts": LONG_AGO},
        )  # fmt: skip
        School.objects.bulk_create(
            School(programme=world.programme, code=code, name=code, latitude=-1, longitude=38)
            for code, *_rest in plan["schools"]
        )
    clusters.add(world.programme, world.gathoni)
    kitui, mombasa = ClusterPlan.objects.order_by("made_at")
    assert (kitui.state, mombasa.state) == ("published", "draft")
    found = cluster_queries.figures(kitui)
    assert (found.schools, found.clusters, found.blocks) == (1639, 55, 4)
    assert found.gap < 0.05
    assert cluster_queries.figures(mombasa).clusters == 22
