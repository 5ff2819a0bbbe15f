"""`/healthz` and `/readyz`, for whoever watches: two words, nothing about the inside.

A layer and not a view: it answers under any host name, without HTTPS and without a sign-in, and
before anything that needs the database.
"""

from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]


class Health:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self._migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return _answer(answers())
        if request.path_info == "/readyz":
            self._migrated = self._migrated or (answers() and migrated())
            return _answer(self._migrated and answers())
        return self.get_response(request)


def _answer(good: bool) -> HttpResponse:
    return HttpResponse(
        "ok\n" if good else "not now\n",
        status=200 if good else 503,
        content_type="text/plain",
        headers={"Cache-Control": "no-store"},
    )


def answers() -> bool:
    """The database answers a question."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except Exception:
        return False


def migrated() -> bool:
    """The tables are those that this version expects."""
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:
        return False
