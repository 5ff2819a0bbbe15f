"""A note travels: let out by its community, brought into another."""

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions.note_words import hold, revise, write_version
from staffroom.library.finding import remember
from staffroom.library.models import Note, NoteCredit, NoteVersion
from staffroom.library.queries.note_rights import check_tend, check_work
from staffroom.library.queries.notes import travelling
from staffroom.people.models import Person


@transaction.atomic
def let_travel(*, by: Person, note: Note) -> None:
    """Teachers of other communities may read it, and it goes into packages."""
    _travel(by, note, True)


@transaction.atomic
def keep_inside(*, by: Person, note: Note) -> None:
    """From now on the community alone reads it. What others took along stays with them."""
    _travel(by, note, False)


def _travel(by: Person, note: Note, out: bool) -> None:
    check_tend(by, note)
    held = hold(note)
    if (held.shared_at is not None) == out:
        return
    held.shared_at, held.shared_by = (now(), by) if out else (None, None)
    held.save(update_fields=["shared_at", "shared_by"])
    remember(held)
    audit.write("note.shared" if out else "note.kept_inside", actor=by, on=held)
    outbox.put("note.shared" if out else "note.kept_inside", note=str(held.pk))


@transaction.atomic
def bring(*, by: Person, note: Note, community: Community) -> Note:
    """A member brings a note that travels onto the own community's shelf, with its credits."""
    if not travelling(by).filter(pk=note.pk).exists():
        raise NotYours
    check_work(by, community)
    if note.community_id == community.pk:
        raise Refused(_("This note is your own community’s."), "community")
    Community.objects.select_for_update().get(pk=community.pk)
    if known := Note.objects.filter(community=community, source=note, removed_at=None).first():
        return known
    tried = {result: note.trials.filter(result=result).count() for result in FAR}
    copy = Note.objects.create(
        programme_id=community.programme_id,
        community=community,
        source=note,
        origin=origin_of(note),
        far_version=note.version,
        topic=note.topic,
        subject=note.subject,
        grade=note.grade,
        language=note.language,
        made_by=by,
        made_at=now(),
        changed_at=now(),
        **{FAR[result]: getattr(note, FAR[result]) + tried[result] for result in FAR},
        **note.words(),
    )
    write_version(copy, why=NoteVersion.Why.BROUGHT, by=by, origin=copy.origin)
    copy_credits(note, copy)
    audit.write("note.brought", actor=by, on=copy, source=note.pk)
    outbox.put("note.brought", note=str(copy.pk))
    return copy


FAR = {"worked": "far_worked", "partly": "far_partly", "not": "far_not"}


def origin_of(note: Note) -> str:
    """Where it was first made, in words."""
    return note.origin or (note.community.name if note.community else "")


def copy_credits(note: Note, copy: Note) -> None:
    """Names that were consented to, and as many colleagues as there are."""
    for row in note.credits.all():
        named = row.answer == NoteCredit.Answer.YES
        NoteCredit.objects.create(
            note=copy,
            role=NoteCredit.Role.FAR,
            answer=row.answer if named else NoteCredit.Answer.NO,
            person_id=row.person_id if named else None,
            name=row.name if named else "",
            at=now(),
        )


@transaction.atomic
def take_beside(*, by: Person, note: Note) -> None:
    """The version from elsewhere becomes ours."""
    check_tend(by, note)
    held = hold(note)
    aside = held.versions.filter(aside=True).first()
    if aside is None:
        return
    revise(held, aside.words, why=NoteVersion.Why.CAME, by=by, origin=aside.origin)
    aside.delete()
    audit.write("note.took_beside", actor=by, on=held, version=held.version)


@transaction.atomic
def leave_beside(*, by: Person, note: Note) -> None:
    """Ours stays as it is."""
    check_tend(by, note)
    if hold(note).versions.filter(aside=True).delete()[0]:
        audit.write("note.left_beside", actor=by, on=note)
