"""Communities of 22,000 teachers, 10 to 15 each: beside k-means-constrained, MDAV and chance.

Two sets made from a seed. `even`: 174 strata of like size, five columns of normal noise. `skewed`: few
large strata and many small ones, columns as lists of teachers have them: years and classes with many
ties, kinds, a long tail. Schools of two to three teachers, each with a head above the others.

k-means-constrained (Levy-Kramer; Bradley, Bennett & Demiriz 2000) gets each stratum, the same number of
groups and the same bounds, and knows nothing of schools or heads. MDAV (Domingo-Ferrer & Mateo-Sanz
2002, IEEE Trans. Knowl. Data Eng. 14): groups of the mean size, as microaggregation makes them.

    pip install k-means-constrained        # or in another environment: --peer PYTHON
    python benchmarks/communities.py [--peer PYTHON] [--iterations 340]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from staffroom.methods.formation.chains import apart
from staffroom.methods.formation.communities import form, violations, within_distance
from staffroom.methods.formation.sizes import midway

N, LOW, HIGH, MOST = 22_000, 10, 15, 2
PEER = """
import json, sys, time
import numpy as np
from k_means_constrained import KMeansConstrained
found = np.load(sys.argv[1]); x, stratum, groups = found["x"], found["stratum"], found["groups"]
begin, label, count = time.perf_counter(), np.full(len(x), -1), 0
for number, k in enumerate(groups):
    who = np.flatnonzero(stratum == number)
    if k < 1: continue
    if k == 1: label[who] = count
    else:
        fit = KMeansConstrained(int(k), size_min=10, size_max=15, n_init=1, random_state=0)
        label[who] = count + fit.fit_predict(x[who])
    count += int(k)
np.save(sys.argv[2], label)
print(json.dumps({"seconds": time.perf_counter() - begin}))
"""


def made(kind: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """(n, 5) standardised columns, (n,) strata; each stratum can be cut within bounds."""
    rng = np.random.default_rng(seed)
    if kind == "even":
        share = rng.dirichlet(np.full(174, 8.0))
        x = rng.standard_normal((N, 5))
    else:
        share = np.sort(rng.pareto(1.1, 60) + 0.02)
        share = share / share.sum()
        years = np.minimum(rng.geometric(0.09, N), 40)
        classes, kind_of = rng.integers(1, 9, N), rng.choice(3, N, p=[0.6, 0.3, 0.1])
        x = np.stack([years, classes, kind_of == 0, kind_of == 1, rng.gamma(1.5, 1, N)], axis=1)
    size = np.maximum((share * N).astype(int), 20)
    size[-1] += N - size.sum()
    stratum = np.repeat(np.arange(len(size)), size)
    x = x.astype(float)
    return (x - x.mean(axis=0)) / x.std(axis=0), stratum


def mdav(x: np.ndarray, k: int) -> np.ndarray:
    """Labels of groups of k, the last one up to 2k-1."""
    label, left, number = np.full(len(x), -1), np.arange(len(x)), 0
    while len(left) >= 2 * k:
        far = left[((x[left] - x[left].mean(axis=0)) ** 2).sum(axis=1).argmax()]
        near = left[np.argsort(((x[left] - x[far]) ** 2).sum(axis=1), kind="stable")[:k]]
        label[near] = number
        left = np.setdiff1d(left, near, assume_unique=True)
        number += 1
    label[left] = number
    return label


def by_strata(x: np.ndarray, stratum: np.ndarray, groups: np.ndarray, how: str) -> np.ndarray:
    rng, label, count = np.random.default_rng(0), np.full(len(x), -1), 0
    for number, k in enumerate(groups):
        who = np.flatnonzero(stratum == number)
        if how == "chance":
            mine = rng.permutation(len(who)) % k
        else:
            mine = mdav(x[who], len(who) // k)
        label[who] = count + mine
        count += mine.max() + 1
    return label


def peer(
    python: str, x: np.ndarray, stratum: np.ndarray, groups: np.ndarray
) -> tuple[np.ndarray, float] | None:
    with tempfile.TemporaryDirectory() as folder:
        given, out = f"{folder}/in.npz", f"{folder}/out.npy"
        np.savez(given, x=x, stratum=stratum, groups=groups)
        done = subprocess.run([python, "-c", PEER, given, out], capture_output=True, text=True)
        if done.returncode:
            print(f"no k-means-constrained: {done.stderr.strip().splitlines()[-1:]}")
            return None
        return np.load(out), json.loads(done.stdout)["seconds"]


def compare(kind: str, seed: int, python: str, rounds: int) -> None:
    x, stratum = made(kind, seed)
    rng = np.random.default_rng(seed + 1)
    school = rng.integers(0, N * 2 // 5, N)
    order = np.argsort(school, kind="stable")
    first = order[np.flatnonzero(np.diff(school[order], prepend=-1))]
    head = np.full(N * 2 // 5, -1)
    head[school[first]] = first
    below: dict[int, list[int]] = {}
    for one in range(N):
        if head[school[one]] != one:
            below.setdefault(int(head[school[one]]), []).append(one)
    pairs = apart(below, stratum)
    groups = np.array([midway(int(n), LOW, HIGH) or 0 for n in np.bincount(stratum)])

    begin = time.perf_counter()
    found = form(
        x, stratum, school, pairs, low=LOW, high=HIGH, most=MOST,
        rng=np.random.default_rng(0), rounds=rounds,
    )  # fmt: skip
    took = time.perf_counter() - begin

    def line(name: str, label: np.ndarray, seconds: float | None) -> float:
        distance = within_distance(x, label)
        broken = violations(label, [stratum], school, pairs, LOW, HIGH, MOST)
        placed = int((label >= 0).sum())
        print(
            f"  {name:<24}{distance:>9.3f}{broken:>11}{placed:>9,}"
            + (f"{seconds:>9.1f} s" if seconds else "")
        )
        return distance

    print(f"{kind}: {N:,} teachers in {len(groups)} strata, {len(pairs):,} pairs to keep apart")
    print(f"  {'':<24}{'distance':>9}{'violations':>11}{'placed':>9}")
    line("chance", by_strata(x, stratum, groups, "chance"), None)
    line("MDAV", by_strata(x, stratum, groups, "mdav"), None)
    mine = line("ours", found.community, took)
    other = peer(python, x, stratum, groups)
    if other:
        its = line("k-means-constrained", *other)
        print(f"  ratio of distances {mine / its:.3f}, of times {took / other[1]:.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--iterations", type=int, default=340)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for kind in ("even", "skewed"):
        compare(kind, options.seed, options.peer, options.iterations)
    return 0


if __name__ == "__main__":
    sys.exit(main())
