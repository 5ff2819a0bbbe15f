"""Search, beside plain FTS5 in the same run: what is found, and how fast among 100,000 items.

    python benchmarks/retrieval.py [--items 100000]
    python bin/with_postgres.py python benchmarks/retrieval.py

What is found: a lesson plan's learning outcomes as queries, the step-by-step guide of the same
lesson as the one right answer, among all guides and the stories; nothing was tuned on them (k1, b
and the title's weight are those of the literature). Stories by their titles, respelt in ways that
differ only by folding. Plain FTS5 is `unicode61` with its own `bm25()`, the words joined by OR.
Needs the files of `shared/data` (`STAFFROOM_TRIAL_DATA`).
"""

import argparse
import os
import random
import re
import sqlite3
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
DATA = Path(
    os.environ.get("STAFFROOM_TRIAL_DATA")
    or Path(__file__).resolve().parent.parent.parent / "shared/data"
)
PLANS = DATA / "library/cbc-maths-lesson-plans"
GUIDE = "step-by-step-guide_"
SCOPE = uuid.UUID(int=1)


@dataclass(frozen=True)
class Item:
    key: uuid.UUID
    title: str
    body: str
    language: str = "en"


Search = Callable[[str], list[uuid.UUID]]


def key_of(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


def guides() -> list[Item]:
    return [_item(path) for path in sorted(PLANS.rglob(f"{GUIDE}*.md"))]


def stories() -> list[Item]:
    return [
        _item(path, language)
        for language in ("en", "sw")
        for path in sorted((DATA / f"library/asp-{language}").glob("*.md"))
    ]


def _item(path: Path, language: str = "en") -> Item:
    title, _line, body = path.read_text(encoding="utf-8").partition("\n")
    return Item(key_of(str(path)), title.strip("# *"), body, language)


def outcomes() -> Iterator[tuple[str, str, uuid.UUID]]:
    """(kind of query, query, the guide that answers it)."""
    for guide in sorted(PLANS.rglob(f"{GUIDE}*.md")):
        plan = guide.with_name(guide.name.removeprefix(GUIDE))
        if not plan.exists():
            continue
        text = plan.read_text(encoding="utf-8")
        for found in re.finditer(r"^\d\.\s+\*\*(?:Know|Do|Apply)[^*]*\*\*(.+)$", text, re.M):
            yield "one outcome (know, do, apply)", found[1].strip()[:480], key_of(str(guide))
        if found := re.search(r"Specific Learning Outcome:?\*\*:?\s*\|([^|\n]+)\|", text):
            yield "the specific outcome", found[1].strip()[:480], key_of(str(guide))


# ---- the two that search


def ours(items: list[Item]) -> Search:
    from staffroom.core.models import SearchEntry
    from staffroom.core.retrieval import finding, vocabulary

    SearchEntry.objects.all().delete()
    put(items)
    vocabulary.recount()
    where = [[finding.Word(finding.facet("in", SCOPE))]]

    def search(text: str) -> list[uuid.UUID]:
        looked = finding.look(finding.wanted_words(text), where, ["en", "sw", "ur"])
        return [key for key, _kind in looked.ranked[:10]]

    return search


def put(items: list[Item], scopes: Callable[[int], uuid.UUID] = lambda n: SCOPE) -> None:
    from staffroom.core.clock import now
    from staffroom.core.retrieval.entries import put_all
    from staffroom.core.retrieval.kinds import Entry

    at = now()
    for start in range(0, len(items), 2000):
        put_all(
            Entry(
                "item",
                item.key,
                scopes(start + n),
                at,
                language=item.language,
                title=item.title,
                body=item.body,
            )
            for n, item in enumerate(items[start : start + 2000])
        )


def plain(items: list[Item], tokenizer: str = "unicode61") -> Search:
    database = sqlite3.connect(":memory:")
    database.execute(
        f"CREATE VIRTUAL TABLE t USING fts5(key UNINDEXED, title, body, tokenize='{tokenizer}')"
    )
    database.executemany(
        "INSERT INTO t VALUES (?, ?, ?)", [(one.key.hex, one.title, one.body) for one in items]
    )

    def search(text: str) -> list[uuid.UUID]:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", text)))
        if not words:
            return []
        found = database.execute(
            "SELECT key FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT 10", [words]
        )
        return [uuid.UUID(key) for (key,) in found]

    return search


# ---- what is found


def quality() -> None:
    items = guides() + stories()
    asked = list(outcomes())
    print(f"\n{len(guides())} guides among {len(items)} texts")
    peers = {
        "ours": ours(items),
        "plain FTS5": plain(items),
        "FTS5 with its porter": plain(items, "porter unicode61"),
    }
    for kind in dict.fromkeys(kind for kind, _query, _key in asked):
        print(f"\n  {kind}: {sum(kind == other for other, *_ in asked)} queries")
        for name, search in peers.items():
            ranks = [_rank(search(query), key) for other, query, key in asked if other == kind]
            print(f"    {name:22} recall@5 {_recall(ranks, 5):.3f}   MRR@10 {_mrr(ranks):.3f}")
    _respelt(peers)
    _bent()


def _rank(found: list[uuid.UUID], right: uuid.UUID) -> int:
    return found.index(right) + 1 if right in found else 0


def _recall(ranks: list[int], at: int) -> float:
    return sum(0 < rank <= at for rank in ranks) / len(ranks)


def _mrr(ranks: list[int]) -> float:
    return sum(1 / rank for rank in ranks if rank) / len(ranks)


RESPELT: dict[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "with accents": lambda text: text.translate(str.maketrans("aeiou", "áèîõü")),
    "wide letters": lambda text: "".join(
        chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text
    ),
    "soft hyphens, joiners": lambda text: re.sub(r"(\w{3})(\w)", "\\1\u00ad\\2", text),
    "one slip of typing": lambda text: re.sub(r"\b(\w\w)(\w)(\w\w+)", r"\1\3", text),
}


def _respelt(peers: dict[str, Search]) -> None:
    titled = [story for story in stories() if len(story.title) > 3]
    print(f"\n  {len(titled)} stories by their titles, respelt: recall@5")
    for how, respell in RESPELT.items():
        row = [
            f"{name} {_recall([_rank(search(respell(one.title)), one.key) for one in titled], 5):.3f}"
            for name, search in peers.items()
        ]
        print(f"    {how:24} {'   '.join(row)}")


def _bent() -> None:
    """Urdu typed with Arabic letters: the articles of the Declaration by their rarest words."""
    files = sorted((DATA / "languages").rglob("*urd*"))
    if not files:
        return
    lines = [line.strip() for line in files[0].read_text(encoding="utf-8").splitlines()]
    items = [
        Item(key_of(line), "", line, "ur") for line in dict.fromkeys(lines) if len(line.split()) > 8
    ]
    arabic = str.maketrans("کیہ٠١٢", "كيه012")
    print(
        f"\n  {len(items)} paragraphs of Urdu, six words of each typed with Arabic letters: recall@5"
    )
    for name, search in (("ours", ours(items)), ("plain FTS5", plain(items))):
        ranks = [
            _rank(search(" ".join(item.body.split()[2:8]).translate(arabic)), item.key)
            for item in items
        ]
        print(f"    {name:22} {_recall(ranks, 5):.3f}")


# ---- how fast


def speed(count: int) -> None:
    from django.db import connection

    from staffroom.core.retrieval import finding, vocabulary

    chance = random.Random(7)
    items, mine = _many(count, chance), [uuid.UUID(int=2), uuid.UUID(int=3)]
    # Two in five belong to the programme's library, the others to communities of sixteen.
    scopes = lambda n: SCOPE if n % 5 < 2 else uuid.UUID(int=2 + n // 30)  # noqa: E731
    began = time.perf_counter()
    put(items, scopes)
    filled = time.perf_counter()
    vocabulary.recount()
    counted = time.perf_counter()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE core_searchentry")
            cursor.execute("VACUUM ANALYZE core_searchword")
    print(
        f"\n{count} items on {connection.vendor}: indexed at {count / (filled - began):.0f} a second, "
        f"words counted in {counted - filled:.1f} s"
    )
    where = [[finding.Word(finding.facet("in", scope)) for scope in [SCOPE, *mine]]]
    peer = plain(items)

    def search(text: str) -> list[uuid.UUID]:
        looked = finding.look(finding.wanted_words(text), where, ["en", "sw", "ur"])
        return [key for key, _kind in looked.ranked[:10]]

    print("    ms at the median and at 95 of 100 (of this process's own time: of 95 of 100)")
    for kind, queries in _queries(items, chance).items():
        row = []
        for name, one in (("ours", search), ("plain FTS5", peer)):
            wall, own = _times(one, queries)
            row.append(f"{name} {_at(wall, 50):7.1f} {_at(wall, 95):7.1f} ({_at(own, 95):6.1f})")
        print(f"    {kind:20} {'   '.join(row)}", flush=True)


def _many(count: int, chance: random.Random) -> list[Item]:
    """Real sentences in new company, and an invented name in each, as real names are."""
    texts = guides() + stories()
    lines = [
        (line, one.language) for one in texts for line in one.body.split("\n") if len(line) > 20
    ]
    titles = [one.title for one in texts]
    found = []
    for n in range(count):
        some = chance.choices(lines, k=chance.choice((2, 3, 5, 25)))
        name = "".join(chance.choices("abdefghiklmnorstuwyz", k=7))
        body = "\n".join([*(line for line, _language in some), name])
        title = chance.choice(titles) if n % 5 < 2 else ""
        found.append(Item(uuid.uuid5(uuid.NAMESPACE_OID, str(n)), title, body, some[0][1]))
    return found


def _queries(items: list[Item], chance: random.Random) -> dict[str, list[str]]:
    words = [chance.choice(chance.choice(items).body.split()).strip(".,*") for _ in range(120)]
    words = [word for word in words if word.isalpha() and len(word) > 2][:80]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    return {
        "one word": words,
        "two words": pairs,
        "a title": [chance.choice(items[: 2 * 5 : 5]).title or "goat" for _ in range(10)]
        + [item.title for item in chance.sample([one for one in items if one.title], 60)],
        "a slip of typing": [word[:2] + word[3:] for word in words if len(word) > 5],
        "a learning outcome": [query for _kind, query, _key in outcomes()][:80],
    }


def _times(search: Search, queries: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds on the clock, and of this process's processor."""
    wall, own = [], []
    for query in queries:
        began, own_began = time.perf_counter(), time.process_time()
        try:
            search(query)
        except Exception as error:
            if type(error).__name__ != "Refused":
                raise
        wall.append(1000 * (time.perf_counter() - began))
        own.append(1000 * (time.process_time() - own_began))
    return wall, own


def _at(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--only", choices=["quality", "speed"])
    options = parser.parse_args()
    if not PLANS.exists():
        sys.exit(f"The texts to measure with are not in {DATA}.")
    from django.core.management import call_command

    from benchmarks import _django  # noqa: F401

    call_command("migrate", verbosity=0)
    if options.only != "speed":
        quality()
    if options.only != "quality":
        from staffroom.core.models import SearchEntry

        SearchEntry.objects.all().delete()
        speed(options.items)
