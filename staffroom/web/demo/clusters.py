"""The demo's clusters: one county's plan in force, another's still a draft.

They were formed by the product itself and are shipped (`bin/make_demo_clusters.py`): no search here.
"""

import gzip
import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from staffroom import places
from staffroom.core.clock import now, today
from staffroom.people.models import Person
from staffroom.places.actions.clusters_write import write_plan
from staffroom.places.cluster_lot import Drawn, Lot
from staffroom.places.models import Area, ClusterPlan, Programme, School

FORMED = Path(places.__file__).parent / "data/kenya_clusters_2016.json.gz"


def add(programme: Programme, by: Person | None) -> None:
    """The first plan is published since the beginning of the year; the others are drafts."""
    for number, kept in enumerate(json.loads(gzip.decompress(FORMED.read_bytes()))):
        codes = [row[0] for row in kept["schools"]]
        own = School.objects.filter(programme=programme, code__in=codes)
        ids = dict(own.values_list("code", "pk"))
        if len(ids) < len(codes):
            continue  # another list of schools than the one that is shipped
        area = Area.objects.get(programme=programme, level__depth=1, name__iexact=kept["area"])
        plan = ClusterPlan(
            programme=programme, area=area, name=f"{area.name} {today().year}", made_by=by,
            settings=kept["settings"] | {"notes": kept["notes"]}, bound=kept["bound"],
        )  # fmt: skip
        if number == 0:
            plan.state = ClusterPlan.State.PUBLISHED
            plan.starts, plan.published_by, plan.published_at = _new_year(), by, now()
        plan.save()
        _write(plan, kept, ids)


def _write(plan: ClusterPlan, kept: dict[str, Any], ids: dict[str, uuid.UUID]) -> None:
    codes = [code for code, _cluster, _metres, _note in kept["schools"]]
    at = {code: i for i, code in enumerate(codes)}
    notes = [note for *_rest, note in kept["schools"]]
    labels = [label for _code, label, *_rest in kept["schools"]]
    lot = Lot([ids[code] for code in codes], [], notes, notes, [], {})
    drawn = Drawn(
        labels, [metres for _code, _label, metres, _note in kept["schools"]],
        [at[code] for code in kept["centre"]], list(range(1, len(kept["centre"]) + 1)),
        [""] * len(kept["centre"]), kept["circle"],
        [(number, "") for number in range(1, len(kept["block"]) + 1)], kept["block"],
        [(number, "") for number in range(1, kept["blocks"] + 1)], kept["bound"],
    )  # fmt: skip
    write_plan(plan, lot, drawn)


def _new_year() -> date:
    return today().replace(month=1, day=1)
