"""The tables of a new house, made at once in the state in which all migrations together end.

One by one they draw all models anew hundreds of times, which takes longer the longer the history. An
old house goes through them as ever. tests/cli/test_new_house.py holds both ways to the same tables.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.state import ProjectState


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is no table at all."""
    return not connection.introspection.table_names()


def make(connection: BaseDatabaseWrapper) -> None:
    """All tables, and the note that every migration was applied; all of it or nothing."""
    executor = MigrationExecutor(connection)
    steps = [
        migration
        for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]
    state = executor.loader.project_state()
    executor.recorder.ensure_schema()
    with connection.schema_editor(atomic=True) as editor:
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection) and not model._meta.proxy:
                editor.create_model(model)
        for step in steps:
            _what_no_model_tells(step, state, editor)
        for step in steps:
            for app, name in step.replaces or [(step.app_label, step.name)]:
                executor.recorder.record_applied(app, name)


def _what_no_model_tells(
    step: Migration, state: ProjectState, editor: BaseDatabaseSchemaEditor
) -> None:
    """Indexes of search and the like. What carries old rows over is marked `elidable`; others'
    packages have nothing else."""
    if not (step.__module__ or "").startswith("staffroom."):
        return
    for operation in step.operations:
        if isinstance(operation, RunPython | RunSQL) and not operation.elidable:
            operation.database_forwards(step.app_label, editor, state, state)
