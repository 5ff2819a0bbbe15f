"""What is known already and a short list does not name: its rows are held against it."""

from dataclasses import dataclass, field

from staffroom.places.imports.geo import Place
from staffroom.places.imports.records import Path


@dataclass(frozen=True)
class Known:
    """Places of schools, and for each area how many schools it has and how it is written."""

    places: list[Place] = field(default_factory=list)
    counts: dict[Path, int] = field(default_factory=dict)
    names: dict[Path, str] = field(default_factory=dict)
