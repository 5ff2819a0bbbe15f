"""Form the demo's clusters and keep them, so that making the demo needs no search.

    STAFFROOM_DEMO=1 STAFFROOM_DATA=var/demo python bin/make_demo_clusters.py

Reads the schools of a demo that was made; writes `staffroom/places/data/kenya_clusters_2016.json.gz`.
"""

import gzip
import json
from pathlib import Path
from typing import Any

from staffroom.cli import start_django

OUT = Path(__file__).parent.parent / "staffroom/places/data/kenya_clusters_2016.json.gz"
#: County, seconds to search.
PLANS = [("Kitui", 60), ("Mombasa", 60)]


def main() -> None:
    start_django()
    plans = [made(county, seconds) for county, seconds in PLANS]
    text = json.dumps(plans, separators=(",", ":")).encode()
    OUT.write_bytes(gzip.compress(text, mtime=0))
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")


def made(county: str, seconds: int) -> dict[str, Any]:
    from staffroom.core.clock import today
    from staffroom.places import cluster_search
    from staffroom.places.actions.clusters_form import as_kept
    from staffroom.places.cluster_lot import Settings, cut, lot_of
    from staffroom.places.models import Area, Programme, School

    programme = Programme.objects.get()
    area = Area.objects.get(programme=programme, level__depth=1, name__iexact=county)
    settings = Settings(seconds=seconds)
    lot = lot_of(programme, area, settings, today())
    cut(lot, settings)
    drawn = cluster_search.search(lot, settings, lambda done, of: None)
    code = dict(School.objects.filter(pk__in=lot.ids).values_list("pk", "code"))
    total = sum(drawn.metres)
    gap = f"{total / drawn.bound - 1:.2%}" if drawn.bound else "no bound"
    print(
        f"{county}: {len(lot)} schools, {len(drawn.centre)} clusters, {total / 1000:,.0f} km, {gap}"
    )
    return {
        "area": county, "settings": as_kept(settings), "bound": drawn.bound, "notes": drawn.notes,
        "schools": [
            [code[pk], k, metres, lot.why[i] if k < 0 else lot.note[i]]
            for i, (pk, k, metres) in enumerate(
                zip(lot.ids, drawn.label, drawn.metres, strict=True)
            )
        ],
        "centre": [code[lot.ids[i]] for i in drawn.centre], "circle": drawn.circle,
        "block": drawn.block, "blocks": len(drawn.blocks),
    }  # fmt: skip


if __name__ == "__main__":
    main()
