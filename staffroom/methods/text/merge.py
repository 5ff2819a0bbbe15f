"""Three texts become one: what two people made of the same beginning.

The three-way merge of Khanna, Kunal and Pierce (2007), "A formal investigation of diff3", FSTTCS,
section 2: where only one side changed, its words stand; where both did, first whole lines are
compared, then sentences, then words, and what still does not fit stands as a `Clash`, whole
sentences beside each other. Nothing that a side wrote is left out: it is in the text or in a clash.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from staffroom.methods.text.difference import matches, tokens

#: Lines; then sentences of any script that we know (the Urdu full stop and question mark too).
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCE = re.compile(r"\n|[^\n]*?[.!?۔؟।…]+[\s]*|[^\n]+\n?")


@dataclass(frozen=True)
class Clash:
    """Both sides changed the same words, differently. `base` is what stood there."""

    base: str
    ours: str
    theirs: str


Piece = str | Clash


@dataclass(frozen=True)
class Merge:
    """The merged text in pieces: agreed words, and what a person must look at."""

    pieces: tuple[Piece, ...]

    @property
    def clashes(self) -> tuple[Clash, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Clash))

    @property
    def clean(self) -> bool:
        return not self.clashes

    def text(self, choose: Callable[[Clash], str]) -> str:
        """The whole, with what `choose` says for each clash."""
        return "".join(piece if isinstance(piece, str) else choose(piece) for piece in self.pieces)


def merge(base: str, ours: str, theirs: str) -> Merge:
    """What both made of `base`. Edits of both that are the same count once."""
    if ours == theirs or theirs == base:
        return _joined([ours])
    if ours == base:
        return _joined([theirs])
    # A last line without an end is the same line once something is written below it.
    ended = [_ended(text) for text in (base, ours, theirs)]
    merged = _joined(_merge(*ended, level=0))
    return merged if any(text.endswith("\n") for text in (ours, theirs)) else _unended(merged)


def both(clash: Clash) -> str:
    """Theirs, which stands already, then ours."""
    if not clash.theirs.strip() or not clash.ours.strip():
        return clash.theirs + clash.ours
    between = "" if clash.theirs.endswith(("\n", " ")) else "\n"
    return clash.theirs + between + clash.ours


_LEVELS: tuple[Callable[[str], list[str]], ...] = (_LINE.findall, _SENTENCE.findall, tokens)
_WORDS = len(_LEVELS) - 1


def _merge(base: str, ours: str, theirs: str, *, level: int) -> Iterator[Piece]:
    split = _LEVELS[level]
    for chunk in _chunks(split(base), split(ours), split(theirs)):
        yield from _settle(*chunk, level=level)


def _settle(base: str, ours: str, theirs: str, *, level: int) -> Iterator[Piece]:
    """One stretch between two that all three share."""
    if ours == theirs or theirs == base:
        yield ours
    elif ours == base:
        yield theirs
    elif level == 0 and not base and (added := _added(ours, theirs)):
        yield added
    elif level == _WORDS:
        yield Clash(base, ours, theirs)
    else:
        deeper = list(_merge(base, ours, theirs, level=level + 1))
        # Half sentences beside each other cannot be read: then the whole sentence clashes.
        torn = level + 1 == _WORDS and any(isinstance(piece, Clash) for piece in deeper)
        yield from [Clash(base, ours, theirs)] if torn else deeper


def _added(ours: str, theirs: str) -> str:
    """Both added whole lines at one place: all stand, those of both once."""
    stand = theirs.splitlines(keepends=True)
    known = {line.strip() for line in stand}
    return "".join(
        [*stand, *(line for line in ours.splitlines(keepends=True) if line.strip() not in known)]
    )


def _chunks(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """The three texts cut where all three agree: (base, ours, theirs) of each stretch."""
    in_ours, in_theirs = _places(base, ours), _places(base, theirs)
    x = y = z = 0
    for place in range(len(base) + 1):
        if place < len(base) and (place not in in_ours or place not in in_theirs):
            continue
        y_end = in_ours.get(place, len(ours))
        z_end = in_theirs.get(place, len(theirs))
        if (x, y, z) != (place, y_end, z_end):
            yield "".join(base[x:place]), "".join(ours[y:y_end]), "".join(theirs[z:z_end])
        if place < len(base):
            yield (base[place],) * 3
        x, y, z = place + 1, y_end + 1, z_end + 1


def _places(base: Sequence[str], side: Sequence[str]) -> dict[int, int]:
    """For each place of the base that the side kept: where it stands there."""
    return {
        run.a_start + step: run.b_start + step
        for run in matches(base, side)
        for step in range(run.length)
    }


def _joined(pieces: Iterator[Piece] | list[Piece] | list[str]) -> Merge:
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        elif piece:
            out.append(piece)
    return Merge(tuple(out))


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _unended(merged: Merge) -> Merge:
    *rest, last = merged.pieces or ("",)
    if isinstance(last, str):
        cut: Piece = last.removesuffix("\n")
    else:
        cut = Clash(*(side.removesuffix("\n") for side in (last.base, last.ours, last.theirs)))
    return _joined([*rest, cut])
