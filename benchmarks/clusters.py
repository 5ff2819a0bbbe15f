"""Clusters of Kenya's primary schools, 25 to 35 each: beside k-means-constrained in equal time.

Each district (or county) by itself. k-means-constrained (Levy-Kramer; Bradley, Bennett & Demiriz 2000)
gets the same number of clusters and bounds on projected kilometres and starts anew with another seed
until its time is up; the central school is then the best of each cluster, and its best start counts.
It has the whole time also where we stop early because nothing better exists. Then the whole country at
once: time to the first answer, memory (growth of the peak of a process of its own from the moment the
coordinates stand in an array), and the km as it goes on.

    pip install k-means-constrained        # or in another environment: --peer PYTHON
    python benchmarks/clusters.py [--by county] [--seconds 1] [--every 8] [--peer PYTHON]
    python benchmarks/clusters.py --national
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
LIST = ROOT / "staffroom/places/data/kenya_schools_2016.csv.gz"
LOW, HIGH, NATION, SEED = 25, 35, 22_000, 0


def schools() -> dict[str, list[tuple[float, float]]]:
    """(latitude, longitude) of primary schools by "county / district", those in Kenya's box."""
    import csv
    import gzip

    found = defaultdict(list)
    with gzip.open(LIST, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["level"] != "Primary" or not row["x_coord"] or not row["y_coord"]:
                continue
            y, x = float(row["y_coord"]), float(row["x_coord"])
            if -4.9 < y < 5.5 and 33.8 < x < 42:
                found[row["county"] + " / " + row["district"]].append((y, x))
    return found


def ours(places: list[tuple[float, float]], clusters: int, seconds: float) -> dict[str, float]:
    from staffroom.methods.formation.clusters import Part, form_clusters
    from staffroom.methods.formation.earth import points

    y, x = np.array(places).T
    part = Part(np.arange(len(places)), clusters, np.zeros(0, np.int64))
    begin = time.perf_counter()
    found = form_clusters(
        points(y, x), [part], LOW, HIGH, rng=np.random.default_rng(SEED), seconds=seconds
    )
    took = time.perf_counter() - begin
    return {"km": found.total / 1000, "gap": found.gap or 0.0, "seconds": took}


PEER = """
import json, sys, time
import numpy as np
from k_means_constrained import KMeansConstrained
sys.path.insert(0, sys.argv[1])
from staffroom.methods.formation.earth import between, points
for line in sys.stdin:
    job = json.loads(line)
    y, x = np.array(job["places"]).T
    flat = np.c_[y, x * np.cos(np.radians(y.mean()))] * 111.2
    at = points(y, x)
    metres = between(at, at)
    begin, best, starts = time.perf_counter(), None, 0
    while not starts or time.perf_counter() - begin < job["seconds"]:
        label = KMeansConstrained(n_clusters=job["clusters"], size_min=job["low"], size_max=job["high"],
                                  n_init=1, random_state=starts).fit_predict(flat)
        km = 0
        for k in range(job["clusters"]):
            own = np.flatnonzero(label == k)
            km += metres[np.ix_(own, own)].sum(axis=1).min() / 1000
        best, starts = km if best is None else min(best, km), starts + 1
    print(json.dumps({"km": best, "starts": starts, "seconds": time.perf_counter() - begin}), flush=True)
"""


def side_by_side(options: argparse.Namespace) -> None:
    from staffroom.methods.formation.sizes import midway

    lists = defaultdict(list)
    for name, places in schools().items():
        county, _slash, district = name.partition(" / ")
        if options.by == "county" or district:
            lists[county if options.by == "county" else district] += places
    names = [n for n in sorted(lists) if len(lists[n]) >= 50 and midway(len(lists[n]), LOW, HIGH)]
    names = names[:: options.every]
    peer = subprocess.Popen(
        [options.peer, "-c", PEER, str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert peer.stdin
    assert peer.stdout
    rows = []
    for name in names:
        places, clusters = lists[name], midway(len(lists[name]), LOW, HIGH)
        mine = ours(places, clusters, options.seconds)
        job = {"places": places, "clusters": clusters, "low": LOW, "high": HIGH}
        peer.stdin.write(json.dumps(job | {"seconds": options.seconds}) + "\n")
        peer.stdin.flush()
        theirs = json.loads(peer.stdout.readline() or sys.exit("the peer has stopped"))
        rows.append((mine, theirs))
        print(
            f"{name:<22} {len(places):>5} schools {clusters:>3} clusters  {mine['km']:>8.1f} km, gap "
            f"{mine['gap']:6.2%}, {mine['seconds']:5.2f} s   kmc {theirs['km']:>8.1f} km, "
            f"{theirs['starts']} starts, {theirs['seconds']:.2f} s   ratio {mine['km'] / theirs['km']:.3f}"
        )
    peer.stdin.close()
    km, other = sum(m["km"] for m, _t in rows), sum(t["km"] for _m, t in rows)
    ratios = [m["km"] / t["km"] for m, t in rows]
    print(
        f"\n{len(rows)} lists: km ratio in all {km / other:.3f}, median {statistics.median(ratios):.3f}"
    )
    print(
        f"better in {sum(r < 0.99999 for r in ratios)}, worse in {sum(r > 1.00001 for r in ratios)}"
    )
    gaps = [m["gap"] for m, _t in rows]
    print(f"proven gap: median {statistics.median(gaps):.2%}, mean {statistics.mean(gaps):.2%}, "
          f"largest {max(gaps):.2%}, none left in {sum(g == 0 for g in gaps)}")  # fmt: skip
    used = sum(m["seconds"] for m, _t in rows), sum(t["seconds"] for _m, t in rows)
    print(f"seconds: ours {used[0]:.1f}, k-means-constrained {used[1]:.1f}")


NATIONAL = """
import resource, sys, time
sys.path.insert(0, sys.argv[1])
from benchmarks import clusters as bench
import numpy as np
import scipy.optimize, scipy.spatial
from staffroom.methods.formation.clusters import Part, form_clusters
from staffroom.methods.formation.earth import points
from staffroom.methods.formation.sizes import midway
every = np.array([place for _name, places in sorted(bench.schools().items()) for place in places])
y, x = every[np.sort(np.random.default_rng(0).permutation(len(every))[:bench.NATION])].T
del every
part = Part(np.arange(len(y)), midway(len(y), bench.LOW, bench.HIGH), np.zeros(0, np.int64))
# The peak so far (reading the list) is filled up first, so that the growth is all the computation's.
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
now = lambda: int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20
before = now()
found = form_clusters(points(y, x), [part], bench.LOW, bench.HIGH, rng=np.random.default_rng(0),
                      seconds=float(sys.argv[2]))
gap = "none" if found.gap is None else f"{found.gap:.1%}"
print(f"{len(y):,} schools, {part.clusters} clusters, {float(sys.argv[2]):g} s asked: first answer "
      f"{found.first_seconds:.2f} s with {found.first / 1000:,.0f} km; at the end {found.total / 1000:,.0f} km, "
      f"{found.steps} iterations, proven gap {gap}; memory {peak() - before:.0f} MB above {before:.0f} MB")
"""


def national() -> None:
    for seconds in (0, 10, 30):
        subprocess.run([sys.executable, "-c", NATIONAL, str(ROOT), str(seconds)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--by", choices=["district", "county"], default="district")
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--every", type=int, default=8, help="every so many-th list (1: all)")
    parser.add_argument("--peer", default=sys.executable, help="a Python with k-means-constrained")
    parser.add_argument("--national", action="store_true")
    options = parser.parse_args()
    national() if options.national else side_by_side(options)


if __name__ == "__main__":
    main()
