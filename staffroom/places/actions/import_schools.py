"""Import a list of schools: all of it or nothing, and only what changed."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.core import audit
from staffroom.core.errors import Refused
from staffroom.people.models import Person
from staffroom.places import queries, supervision
from staffroom.places.access import check_administers
from staffroom.places.actions.by_date import close_school_rows, end, merge_area
from staffroom.places.actions.changes import supervision_of
from staffroom.places.imports.dry_run import DryRun, compare
from staffroom.places.imports.records import Path, parent_of
from staffroom.places.models import (
    Area,
    AreaParent,
    ImportRun,
    Oversight,
    Posting,
    Programme,
    School,
    SchoolArea,
)

if TYPE_CHECKING:
    from staffroom.places.imports.codes import CodeRun
    from staffroom.places.imports.teachers import TeacherRun

BATCH = 2000
Progress = Callable[[int, int], None]


def import_schools(
    *,
    by: Person | None,
    programme: Programme,
    run: DryRun,
    file_name: str,
    upload: ImportRun | None = None,
    progress: Progress = lambda done, of: None,
) -> ImportRun:
    """Write what the dry run showed. Refused while rows are bad and nobody said to leave them out."""
    check_administers(by, programme)
    refuse_bad(run)
    with transaction.atomic():
        hold(programme, upload)
        run = compare(run, programme)
        refuse_bad(run)
        with supervision_of(_people_touched(programme, run)):
            _Writer(programme, run, progress).write()
        return keep_record(by, programme, run, file_name, upload, ImportRun.Kind.SCHOOLS)


def hold(programme: Programme, upload: ImportRun | None) -> None:
    """One import writes at a time; an upload that another worker has finished is not done again."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if upload and ImportRun.objects.filter(pk=upload.pk, state=ImportRun.State.DONE).exists():
        raise Refused(_("It has been imported already."))


def refuse_bad(run: "DryRun | TeacherRun | CodeRun") -> None:
    bad = len(run.checked.bad)
    if bad and not run.options.skip_bad:
        raise Refused(
            ngettext(
                "%(n)s row has an error, so nothing was imported. Mend it in the file, or import "
                "without it.",
                "%(n)s rows have errors, so nothing was imported. Mend them in the file, or import "
                "without them.",
                bad,
            )
            % {"n": bad},
            "skip_bad",
        )
    if not run.checked.records:
        raise Refused(_("There is no row that can be imported."), "file")


def keep_record(
    by: Person | None,
    programme: Programme,
    run: "DryRun | TeacherRun | CodeRun",
    file_name: str,
    upload: ImportRun | None,
    kind: ImportRun.Kind,
) -> ImportRun:
    """The line that stays of an import: what it was, what it changed, what it could not take."""
    counts: dict[str, Any] = run.plan.counts(run.options.close_missing)
    counts |= {"rows": run.checked.rows, "set_aside": len(run.checked.bad)}
    kept = upload or ImportRun(programme=programme, kind=kind, started_by=by)
    kept.state, kept.failed = ImportRun.State.DONE, ""
    kept.file_name, kept.sha256, kept.counts = file_name[:200], run.sheet.sha256, counts
    kept.problems = [list(problem) for problem in run.checked.problems]
    kept.save()
    audit.write(f"{kind}.imported", actor=by, on=kept, programme=programme.pk, **counts)
    return kept


def _people_touched(programme: Programme, run: DryRun) -> set[uuid.UUID]:
    """Who works at a school that moves, closes or merges, or in an area that moves or merges."""
    plan = run.plan
    schools = {kept.id for kept, _path in plan.move}
    schools |= {kept.id for kept, values in plan.change if values.get("closed")}
    if run.options.close_missing:
        schools |= {kept.id for kept in plan.missing}
    codes = {code for pair in plan.merge for code in pair}
    tree = queries.area_tree(programme, run.on)
    roots = {tree[old] for old, _new in [*plan.moved_areas, *plan.merged_areas] if old in tree}
    inside = supervision.descendants(roots, run.on) if roots else set()
    return set(
        Posting.objects.filter(
            Q(school__in=schools)
            | Q(school__programme=programme, school__code__in=codes)
            | Q(school__areas__area__in=inside)
        ).values_list("person_id", flat=True)
    ) | set(Oversight.objects.filter(area__in=inside).values_list("person_id", flat=True))


class _Writer:
    """The writing half, in the order that foreign keys and dates need."""

    def __init__(self, programme: Programme, run: DryRun, progress: Progress) -> None:
        self.programme, self.run, self.plan, self.on = programme, run, run.plan, run.on
        self.tree = queries.area_tree(programme, run.on)
        self.levels = {level.depth: level for level in programme.levels.all()}
        self.progress = progress

    def write(self) -> None:
        self._move_areas()
        self._create_areas()
        self._create_schools()
        self._change_schools()
        self._move_schools()
        self._merge_areas()
        self._close_schools()
        self._say_how_many()

    def _say_how_many(self) -> None:
        """PostgreSQL plans for the few rows there were, until told: a nation took minutes to read."""
        if connection.vendor == "postgresql" and len(self.plan.create) > BATCH:
            with connection.cursor() as cursor:
                for model in (School, SchoolArea, Area, AreaParent):
                    cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")

    def _create_areas(self) -> None:
        areas, parents = [], []
        for path in self.plan.new_areas:
            if path in self.tree:
                continue
            area = Area(
                programme=self.programme,
                level=self.levels[len(path)],
                name=self.run.checked.names[path],
                starts=self.on,
            )
            self.tree[path] = area.pk
            areas.append(area)
            if parent_of(path):
                parents.append(
                    AreaParent(
                        area_id=area.pk, parent_id=self.tree[parent_of(path)], starts=self.on
                    )
                )
        Area.objects.bulk_create(areas, batch_size=BATCH)
        AreaParent.objects.bulk_create(parents, batch_size=BATCH)

    def _move_areas(self) -> None:
        for old, new in self.plan.moved_areas:
            area = self.tree[old]
            parent = self._area(parent_of(new))
            end(AreaParent.objects.filter(area=area), self.on)
            if parent is not None:
                AreaParent.objects.create(area_id=area, parent_id=parent, starts=self.on)
            for path in [path for path in self.tree if path[: len(old)] == old]:
                self.tree[new + path[len(old) :]] = self.tree.pop(path)

    def _area(self, path: Path) -> uuid.UUID | None:
        """The area of this path, made when it is a new one."""
        if not path:
            return None
        if path not in self.tree:
            parent = self._area(parent_of(path))
            area = Area.objects.create(
                programme=self.programme,
                level=self.levels[len(path)],
                name=self.run.checked.names[path],
                starts=self.on,
            )
            self.tree[path] = area.pk
            if parent is not None:
                AreaParent.objects.create(area=area, parent_id=parent, starts=self.on)
        return self.tree[path]

    def _create_schools(self) -> None:
        records = self.plan.create
        for start in range(0, len(records), BATCH):
            schools, places = [], []
            for record in records[start : start + BATCH]:
                school = School(
                    programme=self.programme,
                    code=record.code,
                    name=record.name,
                    level=record.level,
                    sector=record.sector,
                    latitude=record.latitude,
                    longitude=record.longitude,
                    opened=record.opened,
                    closed=record.closed,
                )
                schools.append(school)
                if record.path:
                    places.append(
                        SchoolArea(
                            school_id=school.pk, area_id=self.tree[record.path], starts=self.on
                        )
                    )
            School.objects.bulk_create(schools, batch_size=BATCH)
            SchoolArea.objects.bulk_create(places, batch_size=BATCH)
            self.progress(min(start + BATCH, len(records)), len(records))

    def _change_schools(self) -> None:
        by_fields: dict[tuple[str, ...], list[School]] = defaultdict(list)
        for kept, values in self.plan.change:
            plain = {name: value for name, value in values.items() if name != "closed"}
            if plain:
                by_fields[tuple(sorted(plain))].append(School(pk=kept.id, **plain))
        for fields, schools in by_fields.items():
            School.objects.bulk_update(schools, fields, batch_size=300)

    def _move_schools(self) -> None:
        moves = [(kept.id, self.tree[path]) for kept, path in self.plan.move]
        for start in range(0, len(moves), 500):
            some = moves[start : start + 500]
            end(SchoolArea.objects.filter(school__in=[school for school, _area in some]), self.on)
            SchoolArea.objects.bulk_create(
                SchoolArea(school_id=school, area_id=area, starts=self.on) for school, area in some
            )

    def _merge_areas(self) -> None:
        """The area that was a misspelling ends; its schools and areas go to the one meant."""
        for old, new in self.plan.merged_areas:
            merge_area(self.tree[old], self.tree[new], self.on)

    def _close_schools(self) -> None:
        ids = dict(
            School.objects.filter(
                programme=self.programme,
                code__in={code for pair in self.plan.merge for code in pair},
            ).values_list("code", "pk")
        )
        closing = {
            record.code: record.closed for record in self.run.checked.records if record.closed
        }
        for code, into in self.plan.merge:
            close_school_rows(ids[code], closing.get(code) or self.on, into=ids[into])
        merged = {code for code, _into in self.plan.merge}
        for kept, values in self.plan.change:
            if values.get("closed") and kept.code not in merged:
                close_school_rows(kept.id, values["closed"])
        if self.run.options.close_missing:
            for kept in self.plan.missing:
                close_school_rows(kept.id, self.on)
