"""The word lists of doubtful messages, read once; what is done with them: `methods.text.spam`."""

from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from staffroom.methods.text.spam import Lists, lists

FOLDER = Path(__file__).parent / "data" / "words"


@lru_cache(maxsize=1)
def word_lists() -> Lists:
    """All languages together: a forwarded message seldom keeps to one."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(FOLDER.glob("*.tsv")):
        for kind, phrase in lines(file):
            found[kind].append(phrase)
    return lists(found)


def lines(file: Path) -> list[tuple[str, str]]:
    """(kind, phrase) of each line; a line that is neither phrase nor comment is an error."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, tab, phrase = line.partition("\t")
        if not tab or not phrase.strip():
            raise ValueError(f"{file.name}, line {number}: kind, tab, phrase")
        found.append((kind, phrase.strip()))
    return found
