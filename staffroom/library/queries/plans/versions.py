"""How a section came about: its versions, each with what it changed."""

from dataclasses import dataclass

from django.db.models import QuerySet

from staffroom.library.models import PlanSection, SectionVersion, SectionWriting
from staffroom.methods.text.difference import Change, changes
from staffroom.methods.text.merge import Merge, merge


@dataclass(frozen=True)
class Told:
    """One version and how the text before it became this one."""

    version: SectionVersion
    changes: list[Change]

    @property
    def added(self) -> int:
        return sum(len(change.new.split()) for change in self.changes if not change.same)

    @property
    def taken(self) -> int:
        return sum(len(change.old.split()) for change in self.changes if not change.same)


def versions_of(section: PlanSection) -> QuerySet[SectionVersion]:
    """The newest first."""
    return section.versions.select_related("by").order_by("-version")


def told(section: PlanSection, versions: list[SectionVersion]) -> list[Told]:
    """Each of these with its difference from the one before; one query for all."""
    before = {version.version - 1 for version in versions}
    texts = {version.version: version.text for version in versions} | dict(
        SectionVersion.objects.filter(section=section, version__in=before).values_list(
            "version", "text"
        )
    )
    return [
        Told(version, changes(texts.get(version.version - 1, ""), version.text))
        for version in versions
    ]


def both_texts(writing: SectionWriting) -> Merge:
    """What was sent and what stands now, with where they do not fit."""
    section = writing.section
    based = SectionVersion.objects.filter(section=section, version=writing.based_on).first()
    return merge(based.text if based else "", writing.text, section.text)


def beside(section: PlanSection) -> list[SectionWriting]:
    """Texts that did not fit when they came, as they were sent; the newest first."""
    found = section.writings.filter(clashes=True).select_related("by").order_by("-at", "-id")
    return list(found[:20])
