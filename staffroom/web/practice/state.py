"""What the practice corner keeps of one person: which exercises are done, and the last try of each."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_BYTES = 4096
#: Of a long text the beginning is kept: it is for practice, and the row stays small.
MOST_CHARACTERS = 400

Try = dict[str, Any]


@dataclass
class Corner:
    """`tries`: exercise -> what was written in it, as plain values."""

    done: list[str] = field(default_factory=list)
    tries: dict[str, Try] = field(default_factory=dict)
    skipped: bool = False

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Corner":
        return cls(
            done=list(kept.get("done", [])),
            tries=dict(kept.get("tries", {})),
            skipped=bool(kept.get("skipped")),
        )

    def plain(self) -> dict[str, Any]:
        """For the row: never more than `MOST_BYTES`, the longest texts cut first."""
        plain = asdict(self)
        while size(plain) > MOST_BYTES:
            self._shorten()
            plain = asdict(self)
        return plain

    def _shorten(self) -> None:
        words = [(one, key) for one in self.tries.values() for key in ("text", "topic")]
        one, key = max(words, key=lambda word: len(word[0].get(word[1], "")))
        one[key] = one[key][: len(one[key]) * 3 // 4]


def size(plain: dict[str, Any]) -> int:
    """Bytes as the database keeps them: letters outside ASCII take six each."""
    return len(json.dumps(plain))
