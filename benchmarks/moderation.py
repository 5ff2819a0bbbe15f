"""How often the hints about doubtful messages are right, and how often teachers are wrongly doubted.

Precision and recall per threshold, beside a naive Bayes classifier (multinomial, Laplace) trained on
the other half (>= the odds of spam as a logarithm) and a plain list of six words. Weights, lists and threshold were made on the half that
`half` calls 0; what is printed is the half called 1. The split is by the text's own hash, chosen
before any text was read. False alarms: what teachers, storytellers and lesson plans say, where
nothing is spam (these were read while the lists were made, so they are no held-out figures).
python benchmarks/moderation.py
"""

import gzip
import hashlib
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from staffroom.conversations.doubts import word_lists
from staffroom.methods.text.fold import words
from staffroom.methods.text.spam import THRESHOLD, look

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared/data")
LISTED = {"free", "win", "prize", "claim", "urgent", "forward"}
Labelled = list[tuple[str, bool]]


def half(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0] % 2


def sms() -> Labelled:
    rows = (DATA / "moderation/sms-spam-collection.tsv").read_text("utf-8", "replace").splitlines()
    return [(text, kind == "spam") for kind, text in (row.split("\t", 1) for row in rows[1:])]


def roman_urdu() -> Labelled:
    """0 is abusive in this file, 1 is not."""
    rows = (DATA / "moderation/roman-urdu-train.tsv").read_text("utf-8").splitlines()
    return [(text, kind == "0") for text, kind in (row.rsplit("\t", 1) for row in rows)]


def innocent() -> Iterator[tuple[str, list[str]]]:
    with gzip.open(DATA / "communities/Lean-for-teaching.jsonl.gz", "rt", encoding="utf-8") as chat:
        yield "teachers' forum (messages)", [json.loads(line)["text"] for line in chat]
    for folder in ("cbc-maths-lesson-plans", "asp-en", "asp-sw"):
        files = sorted((DATA / "library" / folder).rglob("*.md"))
        parts = [part for file in files for part in file.read_text("utf-8").split("\n\n")]
        yield f"{folder} (paragraphs)", [part for part in parts if len(part) > 40]
    logs = sorted((DATA / "communities/irc-threads").rglob("*.raw.txt"))
    lines = [line for log in logs for line in log.read_text("utf-8", "replace").splitlines()]
    yield "help channel (lines)", [line.partition("> ")[2] for line in lines if "> " in line]


class NaiveBayes:
    def __init__(self, known: Labelled) -> None:
        self.said = {True: Counter(), False: Counter()}
        self.prior = Counter(label for _, label in known)
        for text, label in known:
            self.said[label].update(words(text))
        self.size = len(set(self.said[True]) | set(self.said[False]))
        self.total = {label: sum(said.values()) for label, said in self.said.items()}

    def score(self, text: str) -> float:
        """The logarithm of the odds."""
        odds = math.log(self.prior[True] / self.prior[False])
        for word in words(text):
            yes, no = (
                (self.said[label][word] + 1) / (self.total[label] + self.size)
                for label in (True, False)
            )
            odds += math.log(yes / no)
        return odds


def listed(text: str) -> float:
    return float(bool(LISTED & set(words(text))))


def ours(text: str) -> float:
    return look(text, LISTS).score


def report(
    name: str, score: Callable[[str], float], data: Labelled, marks: Iterable[float]
) -> None:
    found = [(score(text), label) for text, label in data]
    wanted = sum(label for _, label in data)
    for mark in marks:
        hits = [label for value, label in found if value >= mark]
        right = sum(hits)
        precision = f"{right / len(hits):.3f}" if hits else "  -  "
        chosen = "  <- told from here" if name == "marks and lists" and mark == THRESHOLD else ""
        print(
            f"  {name:18} >= {mark:<4.3g} precision {precision}  recall {right / wanted:.3f}"
            f"  found {right:4} wrong {len(hits) - right:4}{chosen}"
        )


LISTS = word_lists()
bayes = {}
for title, data in (("SMS spam", sms()), ("abusive Roman Urdu", roman_urdu())):
    unseen = sorted({row for row in data if half(row[0]) == 1})
    bayes[title] = NaiveBayes(sorted({row for row in data if half(row[0]) == 0}))
    print(f"{title}: {len(unseen)} messages held out, {sum(label for _, label in unseen)} of them")
    report("marks and lists", ours, unseen, (2, 2.5, THRESHOLD, 3.5, 4))
    report("naive Bayes", bayes[title].score, unseen, (0, math.log(99), math.log(9999)))
    report("six words", listed, unseen, (1,))

print("Wrongly doubted, of 1,000:")
for name, texts in innocent():
    start = time.perf_counter()
    doubted = sum(ours(text) >= THRESHOLD for text in texts)
    took = (time.perf_counter() - start) / len(texts) * 1e6
    peer = sum(bayes["SMS spam"].score(text) >= math.log(99) for text in texts)
    plain = sum(map(listed, texts))
    shares = (f"{count / len(texts) * 1000:6.2f}" for count in (doubted, peer, plain))
    print(
        f"  {name:36} of {len(texts):6}: ours {next(shares)} ({doubted}), "
        f"naive Bayes {next(shares)}, six words {next(shares)}; {took:.0f} us a text"
    )
