"""Planning a cascade: 22,000 teachers through the command, and timetables beside CP-SAT and list scheduling.

The command, in a process of its own: seconds and peak memory, alternatives and workbook included.
Then the timetables of random circles (3 rounds, 4 clusters, 5 subjects, 0 to 2 groups each, seeds 0 to
N - 1): sittings and seconds of ours, of CP-SAT (OR-tools, 1 worker, `--limit` seconds a circle, told
nothing of our answer), and of plain list scheduling (the groups in the order of the list, each in the
first sitting that has room); and the bound that we prove.

    python benchmarks/cascade.py --peer /path/to/python    # an interpreter with: pip install ortools numpy
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TEACHERS, SCHOOLS = 22_000, 3_120

PEER = """
import json, sys, time
from ortools.sat.python import cp_model
limit = float(sys.argv[1]); out = []
for need, rooms, parallel in json.load(sys.stdin):
    R, P, S = len(need), len(rooms), len(parallel)
    T = sum(sum(sum(row) for row in layer) for layer in need)
    begin = time.perf_counter(); m = cp_model.CpModel()
    T = min(T, R * max(max(sum(layer[p]) for p in range(P)) for layer in need) + 8)
    last = m.new_int_var(0, T, "")
    x = {(r, p, s, t): m.new_int_var(0, need[r][p][s], "") for r in range(R) for p in range(P) for s in range(S) for t in range(T) if need[r][p][s]}
    for r in range(R):
        for p in range(P):
            for s in range(S):
                if need[r][p][s]: m.add(sum(x[r, p, s, t] for t in range(T)) == need[r][p][s])
    done = {}
    for t in range(T):
        for p in range(P): m.add(sum(x[k] for k in x if k[1] == p and k[3] == t) <= rooms[p])
        for s in range(S): m.add(sum(x[k] for k in x if k[2] == s and k[3] == t) <= parallel[s])
        for p in range(P):
            at = m.new_int_var(0, R - 1, ""); done[p, t] = at
            if t: m.add(at >= done[p, t - 1])
            for r in range(R):
                own = [x[k] for k in x if k[0] == r and k[1] == p and k[3] == t]
                if own:
                    b = m.new_bool_var(""); m.add(sum(own) <= 99 * b); m.add(at == r).only_enforce_if(b)
                    m.add(last >= t + 1).only_enforce_if(b)
    m.minimize(last); solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit; solver.parameters.num_workers = 1
    status = solver.solve(m)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    out.append([int(solver.value(last)) if found else None, status == cp_model.OPTIMAL, time.perf_counter() - begin])
print(json.dumps(out))
"""


def circles(many: int) -> list[tuple[list, list, list]]:  # type: ignore[type-arg]
    import numpy as np

    out = []
    for seed in range(many):
        rng = np.random.default_rng(seed)
        need = rng.integers(0, 3, (3, 4, 5)).tolist()
        out.append((need, rng.integers(2, 5, 4).tolist(), rng.integers(1, 4, 5).tolist()))
    return out


def ours(cases: list) -> list[tuple[int, int, float]]:  # type: ignore[type-arg]
    import numpy as np

    from staffroom.methods.cascade.timetable import timetable

    out = []
    for need, rooms, parallel in cases:
        begin = time.perf_counter()
        found = timetable(
            np.array(need), np.array(rooms), np.array(parallel), rng=np.random.default_rng(0)
        )
        out.append((found.length, found.bound, time.perf_counter() - begin))
    return out


def plain(need: list, rooms: list, parallel: list) -> int:  # type: ignore[type-arg]
    place: list[list[int]] = []
    trainers: list[list[int]] = []
    ready = [0] * len(rooms)
    for layer in need:
        after = list(ready)
        for p, row in enumerate(layer):
            for s, count in enumerate(row):
                for _group in range(count):
                    t = ready[p]
                    while t < len(place) and (
                        place[t][p] >= rooms[p] or trainers[t][s] >= parallel[s]
                    ):
                        t += 1
                    while t >= len(place):
                        place.append([0] * len(rooms))
                        trainers.append([0] * len(parallel))
                    place[t][p] += 1
                    trainers[t][s] += 1
                    after[p] = max(after[p], t + 1)
        ready = after
    return len(place)


def command() -> tuple[float, float, float, dict]:  # type: ignore[type-arg]
    """22,000 teachers: seconds, of them on the processor, peak MB, what was said."""
    draw = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clusters.csv"
        with path.open("w", newline="") as stream:
            out = csv.writer(stream)
            out.writerow(
                [
                    "id",
                    "cluster",
                    "circle",
                    "block",
                    "centre",
                    "km_to_centre",
                    "latitude",
                    "longitude",
                    "teachers",
                ]
            )
            for i in range(SCHOOLS):
                c = i // 30
                out.writerow([
                    f"S{i}", c + 1, c // 4 + 1, c // 28 + 1, f"S{c * 30}", round(draw.random() * 8, 2),
                    round(-1 + c * 0.05 + draw.random() / 20, 4), round(36 + c % 7 / 10, 4), draw.randint(3, 12),
                ])  # fmt: skip
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "staffroom.cli", "plan-cascade", str(path), "--teachers", str(TEACHERS),
             "--from", "2027-01-11", "--until", "2027-06-30", "-o", str(Path(folder) / "plan.xlsx"), "--json"],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        took = time.perf_counter() - begin
        if done.returncode:
            sys.exit(done.stderr)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = used.ru_maxrss / 1024
    return took, used.ru_utime + used.ru_stime, peak, json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--circles", type=int, default=20)
    parser.add_argument("--limit", type=float, default=5)
    options = parser.parse_args()
    took, worked, peak, said = command()
    print(
        f"plan-cascade, {TEACHERS:,} teachers of {SCHOOLS:,} schools, {len(said['alternatives'])} plans and a workbook: "
        f"{took:.1f} s ({worked:.1f} s of processor), {peak:.0f} MB (goal: 60 s)\n  {said['groups']:,} groups, {said['trainers']} trainers; the longest "
        f"circle takes {said['sittings']} sittings, proven at least {said['sittings_bound']}; circle trainers "
        f"{said['circle_trainers']}, proven at least {said['circle_trainers_bound']}\n"
    )
    cases = circles(options.circles)
    found = ours(cases)
    total, least = sum(f[0] for f in found), sum(f[1] for f in found)
    spent = sum(f[2] for f in found)
    print(
        f"{options.circles} circles{'':<24} {'sittings':>9} {'over bound':>11} {'seconds':>9} {'time':>8}"
    )
    line = "{:<34} {:>9} {:>10.1%} {:>9} {:>8}"
    print(line.format("proven bound", least, 0, "", ""))
    print(line.format("ours", total, total / least - 1, f"{spent:.2f}", "1x"))
    listed = sum(plain(*case) for case in cases)
    print(line.format("plain list scheduling", listed, listed / least - 1, "", ""))
    done = subprocess.run(
        [options.peer, "-c", PEER, str(options.limit)],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(f"CP-SAT could not be run with {options.peer}: pip install ortools")
        return
    peers = json.loads(done.stdout)
    solved = [i for i, p in enumerate(peers) if p[0] is not None]
    theirs, time_ = sum(peers[i][0] for i in solved), sum(p[2] for p in peers)
    print(line.format(f"CP-SAT ({len(solved)} found, {sum(p[1] for p in peers)} proven)", theirs,
                      theirs / sum(found[i][1] for i in solved) - 1, f"{time_:.2f}", f"{time_ / spent:.0f}x"))  # fmt: skip
    better = sum(1 for i in solved if peers[i][0] < found[i][0])
    worse = sum(1 for i in solved if peers[i][0] > found[i][0])
    print(
        f"CP-SAT needs fewer sittings in {better} circles, more in {worse}, none at all found in {len(peers) - len(solved)}."
    )


if __name__ == "__main__":
    main()
