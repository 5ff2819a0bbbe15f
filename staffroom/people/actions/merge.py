"""Two accounts of one person become one: everything that points at the one points at the other."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Field, Model, Q, UniqueConstraint
from django.utils.translation import gettext as _

from staffroom.core import audit, hooks
from staffroom.core.errors import NotYours, Refused
from staffroom.people.actions.erase import empty
from staffroom.people.models import AccountNote, MergeOffer, Person

#: What the kept account takes from the other where it says nothing itself.
FILLED = ("gender", "teaching_since", "languages", "subjects", "grades", "phone", "photo")


def can_merge(keep: Person, drop: Person) -> bool:
    """Two living accounts of members. An office stays with the account that was given it."""
    return keep.pk != drop.pk and all(
        one.is_active and one.erased_at is None and not one.is_staff for one in (keep, drop)
    )


@transaction.atomic
def merge(*, keep: Person, drop: Person, by: Person) -> None:
    """Everything of `drop` becomes `keep`'s; `drop` is emptied. The caller has seen the proof of both."""
    held = {
        one.pk: one
        for one in Person.objects.select_for_update()
        .filter(pk__in=[keep.pk, drop.pk])
        .order_by("pk")
    }
    if keep.pk == drop.pk or len(held) != 2:
        raise NotYours
    keep, drop = held[keep.pk], held[drop.pk]
    if not can_merge(keep, drop):
        raise Refused(_("These two accounts cannot become one. Please ask the help desk."))
    both = [keep, drop]
    # Moved along, an offer about the one would be an offer about the other that nobody made.
    MergeOffer.objects.filter(Q(keep__in=both) | Q(drop__in=both)).delete()
    hooks.merge_people.call(keep=keep, drop=drop)
    for field in fields_to_people():
        _move(field, keep, drop)
    audit.write("person.merged", actor=by, on=keep, dropped=drop.pk)
    _fill(keep, drop)
    AccountNote.objects.create(person=keep, act="merged")
    hooks.postings_changed.call(person_ids={keep.pk})  # two lives of postings are one now


def fields_to_people() -> list[Any]:
    """Every foreign key to a person, of every room and library."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.remote_field is not None
        and field.related_model is Person
        and not field.many_to_many
    ]


def _move(field: Any, keep: Person, drop: Person) -> None:
    """Let the rows point at `keep`. Where there may be one alone, the older of two stays."""
    model: type[Model] = field.model
    rows = model._base_manager.filter(**{field.attname: drop.pk})
    unique = _unique_sets(field)
    if not unique:
        rows.update(**{field.attname: keep.pk})
        return
    for row in rows.order_by("pk"):
        rivals = [rival for each in unique for rival in _rivals(row, field, keep, *each)]
        if any(_age(rival) <= _age(row) for rival in rivals):
            row.delete()
            continue
        for rival in rivals:
            rival.delete()
        model._base_manager.filter(pk=row.pk).update(**{field.attname: keep.pk})


def _unique_sets(field: Any) -> list[tuple[tuple[str, ...], Any]]:
    """(the fields that are unique together with this one, the condition under which they are)."""
    meta = field.model._meta
    found: list[tuple[tuple[str, ...], Any]] = [
        (tuple(names), None) for names in meta.unique_together if field.name in names
    ]
    found += [
        (tuple(one.fields), one.condition)
        for one in meta.constraints
        if isinstance(one, UniqueConstraint) and field.name in one.fields
    ]
    if field.unique:
        found.append(((field.name,), None))
    return found


def _rivals(
    row: Model, field: Any, keep: Person, names: tuple[str, ...], condition: Any
) -> list[Model]:
    """The rows that this one would clash with if it pointed at `keep`."""
    rows = type(row)._base_manager.all()
    if condition is not None:
        rows = rows.filter(condition)
        if not rows.filter(pk=row.pk).exists():
            return []
    columns: list[Any] = [row._meta.get_field(name) for name in names]
    values = {one.attname: getattr(row, one.attname) for one in columns} | {field.attname: keep.pk}
    if None in values.values():
        return []
    return list(rows.filter(**values).exclude(pk=row.pk))


def _age(row: Model) -> Any:
    """Identifiers grow with time."""
    return row.pk


def _fill(keep: Person, drop: Person) -> None:
    """What only the other account said; then the other says nothing any more."""
    taken = {name: getattr(drop, name) for name in FILLED if not getattr(keep, name)}
    keep.created_at = min(keep.created_at, drop.created_at)
    if drop.enrolled_at and (keep.enrolled_at is None or drop.enrolled_at < keep.enrolled_at):
        keep.enrolled_at = drop.enrolled_at
    photo = drop.photo.name
    empty(drop)
    if photo and "photo" not in taken:
        storage = keep.photo.storage
        transaction.on_commit(lambda: storage.delete(photo))
    for name, value in taken.items():
        setattr(keep, name, value)
    keep.save()
