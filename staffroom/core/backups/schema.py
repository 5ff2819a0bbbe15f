"""The tables as some set of migrations made them, which need not be today's."""

from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from staffroom.core import new_house

Node = tuple[str, str]


def applied(using: str) -> list[Node]:
    """The migrations that this database has had."""
    return sorted(MigrationLoader(connections[using]).applied_migrations)


def unknown(nodes: list[Node]) -> list[Node]:
    """Migrations that only a newer Staffroom has."""
    known = MigrationLoader(None).disk_migrations
    return [node for node in nodes if node not in known]


def heads(nodes: list[Node]) -> list[Node]:
    """The last migration of each app among `nodes`."""
    graph, done = MigrationLoader(None).graph, set(nodes)
    return [
        node
        for node in sorted(done)
        if node in graph.nodes
        and not any(
            child.key in done and child.key[0] == node[0] for child in graph.node_map[node].children
        )
    ]


def models_at(nodes: list[Node]) -> Any:
    """The registry of models as they were then."""
    return MigrationLoader(None).project_state(heads(nodes)).apps


def build(using: str, nodes: list[Node] | None = None) -> None:
    """Bring a database to these migrations, or to today's; an empty one to today's in one go."""
    connection = connections[using]
    if (nodes is None or _todays(nodes)) and new_house.is_empty(connection):
        new_house.make(connection)
        return
    executor = MigrationExecutor(connection)
    executor.migrate(heads(nodes) if nodes is not None else executor.loader.graph.leaf_nodes())


def _todays(nodes: list[Node]) -> bool:
    """Whether all of today's migrations are among them."""
    return set(MigrationLoader(None).graph.leaf_nodes()) <= set(nodes)
