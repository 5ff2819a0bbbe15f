"""Practice notes and people: taken along, forgotten, merged, kept for how long, shown on *Me*."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staffroom.core import audit, hooks
from staffroom.core.retention import Rule
from staffroom.library.models import Debate, Note, NoteCredit, NotePackage, NoteVersion, Trial
from staffroom.library.queries.notes import naming
from staffroom.people.models import Person


def me_entries(person: Person) -> list[dict[str, str]]:
    """Notes that come from the person's words, once there are any."""
    found = naming(person)
    waiting = found.filter(answer=NoteCredit.Answer.WAITING).count()
    if not waiting and not found.exists():
        return []
    said = ngettext(
        "%(n)s asks whether it may name you", "%(n)s ask whether they may name you", waiting
    )
    return [
        {
            "url": reverse("notes_naming_me"),
            "group": "mine",
            "icon": "book",
            "title": _("Notes from your words"),
            "text": said % {"n": waiting} if waiting else _("Practice notes, and whether they name you"),
        }
    ]  # fmt: skip


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What the person wrote into notes, tried, questioned; and where they are credited."""
    versions = NoteVersion.objects.filter(by=person).order_by("at")
    trials = Trial.objects.filter(by=person).select_related("note").order_by("at")
    credits = NoteCredit.objects.filter(person=person).select_related("note").order_by("at")
    debates = Debate.objects.filter(Q(opened_by=person) | Q(closed_by=person))
    return {
        "note_versions": [
            {"note": str(each.note_id), "version": each.number, "words": each.words, "at": each.at}
            for each in versions
        ],
        "note_trials": [
            {
                "note": each.note.title,
                "result": each.result,
                "grade": each.grade,
                "pupils": each.pupils,
                "what": each.what,
                "proposed": {"worked": each.new_worked, "failed": each.new_failed},
                "at": each.at,
            }
            for each in trials
        ],
        "note_credits": [
            {"note": each.note.title, "role": each.role, "named": each.answer, "at": each.at}
            for each in credits
        ],
        "note_debates": [
            {
                "note": str(each.note_id),
                "assumption": each.assumption if each.opened_by_id == person.pk else "",
                "outcome": each.outcome if each.closed_by_id == person.pk else "",
                "why": each.why if each.closed_by_id == person.pk else "",
            }
            for each in debates.order_by("opened_at")
        ],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    """Names go in any case. Words that others have not taken up go with their author, too.

    A note that nobody else changed, tried or debated, written by the person or made from what the
    person wrote, goes; one that others worked on is theirs as well and stays, without the name.
    """
    if not keep_contributions:
        authored = Q(made_by=person) | Q(
            credits__person=person, credits__role__in=["asked", "answered"]
        )
        for note in Note.objects.filter(authored, community__isnull=False).distinct():
            if not worked_on(note, person):
                note.delete()
        NoteVersion.objects.filter(by=person).exclude(
            pk__in=[each.pk for each in _standing(person)]
        ).delete()
        Trial.objects.filter(by=person).delete()
    _forget_names(person)
    NoteCredit.objects.filter(person=person).update(
        person=None, name="", answer=NoteCredit.Answer.NO
    )
    audit.write("notes.erased", actor=None, kept=keep_contributions)


def _forget_names(person: Person) -> None:
    links: dict[Any, tuple[str, ...]] = {
        Note: ("made_by", "shared_by", "removed_by"),
        NoteVersion: ("by",),
        Trial: ("by", "decided_by"),
        Debate: ("opened_by", "closed_by"),
    }
    for kind, fields in links.items():
        for field in fields:
            kind.objects.filter(**{field: person}).update(**{field: None})


def worked_on(note: Note, person: Person) -> bool:
    """Somebody else changed it, tried it or questioned it."""
    return (
        note.versions.filter(aside=False).exclude(by=person).exclude(number=1).exists()
        or note.trials.exclude(by=person).exists()
        or note.debates.exclude(opened_by=person).exists()
    )


def _standing(person: Person) -> list[NoteVersion]:
    """Versions by the person that are what the note says today."""
    mine = NoteVersion.objects.filter(by=person, aside=False).select_related("note")
    return [each for each in mine if each.number == each.note.version]


def merge_people(keep: Person, drop: Person) -> None:
    """One credit a note; a yes of either account stands."""
    for other in NoteCredit.objects.filter(person=drop):
        mine = NoteCredit.objects.filter(person=keep, note=other.note_id).first()
        if mine is None:
            continue
        if other.answer == NoteCredit.Answer.YES and mine.answer == NoteCredit.Answer.WAITING:
            mine.answer = other.answer
            mine.save(update_fields=["answer"])
        other.delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "notes",
            gettext_lazy("Practice notes with versions, reports of who tried them, and credits"),
            gettext_lazy("So that what was learned can be found and improved years later"),
            until=gettext_lazy("while the community’s notes are kept; a name until its owner takes it off"),
        ),
        Rule(
            "notes_taken_off",
            gettext_lazy("Practice notes that were taken off the shelf"),
            gettext_lazy("To find out why one is gone"),
            days=60,
            least=7,
            most=365,
            due=lambda before: Note.objects.filter(removed_at__lt=before),
        ),
        Rule(
            "note_packages",
            gettext_lazy("Which packages of practice notes came, from whom, and who brought them"),
            gettext_lazy("To know where a note came from"),
            days=730,
            least=365,
            most=3650,
            due=lambda before: NotePackage.objects.filter(at__lt=before).exclude(state="waiting"),
        ),
    ]  # fmt: skip


def register() -> None:
    hooks.me_entries.add(me_entries)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
