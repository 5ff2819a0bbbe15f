"""The evidence shelf: the studies behind Staffroom, as the two documents it grew from tell them.

What the documents do not tell is left empty, and the pages say *not told*: nothing is added from
elsewhere, nothing is guessed. Titles and citations stay in their own language.
"""

from staffroom.communities.evidence import reviewed
from staffroom.communities.evidence.shape import METHODS, Study
from staffroom.communities.evidence.written import ALI, REVIEW
from staffroom.communities.levers import LEVERS, Evidence, Lever

__all__ = ["METHODS", "STUDIES", "Study", "bearing_on", "said_of", "untested"]

#: The review and the paper first, then the reviewed studies by author.
STUDIES: dict[str, Study] = {each.key: each for each in (REVIEW, ALI, *reviewed.STUDIES)}


def bearing_on(lever: str) -> list[Study]:
    """The studies that bear on a lever."""
    return [each for each in STUDIES.values() if lever in each.levers]


def said_of(study: Study) -> list[tuple[Lever, list[Evidence]]]:
    """For each lever that the study bears on: what the lever's page says from it."""
    return [
        (LEVERS[key], [note for note in LEVERS[key].evidence if note.source == study.source])
        for key in study.levers
    ]


def untested() -> list[Lever]:
    """The levers that no study has tested."""
    return [each for each in LEVERS.values() if each.strength != "tested"]
