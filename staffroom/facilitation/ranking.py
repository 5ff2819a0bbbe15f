"""Which few acts of care stand on the desk today. Nothing here knows people: acts are compared, never members."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol, TypeVar

#: A quarter of an hour holds so many.
MOST = 5
#: Of one kind at most so many a day, so that one kind of worry does not fill the desk.
OF_A_KIND = 2


class Ranked(Protocol):
    """What can be ranked."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def urgency(self) -> float: ...
    @property
    def waits_for_nobody(self) -> bool: ...


A = TypeVar("A", bound=Ranked)


def choose(suggested: Sequence[A], *, done: Sequence[str] = (), most: int = MOST) -> list[A]:
    """The most urgent, at most `most` together with the kinds that were `done` today.

    What must not wait for tomorrow (`waits_for_nobody`: a report) comes in whatever was done. Equal
    urgency is decided by the subject, so that the desk looks the same at each visit.
    """
    of_kind = Counter(done)
    room = max(most - len(done), 0)
    chosen: list[A] = []
    for each in sorted(suggested, key=lambda one: (-one.urgency, one.kind, one.subject)):
        if len(chosen) == most:
            break
        fits = room > 0 and of_kind[each.kind] < OF_A_KIND
        if not fits and not each.waits_for_nobody:
            continue
        chosen.append(each)
        of_kind[each.kind] += 1
        room -= 1
    return chosen
