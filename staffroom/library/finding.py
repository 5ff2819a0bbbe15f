"""The library in search: resources, practice notes, lesson plans. Access is asked with each search.

A thing that travels (shared, brought elsewhere, the whole programme's) is kept under its programme,
where all who may find it look; what of it a person may see is asked where its own pages ask.
"""

import uuid
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.offices import programmes_of
from staffroom.communities.wall import readable_by
from staffroom.core.retrieval import entries as index
from staffroom.core.retrieval.kinds import Entry, Found, Searchable
from staffroom.library import reach
from staffroom.library.models import Edition, LessonPlan, Note, Resource, Share
from staffroom.library.queries.notes import travelling
from staffroom.library.queries.plans.reading import readable_by as plans_for
from staffroom.library.resource_words import KINDS as RESOURCE_KINDS
from staffroom.methods.text.passage import Marks, passage
from staffroom.people.models import Person

RESOURCE, NOTE, PLAN = "resource", "note", "plan"
KINDS = {
    RESOURCE: gettext_lazy("In the library"),
    NOTE: gettext_lazy("Practice note"),
    PLAN: gettext_lazy("Lesson plan"),
}
Ids = Sequence[uuid.UUID]


def searchable() -> Searchable:
    return Searchable(kinds=KINDS, scopes=scopes, show=show, entries=entries, versions=versions)


def scopes(person: Person) -> dict[uuid.UUID, str]:
    """The communities that let the person read, and the programmes the person works in."""
    found = dict(readable_by(person).order_by("name").values_list("pk", "name"))
    for pk, name in programmes_of(person).values_list("pk", "name"):
        found[pk] = _("All of %(name)s") % {"name": name}
    return found


def show(person: Person, ids: Ids, marks: Marks) -> dict[uuid.UUID, Found]:
    return _resources(person, ids, marks) | _notes(person, ids, marks) | _plans(person, ids, marks)


def remember(thing: Resource | Note | LessonPlan) -> None:
    """Keep what it says now, in the transaction of whoever changes it; forget what was taken out."""
    if thing.removed_at is not None or getattr(thing, "hidden_at", None) is not None:
        index.forget([thing.pk])
    elif isinstance(thing, Resource):
        index.put(_resource_entry(_with_reach(Resource.objects.filter(pk=thing.pk)).get()))
    elif isinstance(thing, Note):
        index.put(_note_entry(thing))
    else:
        index.put(_plan_entry(_with_version(LessonPlan.objects.filter(pk=thing.pk)).get()))


def entries(after: uuid.UUID | None) -> Iterator[Entry]:
    """Everything that stands, in the order of ids."""
    rows: list[tuple[QuerySet[Any, Any], Any]] = [
        (_with_reach(Resource.objects.filter(reach.STANDING)), _resource_entry),
        (Note.objects.filter(removed_at=None).select_related("programme"), _note_entry),
        (_with_version(LessonPlan.objects.filter(removed_at=None)), _plan_entry),
    ]
    found: list[tuple[uuid.UUID, Any, Any]] = []
    for queryset, make in rows:
        rest = queryset.filter(pk__gt=after) if after else queryset
        found += [(row.pk, row, make) for row in rest.order_by("pk")]
    for _pk, row, make in sorted(found, key=lambda each: each[0]):
        yield make(row)


def versions(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    resources = Resource.objects.filter(reach.STANDING, pk__in=ids).values_list("pk", "version")
    notes = Note.objects.filter(removed_at=None, pk__in=ids).values_list("pk", "version")
    plans = _with_version(LessonPlan.objects.filter(removed_at=None, pk__in=ids))
    written: dict[uuid.UUID, int] = {plan.pk: plan.written for plan in plans}  # type: ignore[attr-defined]
    return dict(resources) | dict(notes) | written


def _with_reach(rows: QuerySet[Resource]) -> QuerySet[Resource]:
    return rows.annotate(brought=Exists(Share.objects.filter(resource=OuterRef("pk"))))


def _with_version(rows: QuerySet[LessonPlan]) -> QuerySet[LessonPlan]:
    """A plan is as new as its sections together."""
    return rows.select_related("community").annotate(written=Coalesce(Sum("sections__version"), 0))


def _resource_entry(resource: Any) -> Entry:
    travels = resource.for_all or resource.brought or resource.community_id is None
    file = Edition.objects.filter(resource=resource, number=resource.edition).first()
    return Entry(
        kind=RESOURCE,
        id=resource.pk,
        scope=resource.programme_id if travels else resource.community_id,
        at=resource.added_at,
        version=resource.version,
        language=resource.language,
        title=resource.title,
        body="\n".join([resource.description, resource.topic, resource.credit]),
        more=file.words if file else "",
        subject=next(iter(resource.subjects), ""),
        grades=resource.grades,
    )


def _note_entry(note: Note) -> Entry:
    travels = note.shared_at is not None or note.community_id is None
    return Entry(
        kind=NOTE,
        id=note.pk,
        scope=note.programme_id if travels else note.community_id,  # type: ignore[arg-type]
        at=note.made_at,
        version=note.version,
        language=note.language,
        title=note.title,
        body="\n".join([note.problem, note.worked, note.tried_where, note.failed]),
        more=note.topic,
        subject=note.subject,
        grades=[] if note.grade is None else [note.grade],
    )


def _plan_entry(plan: Any) -> Entry:
    here = plan.community
    texts = plan.sections.filter(removed_at=None).order_by("place").values_list("text", flat=True)
    return Entry(
        kind=PLAN,
        id=plan.pk,
        scope=here.programme_id if plan.shared_at is not None else here.pk,
        at=plan.started_at,
        version=plan.written,
        language=plan.language or here.language,
        title=plan.title,
        body="\n".join(texts),
        more=plan.topic,
        subject=plan.subject or here.subject,
        grades=here.grades if plan.grade is None else [plan.grade],
    )


def _resources(person: Person, ids: Ids, marks: Marks) -> dict[uuid.UUID, Found]:
    rows = reach.visible_to(person).filter(pk__in=ids).select_related("community", "programme")
    return {
        row.pk: Found(
            id=row.pk,
            kind=RESOURCE,
            url=reverse("resource", args=[row.pk]),
            title=row.title,
            label=str(RESOURCE_KINDS[Resource.Kind(row.kind)]),
            language=row.language,
            place=_place(person, row),
            pieces=passage(row.description or row.title, marks, language=row.language),
            at=row.added_at,
        )
        for row in rows.distinct()
    }


def _place(person: Person, row: Resource) -> str:
    """In which community it lives is told inside it alone."""
    home = row.community
    if home is not None and readable_by(person).filter(pk=home.pk).exists():
        return home.name
    return row.programme.name


def _notes(person: Person, ids: Ids, marks: Marks) -> dict[uuid.UUID, Found]:
    here = Note.objects.filter(
        community__in=readable_by(person).values("pk"), removed_at=None, pk__in=ids
    ).select_related("community")
    rows = {row.pk: row for row in travelling(person).filter(pk__in=ids)}
    inside = {row.pk: row for row in here}
    return {
        pk: Found(
            id=pk,
            kind=NOTE,
            url=reverse("practice_note", args=[row.community_id, pk])
            if pk in inside
            else reverse("travelling_note", args=[pk]),
            title=row.title,
            label=str(KINDS[NOTE]),
            language=row.language,
            place=row.community.name if pk in inside and row.community else "",
            pieces=passage(f"{row.problem}\n{row.worked}", marks, language=row.language),
            at=row.made_at,
        )
        for pk, row in (rows | inside).items()
    }


def _plans(person: Person, ids: Ids, marks: Marks) -> dict[uuid.UUID, Found]:
    rows = plans_for(person).filter(pk__in=ids).select_related("community")
    mine = set(readable_by(person).values_list("pk", flat=True))
    return {
        row.pk: Found(
            id=row.pk,
            kind=PLAN,
            url=reverse("plan", args=[row.community_id, row.pk])
            if row.community_id in mine
            else reverse("shared_plan", args=[row.pk]),
            title=row.title,
            label=str(KINDS[PLAN]),
            language=row.language,
            place=row.community.name if row.community_id in mine else "",
            pieces=passage(_said(row), marks, language=row.language),
            at=row.started_at,
        )
        for row in rows
    }


def _said(plan: LessonPlan) -> str:
    texts = plan.sections.filter(removed_at=None).order_by("place").values_list("text", flat=True)
    return "\n".join(text for text in texts if text) or plan.title
