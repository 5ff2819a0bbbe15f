"""What must reach every room without knowing it.

A room registers its part in `AppConfig.ready`; core calls all parts in the caller's transaction,
in the order of registration.
"""

from collections.abc import Callable, Iterator
from typing import Any


class Hook:
    """A named list of functions, called with keyword arguments."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._parts: list[Callable[..., Any]] = []

    def add(self, part: Callable[..., Any]) -> None:
        if part not in self._parts:
            self._parts.append(part)

    def call(self, **arguments: Any) -> list[Any]:
        return [part(**arguments) for part in self._parts]

    def __iter__(self) -> Iterator[Callable[..., Any]]:
        return iter(self._parts)


#: `part(person) -> dict[str, list[dict]]`: everything a room holds about one person.
export_person = Hook("export_person")
#: `part(person, zip) -> None`: files of that person to add to the export.
export_files = Hook("export_files")
#: `part(person, keep_contributions: bool) -> None`: forget the person.
erase_person = Hook("erase_person")
#: `part(person_ids: set[UUID]) -> None`: postings or supervision changed for these people.
postings_changed = Hook("postings_changed")
#: `part(request) -> dict`: what every page's frame shows (unread counts and the like).
frame = Hook("frame")
#: `part(person) -> list[dict]`: entries of the page *Me*: {"url", "icon", "title", "text", "group"};
#: the groups are those of `people.views.me`.
me_entries = Hook("me_entries")
#: `part(person, communities: list[Community]) -> list[dict]`: lines of the page *Today* under *It
#: needs you*: {"url", "icon", "title", "text"}; at most three, and no query where nothing is to say.
today_rows = Hook("today_rows")
#: `part(viewer, person) -> bool`: do these two meet anywhere (a shared community, an office)?
may_see_person = Hook("may_see_person")
#: `part(person, text) -> bool`: is this a number by which the person's programme knows them?
knows_number = Hook("knows_number")
#: `part(keep, drop) -> None`: two accounts of one person are about to become one. A room mends what
#: would clash or be about oneself; then every foreign key to `drop` is made to point at `keep`.
merge_people = Hook("merge_people")
#: `part(token) -> bool`: does this invitation, kept in a stranger's session, still stand?
invitation_stands = Hook("invitation_stands")
#: `part(person=None) -> str | None`: the two letters of the country whose numbers a phone number
#: without country code belongs to. The first answer counts; then the setting.
phone_region = Hook("phone_region")
#: `part() -> list[str]`: the regions of all programmes, for examples of numbers where the region is not known.
phone_regions = Hook("phone_regions")
#: `part() -> list[Finding]`: one room's checks for `staffroom doctor`.
doctor = Hook("doctor")
#: `part() -> list[Rule]`: what a room keeps and for how long (`core.retention`).
retention = Hook("retention")
#: `part(now) -> None`: done by the clock once a day, in the small hours.
nightly = Hook("nightly")
#: `part(person) -> str`: where a newcomer is led once, after agreeing to the words; "" for nowhere.
newcomer = Hook("newcomer")
#: `part(person) -> str`: the page on which something must be told before any other opens; "" where
#: nothing is missing. Asked once a session, until nothing is missing.
missing = Hook("missing")
#: `part() -> list[core.rekey.Boxes | core.rekey.Rest]`: what a room keeps closed by a key.
boxes = Hook("boxes")
#: `part() -> Searchable`: what a room lets be found, and who may see it (`core.retrieval.kinds`).
searchable = Hook("searchable")
#: `part(stopping) -> bool`: done again and again by every worker, beside its own work: whoever must
#: ask a provider that cannot call us. It waits by itself; False says that there was nothing to do.
beside_the_worker = Hook("beside_the_worker")
