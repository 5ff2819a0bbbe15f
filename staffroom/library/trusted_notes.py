"""Practice notes as things that can be verified (`library.hooks.trust`), where they are at home.

A note that travels shows its state and its correction, without a name (`{% trust_outside %}`); what was
said of it at home stays at home, and nobody else judges it.
"""

import uuid
from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for
from staffroom.communities.models import Advisership, Community, Membership
from staffroom.communities.queries import may_write
from staffroom.communities.state import can_talk
from staffroom.communities.wall import readable_by
from staffroom.core.errors import NotYours, Refused
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Ids, Thing, Verifiable, fingerprint
from staffroom.library.models import Note, NoteCredit, Trial, Trust
from staffroom.people.models import Person

KIND = "note"
DONE = (Trust.State.VERIFIED, Trust.State.CORRECTED)


class Notes(Verifiable):
    """The keeper of practice notes."""

    kind = KIND

    def find(self, viewer: Person, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Thing]:
        rows = _standing().filter(community__in=readable_by(viewer).values("pk"), pk__in=ids)
        return {thing.id: thing for thing in _things(viewer, list(rows))}

    def versions(self, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
        return {note.pk: _version(note) for note in _standing().filter(pk__in=ids)}

    def existing(self, ids: Collection[uuid.UUID]) -> Ids:
        return set(Note.objects.filter(pk__in=ids).values_list("pk", flat=True))

    def hold(self, id: uuid.UUID) -> None:
        if not Note.objects.select_for_update().filter(pk=id).values_list("pk"):
            raise NotYours

    def readers(self, id: uuid.UUID) -> Ids:
        """Whoever told of trying it, and whose thinking is in it. Who merely read it is not kept."""
        tried = Trial.objects.filter(note=id, by__isnull=False).values_list("by_id", flat=True)
        return set(tried) | self.concerned(id)

    def concerned(self, id: uuid.UUID) -> Ids:
        credits = NoteCredit.objects.filter(note=id, person__isnull=False)
        maker = self.author_of(id)
        return set(credits.values_list("person_id", flat=True)) | ({maker} if maker else set())

    def author_of(self, id: uuid.UUID) -> uuid.UUID | None:
        return Note.objects.filter(pk=id).values_list("made_by_id", flat=True).first()

    def check(self, viewer: Person, id: uuid.UUID) -> None:
        home = Note.objects.select_related("community").get(pk=id).community
        if home is None:
            raise NotYours
        community_for(viewer, home.pk)
        if not can_talk(home):
            raise Refused(
                _("This community rests. What was written can be read; nothing is added.")
            )
        if _is_member(viewer, home) and not may_write(viewer, home):
            raise Refused(_("Before you write, please read our ground rules and agree to them."))

    def waiting(self, viewer: Person, *, leaders: bool, reach: bool, most: int) -> list[Thing]:
        """Oldest first in both orders: how often a note was read nobody counts."""
        if leaders:
            return []
        advised = Advisership.objects.filter(person=viewer, ended_at=None).values("community")
        here = readable_by(viewer).filter(pk__in=advised, stage=Community.Stage.OPEN)
        said = Trust.objects.filter(kind=KIND, thing=OuterRef("pk"), state__in=DONE)
        rows = _standing().filter(community__in=here.values("pk")).exclude(Exists(said))
        rows = rows.exclude(made_by=viewer).exclude(pk__in=_skipped(viewer))
        return _things(viewer, list(rows.order_by("changed_at", "id")[:most]))


def _standing() -> QuerySet[Note]:
    return Note.objects.filter(removed_at=None).select_related("community", "programme", "made_by")


def _skipped(viewer: Person) -> list[uuid.UUID]:
    left = dict(hook.skipped(viewer, KIND))
    rows = _standing().filter(pk__in=left) if left else []
    return [note.pk for note in rows if _version(note) == left[note.pk]]


def _is_member(viewer: Person, home: Community) -> bool:
    living = Membership.State.ACTIVE
    return Membership.objects.filter(person=viewer, community=home, state=living).exists()


def _things(viewer: Person, notes: list[Note]) -> list[Thing]:
    """The notes as this viewer sees them, in as many queries for many as for one."""
    if not notes:
        return []
    here = readable_by(viewer).values("pk")
    seats = Advisership.objects.filter(person=viewer, ended_at=None, community__in=here)
    advises = set(seats.values_list("community", flat=True))
    living = Membership.State.ACTIVE
    places = Membership.objects.filter(person=viewer, state=living, community__in=here)
    member = set(places.values_list("community", flat=True))
    credited = NoteCredit.objects.filter(person=viewer, note__in=[note.pk for note in notes])
    own = set(credited.values_list("note", flat=True))

    def capacity(note: Note) -> str:
        home = note.community
        if home is None or not can_talk(home):
            return ""
        return hook.capacity(adviser=home.pk in advises, peer=home.pk in member)

    def thing(note: Note) -> Thing:
        return Thing(
            kind=KIND,
            id=note.pk,
            title=note.title,
            text="\n\n".join(part for part in (note.problem, note.worked, note.failed) if part),
            version=_version(note),
            address=reverse("practice_note", args=[note.community_id, note.pk]),
            place=note.community.name if note.community else note.origin,
            at=note.changed_at,
            author=note.made_by.name if note.made_by else "",
            own=note.made_by_id == viewer.pk or note.pk in own,
            capacity=capacity(note),
            named=True,
            language=note.language,
            zone=(note.community or note.programme).timezone,
        )

    return [thing(note) for note in notes]


def _version(note: Note) -> str:
    return fingerprint(*note.words().values())
