"""What two texts have in common, and how one became the other, in words a person can read.

The alignment is the greedy shortest edit script of Myers (1986), "An O(ND) difference algorithm and
its variations", Algorithmica 1, figure 2, with common beginnings and ends taken off first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Beyond so many insertions and deletions two texts are not worth aligning: all of it changed. It
#: bounds time (about the square) and memory, whatever somebody pastes.
MOST_EDITS = 700
#: A word with the space after it; a run of spaces at the beginning; each line end by itself.
_WORD = re.compile(r"\n|[^\S\n]*[^\s]+[^\S\n]*|[^\S\n]+")


@dataclass(frozen=True)
class Match:
    """`a[a_start:a_start + length] == b[b_start:b_start + length]`."""

    a_start: int
    b_start: int
    length: int


@dataclass(frozen=True)
class Change:
    """A stretch of both texts: equal where `old == new`, else what was replaced by what."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        return self.old == self.new


def tokens(text: str) -> list[str]:
    """The words with the spaces beside them, and the line ends: joined they are the text."""
    return _WORD.findall(text)


def matches(a: Sequence[str], b: Sequence[str]) -> list[Match]:
    """The runs that both have, in order, by a shortest edit script."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    inner = _myers(a[head : len(a) - tail], b[head : len(b) - tail])
    pairs = [(x + head, y + head) for x, y in inner]
    runs = [Match(0, 0, head)] if head else []
    runs += _runs(pairs)
    if tail:
        runs.append(Match(len(a) - tail, len(b) - tail, tail))
    return runs


def changes(old: str, new: str) -> list[Change]:
    """How `old` became `new`, word by word. Joined, the old parts are `old` and the new parts `new`."""
    a, b = tokens(old), tokens(new)
    found: list[Change] = []
    x = y = 0
    for run in [*matches(a, b), Match(len(a), len(b), 0)]:
        if run.a_start > x or run.b_start > y:
            found.append(Change("".join(a[x : run.a_start]), "".join(b[y : run.b_start])))
        if run.length:
            kept = "".join(a[run.a_start : run.a_start + run.length])
            found.append(Change(kept, kept))
        x, y = run.a_start + run.length, run.b_start + run.length
    return _readable(found)


def _readable(found: list[Change]) -> list[Change]:
    """A lone small word between two replacements is drawn into them: one change, not three."""
    out: list[Change] = []
    for place, change in enumerate(found):
        between = 0 < place < len(found) - 1 and change.same
        lone = between and len(change.new.split()) <= 1 and "\n" not in change.new
        replaces = lone and all(
            side.old and side.new for side in (found[place - 1], found[place + 1])
        )
        joins = bool(out) and not out[-1].same and (replaces or not change.same)
        if joins:
            out[-1] = Change(out[-1].old + change.old, out[-1].new + change.new)
        else:
            out.append(change)
    return out


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    count = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        count += 1
    return count


def _runs(pairs: list[tuple[int, int]]) -> list[Match]:
    runs: list[Match] = []
    for x, y in pairs:
        last = runs[-1] if runs else None
        if last and (x, y) == (last.a_start + last.length, last.b_start + last.length):
            runs[-1] = Match(last.a_start, last.b_start, last.length + 1)
        else:
            runs.append(Match(x, y, 1))
    return runs


def _myers(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places that match; none where the texts have too little in common."""
    if not a or not b:
        return []
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(min(len(a) + len(b), MOST_EDITS) + 1):
        trail.append(dict(furthest))
        for diagonal in range(-edits, edits + 1, 2):
            x = _step(furthest, diagonal, edits)
            y = x - diagonal
            while x < len(a) and y < len(b) and a[x] == b[y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= len(a) and y >= len(b):
                return _walk_back(trail, len(a), len(b))
    return []


def _step(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    """Where the path on this diagonal begins: from above (an insertion) or from the left."""
    down = diagonal == -edits or (
        diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1]
    )
    return furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1


def _walk_back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for edits in range(len(trail) - 1, -1, -1):
        before = trail[edits]
        diagonal = x - y
        start = _step(before, diagonal, edits)
        while x > start and y > start - diagonal:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        if edits:
            down = diagonal == -edits or (
                diagonal != edits and before[diagonal - 1] < before[diagonal + 1]
            )
            x, y = (x, y - 1) if down else (x - 1, y)
    return pairs[::-1]
