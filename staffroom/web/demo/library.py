"""The demo's library: twelve stories for all, and what some communities keep for themselves."""

import datetime as dt
from pathlib import Path

from staffroom.communities.models import Community, Membership
from staffroom.core.clock import now, pretend
from staffroom.library.actions import collections
from staffroom.library.actions import resource_marks as marks
from staffroom.library.actions.import_library import import_library
from staffroom.library.actions.resources import About, add
from staffroom.library.importing.files import in_folder
from staffroom.library.models import Resource
from staffroom.people.models import Person
from staffroom.places.imports.sheet import read
from staffroom.places.models import Programme
from staffroom.web.demo.content import PICTURES

#: Of the African Storybook (CC BY); see the NOTICE beside them.
STORIES = Path(__file__).parent / "stories"
#: Community -> what one of its members drew or found: picture or link, and what is said of it.
KEPT = {
    "Mathematics, Mwingi": [
        ("fraction-strips", About(
            title="Fraction strips on the board", kind="aid", licence="own", topic="Fractions",
            description="To draw with the class: halves, thirds and quarters below each other.")),
        ("number-line", About(
            title="A number line to jump on", kind="aid", licence="own", topic="Integers",
            description="Chalk it on the floor. A pupil stands on −3 and jumps 5 to the right.")),
    ],
    "Science, Kitui East": [
        ("water-cycle", About(
            title="The water cycle, to copy", kind="aid", licence="own", topic="Water",
            description="One drawing for the exercise book; ten minutes on the board.")),
    ],
}  # fmt: skip


def load(programme: Programme) -> int:
    """Through the library's own actions, some days ago; how many there are."""
    with pretend(now() - dt.timedelta(days=9)):
        import_library(
            by=None,
            programme=programme,
            sheet=read((STORIES / "stories.csv").read_bytes()),
            files=in_folder(STORIES, leave_out=STORIES / "stories.csv"),
        )
    with pretend(now() - dt.timedelta(days=4)):
        for name, kept in KEPT.items():
            community = Community.objects.filter(programme=programme, name=name).first()
            if community is not None:
                _keep(community, kept)
    return Resource.objects.count()


def _keep(community: Community, kept: list[tuple[str, About]]) -> None:
    members = [
        membership.person
        for membership in Membership.objects.filter(community=community, state="active")
        .select_related("person")
        .order_by("pk")[:4]
    ]
    giver, others = members[-1], members[:-1]
    made = []
    for picture, about in kept:
        with (PICTURES / f"{picture}.jpg").open("rb") as file:
            made.append(
                add(by=giver, community=community, about=about, file=file, name=f"{picture}.jpg")
            )
    for person in others[:2]:
        marks.help(by=person, resource=made[0])
    _collection(others[0], community, made)


def _collection(by: Person, community: Community, made: list[Resource]) -> None:
    story = Resource.objects.filter(programme=community.programme_id, for_all=True)
    collection = collections.make(
        by=by, community=community, name="For the first week", about="What we use again each term"
    )
    for resource in [*made, *story.order_by("key")[:1]]:
        collections.put(by=by, collection=collection, resource=resource)
    marks.put_on_shelf(by=by, resource=made[0])
