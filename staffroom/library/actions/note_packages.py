"""Packages of practice notes between installations: made, brought, decided about, taken in."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.core import audit, signed
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions.note_format import (
    FORMAT,
    VERSION,
    Written,
    files_of,
    read_notes,
)
from staffroom.library.actions.note_sharing import FAR, origin_of
from staffroom.library.actions.note_words import hold, revise, write_version
from staffroom.library.models import (
    Debate,
    Note,
    NoteCredit,
    NotePackage,
    NoteVersion,
    Signer,
)
from staffroom.library.queries.notes import names, with_counts, with_credits
from staffroom.people.models import Person
from staffroom.places.models import Programme

MOST_FILE = 10_000_000
OFFICE = (offices.GARDENER, offices.ADMINISTRATOR)


def check_office(person: Person | None, programme: Programme) -> None:
    """The programme's office; nobody (the command line) may too: whoever runs the machine."""
    if person is None:
        return
    held = offices.appointments(person, *OFFICE).filter(programme=programme, area=None)
    if not held.exists():
        raise NotYours


# ---- out


def export(*, by: Person | None, programme: Programme) -> tuple[bytes, int]:
    """The notes that communities let travel, signed by this installation; and how many."""
    check_office(by, programme)
    found = Note.objects.filter(
        programme=programme, shared_at__isnull=False, removed_at=None, community__isnull=False
    ).select_related("community")
    notes = [
        _written(each)
        for each in with_credits(with_counts(found)).prefetch_related("debates").order_by("pk")
    ]
    if not notes:
        raise Refused(_("No community lets a note travel yet, so there is nothing to pack."))
    data = signed.seal(
        files_of(notes, programme.name, signed.own_fingerprint()),
        format=FORMAT,
        version=VERSION,
        signer=programme.name,
        made_on=today().isoformat(),
    )
    audit.write("notes.exported", actor=by, on=programme, notes=len(notes))
    return data, len(notes)


def _written(note: Note) -> Written:
    said, colleagues = names(note.credited)  # type: ignore[attr-defined]
    return Written(
        id=str(note.pk),
        version=note.version,
        words=note.words(),
        topic=note.topic,
        subject=note.subject,
        grade=note.grade,
        language=note.language,
        origin=origin_of(note),
        made_on=note.made_at.date().isoformat(),
        changed_on=note.changed_at.date().isoformat(),
        tried={
            kind: getattr(note, f"n_{kind}") + getattr(note, FAR[kind])
            for kind in ("worked", "partly", "not")
        },
        names=said,
        colleagues=colleagues,
        debates=[
            {
                "id": str(each.pk),
                "assumption": each.assumption,
                "outcome": each.outcome,
                "why": each.why,
                "closed_on": (each.closed_at or each.opened_at).date().isoformat(),
            }
            for each in note.debates.all()
            if each.outcome
        ],
    )


# ---- in


@transaction.atomic
def receive(*, by: Person | None, programme: Programme, data: bytes) -> NotePackage:
    """Look at a package: refused when anything is wrong; else it waits, or is taken in at once
    where its signer is trusted already."""
    check_office(by, programme)
    if len(data) > MOST_FILE:
        raise Refused(
            _("This file is larger than %(most)s MB.") % {"most": MOST_FILE // 1_000_000}, "file"
        )
    opened = signed.open_package(data, format=FORMAT, newest=VERSION)
    notes = read_notes(opened.files)
    signer, _new = Signer.objects.select_for_update().get_or_create(
        programme=programme,
        fingerprint=opened.fingerprint,
        defaults={"name": opened.signer or opened.fingerprint},
    )
    if opened.fingerprint == signed.own_fingerprint():
        signer.trusted = True  # made here, and every byte is as it was
        signer.save(update_fields=["trusted"])
    if signer.trusted is False:
        raise Refused(
            _("The office decided not to trust this signer (%(name)s, key %(key)s).")
            % {"name": signer.name, "key": signer.fingerprint},
            "file",
        )
    package = NotePackage.objects.create(
        programme=programme,
        signer=signer,
        digest=hashlib.sha256(data).hexdigest(),
        notes=len(notes),
        made_on=_day(opened.about.get("made_on")),
        brought_by=by,
        at=now(),
    )
    audit.write("notes.received", actor=by, on=package, notes=len(notes))
    if signer.trusted:
        _take(package, notes, by)
    else:
        package.file.save(f"{package.pk}.zip", ContentFile(data))
    return package


def _day(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None


@transaction.atomic
def trust(*, by: Person | None, signer: Signer) -> list[NotePackage]:
    """The office trusts a signer, once; what waits from it is taken in. The packages taken."""
    check_office(by, signer.programme)
    _decide(by, signer, True)
    taken = []
    waiting = NotePackage.objects.select_for_update().filter(signer=signer, state="waiting")
    for package in waiting.order_by("at", "pk"):
        with package.file.open("rb") as file:
            opened = signed.open_package(file.read(), format=FORMAT, newest=VERSION)
        _take(package, read_notes(opened.files), by)
        taken.append(package)
    return taken


@transaction.atomic
def distrust(*, by: Person | None, signer: Signer) -> None:
    """Nothing of this signer is taken in any more; what came before stays."""
    check_office(by, signer.programme)
    _decide(by, signer, False)
    for package in NotePackage.objects.select_for_update().filter(signer=signer, state="waiting"):
        _put_away(package, NotePackage.State.REFUSED)


def _decide(by: Person | None, signer: Signer, trusted: bool) -> None:
    signer.trusted, signer.decided_by, signer.decided_at = trusted, by, now()
    signer.save(update_fields=["trusted", "decided_by", "decided_at"])
    audit.write("notes.signer_decided", actor=by, on=signer, trusted=trusted)


def _put_away(package: NotePackage, state: str) -> None:
    """The file is no longer needed."""
    if package.file:
        package.file.delete(save=False)
    package.state, package.file = state, ""
    package.save()


def _take(package: NotePackage, notes: list[Written], by: Person | None) -> None:
    taking = _Taking(package)
    counts = {"new": 0, "updated": 0, "same": 0, "beside": 0, "left": 0}
    for each in notes:
        counts[taking.take(each)] += 1
    package.result = counts
    _put_away(package, NotePackage.State.TAKEN)
    audit.write("notes.taken_in", actor=by, on=package, counts=counts)


@dataclass
class _Taking:
    """Takes the notes of one package in, one by one; each answers what became of it."""

    package: NotePackage

    def take(self, each: Written) -> str:
        known = Note.objects.select_for_update().filter(pk=uuid.UUID(each.id)).first()
        if known is None:
            return self._new(each)
        if known.programme_id != self.package.programme_id or known.removed_at:
            return "left"  # taken off here: it does not come back by itself
        if known.community_id is not None:
            return self._beside(known, each)
        if known.signer_id != self.package.signer_id:
            return "left"  # only whoever sent a note may send it anew
        return self._update(known, each)

    def _new(self, each: Written) -> str:
        note = Note.objects.create(
            id=uuid.UUID(each.id),
            programme_id=self.package.programme_id,
            signer_id=self.package.signer_id,
            origin=self._origin(each),
            made_at=_noon(each.made_on),
            changed_at=_noon(each.changed_on),
            **self._facts(each),
            **each.words,
        )
        write_version(note, why=NoteVersion.Why.CAME, by=None, origin=note.origin)
        self._credits(note, each)
        self._debates(note, each)
        return "new"

    def _update(self, note: Note, each: Written) -> str:
        """A later version of what came before; those who made it theirs get it too."""
        if each.version < note.far_version:
            return "same"
        same = each.words == note.words() and each.version == note.far_version
        for name, value in self._facts(each).items():
            setattr(note, name, value)
        note.save()
        revise(note, each.words, why=NoteVersion.Why.CAME, by=None, origin=note.origin)
        note.credits.all().delete()
        self._credits(note, each)
        self._debates(note, each)
        for copy in note.copies.filter(removed_at=None):
            self._pass_on(copy, each)
        return "same" if same else "updated"

    def _pass_on(self, copy: Note, each: Written) -> None:
        held = hold(copy)
        own = held.versions.exclude(why__in=["brought", "came"]).filter(aside=False).exists()
        if own:
            self._beside(held, each)
        else:
            held.far_version = each.version
            held.save(update_fields=["far_version"])
            revise(held, each.words, why=NoteVersion.Why.CAME, by=None, origin=held.origin)

    def _beside(self, note: Note, each: Written) -> str:
        """What was changed here is never written over: the other version stands beside it."""
        if each.words == note.words() or self._had(note, each):
            return "same"
        note.versions.filter(aside=True).delete()
        NoteVersion.objects.create(
            note=note,
            number=each.version,
            words=each.words,
            why=NoteVersion.Why.CAME,
            at=now(),
            aside=True,
            origin=self._origin(each),
        )
        return "beside"

    def _had(self, note: Note, each: Written) -> bool:
        """It is an earlier version of ours, or stands beside it already."""
        return any(version.words == each.words for version in note.versions.all())

    def _facts(self, each: Written) -> dict[str, object]:
        return {
            "topic": each.topic,
            "subject": each.subject,
            "grade": each.grade,
            "language": each.language,
            "far_version": each.version,
            **{FAR[kind]: count for kind, count in each.tried.items()},
        }

    def _origin(self, each: Written) -> str:
        parts = [each.origin, self.package.signer.name]
        return ", ".join(part for part in parts if part)[:160]

    def _credits(self, note: Note, each: Written) -> None:
        said = [(name, "yes") for name in each.names] + [("", "no")] * min(each.colleagues, 50)
        NoteCredit.objects.bulk_create(
            NoteCredit(note=note, name=name, role="far", answer=answer, at=now())
            for name, answer in said
        )

    def _debates(self, note: Note, each: Written) -> None:
        for said in each.debates:
            Debate.objects.get_or_create(
                id=uuid.UUID(said["id"]),
                defaults={
                    "note": note,
                    "assumption": said["assumption"],
                    "outcome": said["outcome"],
                    "why": said["why"],
                    "opened_at": _noon(said["closed_on"]),
                    "closed_at": _noon(said["closed_on"]),
                },
            )


def _noon(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), dt.UTC)
