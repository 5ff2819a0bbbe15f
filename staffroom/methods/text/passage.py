"""The passage of a text in which the words looked for stand."""

from dataclasses import dataclass

from staffroom.methods.text.fold import spans, words
from staffroom.methods.text.stem import stem


@dataclass(frozen=True)
class Marks:
    """Which words were looked for: folded beginnings, and stems."""

    begins: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()

    def hit(self, word: str, language: str) -> bool:
        return any(
            part.startswith(self.begins) or part in self.stems or stem(part, language) in self.stems
            for part in words(word)
        )


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `hit` where it is one of the words looked for."""

    text: str
    hit: bool = False


def passage(text: str, marks: Marks, width: int = 220, language: str = "") -> list[Piece]:
    """About `width` characters around the first hit, cut between words; `…` where text is left out.

    `language` is that of the text, for its stems.
    """
    stands = spans(text)
    hits = [span for span in stands if marks.hit(text[slice(*span)], language)]
    start, end = _window(text, stands, hits[0][0] if hits else 0, width)
    pieces: list[Piece] = [Piece("… ")] if start > 0 else []
    at = start
    for left, right in hits:
        if left < start or right > end:
            continue
        if left > at:
            pieces.append(Piece(text[at:left]))
        pieces.append(Piece(text[left:right], hit=True))
        at = right
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else "")))
    return [piece for piece in pieces if piece.text]


def _window(text: str, stands: list[tuple[int, int]], hit: int, width: int) -> tuple[int, int]:
    if len(text) <= width:
        return 0, len(text)
    starts = [left for left, _ in stands if hit - width // 3 <= left <= hit]
    start = starts[0] if starts and hit > width // 2 else 0
    ends = [right for _, right in stands if start < right <= start + width]
    end = ends[-1] if ends else start + width
    if end <= hit:  # one endless word: rather cut it than lose it
        start, end = hit, min(len(text), hit + width)
    if len(text) - end <= 8:  # the full stop belongs to it
        end = len(text)
    return start, end
