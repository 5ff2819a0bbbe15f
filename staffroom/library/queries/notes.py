"""Finding practice notes: inside a community, and those that travel. The wall is asked here."""

import uuid
from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from staffroom.communities.models import Community
from staffroom.communities.offices import programmes_of
from staffroom.communities.wall import barred_from, readable_by
from staffroom.core.prepared import Prepared
from staffroom.library.models import Debate, Note, NoteCredit, NoteVersion, Trial
from staffroom.people.models import Person


def notes_in(community: Community) -> QuerySet[Note]:
    """The community's own notes; only for whoever the wall lets in."""
    return Note.objects.filter(community=community, removed_at=None)


def note_in(community: Community, id: uuid.UUID) -> Note | None:
    return (
        with_counts(notes_in(community))
        .filter(pk=id)
        .select_related("community", "source", "split_from")
        .first()
    )


def travelling(person: Person) -> QuerySet[Note]:
    """What communities of the person's programmes let travel, and what came in packages.

    Not what comes from a community that holds somebody whom the person supervises.
    """
    barred = barred_from(person).values("pk")
    found = Note.objects.filter(programme__in=programmes_of(person), removed_at=None)
    return found.filter(
        Q(community=None) | Q(shared_at__isnull=False) & ~Q(community__in=barred)
    ).select_related("community")


def with_counts(notes: QuerySet[Note]) -> QuerySet[Note]:
    """With `n_worked`, `n_partly`, `n_not`: in how many classes it was tried here."""
    return notes.annotate(
        **{
            f"n_{result}": Count("trials", filter=Q(trials__result=result))
            for result in Trial.Result.values
        }
    )


def with_credits(notes: QuerySet[Note]) -> QuerySet[Note]:
    """With `credited`: those whose thinking is in it."""
    rows = NoteCredit.objects.select_related("person").order_by("at", "id")
    return notes.prefetch_related(Prefetch("credits", queryset=rows, to_attr="credited"))


def trials_of(note: Note) -> QuerySet[Trial]:
    return note.trials.select_related("by").order_by("-at", "-id")


def debates_of(note: Note) -> QuerySet[Debate]:
    return note.debates.select_related("case").order_by("opened_at", "id")


def versions_of(note: Note) -> QuerySet[NoteVersion]:
    return note.versions.filter(aside=False).select_related("by").order_by("-number")


def beside(note: Note) -> NoteVersion | None:
    """The version from elsewhere that waits beside ours."""
    return note.versions.filter(aside=True).first()


def of_question(question_id: uuid.UUID) -> Note | None:
    """The note that was made from this question."""
    return Note.objects.filter(question_id=question_id, removed_at=None).first()


def debate_under(post_id: uuid.UUID) -> Debate | None:
    """The debate that is held under this question."""
    found: Debate | None = _DEBATE.first(post_id)
    return found


_DEBATE = Prepared(
    lambda post: Debate.objects.filter(post_id=post, note__removed_at=None).select_related(
        "note__community"
    )[:1],
    uuid.UUID,
)


def naming(person: Person) -> QuerySet[NoteCredit]:
    """Notes that would name the person, or do, where the person can read them."""
    return (
        NoteCredit.objects.filter(
            person=person, note__removed_at=None, note__community__in=readable_by(person)
        )
        .select_related("note__community")
        .order_by("-at", "-id")
    )


def mine_to_bring(person: Person) -> QuerySet[Community]:
    """Open communities in which the person is a member."""
    return readable_by(person).filter(
        memberships__person=person,
        memberships__state="active",
        stage=Community.Stage.OPEN,
    )


def names(credits: Iterable[NoteCredit]) -> tuple[list[str], int]:
    """The names that may be said, and how many stay colleagues without one."""
    rows = list(credits)
    said = [row.person.name if row.person else row.name for row in rows if row.answer == "yes"]
    return [name for name in said if name], len(rows) - len([name for name in said if name])
