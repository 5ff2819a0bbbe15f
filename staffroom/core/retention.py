"""How long things are kept. Each room says it in rules; the clock deletes what is due, every night.

    hooks.retention.add(lambda: [Rule("drafts", _("Drafts"), _("…"), days=60, due=old_drafts)])

A rule without `due` only tells: what it names is kept while something else lasts (an account, a
community), and the page for administrators says so.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from staffroom.core import audit, hooks
from staffroom.core.clock import now
from staffroom.core.models import RetentionChoice

BATCH = 500
#: Of one rule at most so many batches a night: the rest waits for the next.
MOST_BATCHES = 400


@dataclass(frozen=True)
class Rule:
    """One kind of thing, why it is kept, and for how many days.

    `due(before)` finds what is older than a moment; `forget(ids)` forgets those rows where deleting
    them would be too much (a post whose answers stay). `until` says in words when a thing goes that
    no count of days rules.
    """

    key: str
    what: Any
    basis: Any
    days: int = 0
    least: int = 1
    most: int = 3650
    due: Callable[[dt.datetime], QuerySet[Any]] | None = None
    forget: Callable[[list[Any]], None] | None = None
    until: Any = ""

    def waiting(self, moment: dt.datetime, days: int) -> int:
        """How many would go now."""
        return self.due(moment - dt.timedelta(days=days)).count() if self.due else 0

    def delete(self, moment: dt.datetime, days: int, limit: int) -> int:
        """Forget at most `limit` of what is due; how many. One transaction."""
        if self.due is None:
            return 0
        with transaction.atomic():
            found = self.due(moment - dt.timedelta(days=days))
            ids = list(found.order_by("pk").values_list("pk", flat=True)[:limit])
            if ids and self.forget:
                self.forget(ids)
            elif ids:
                found.model._base_manager.filter(pk__in=ids).delete()
        return len(ids)


def rules() -> list[Rule]:
    """The rules of all rooms, in their order."""
    return [rule for part in hooks.retention for rule in part()]


def chosen() -> list[tuple[Rule, int]]:
    """Each rule with the days that hold: an administrator's choice within its bounds, or its own."""
    said = dict(RetentionChoice.objects.values_list("rule", "days"))
    return [(rule, _within(rule, said.get(rule.key, rule.days))) for rule in rules()]


def _within(rule: Rule, days: int) -> int:
    return min(max(days, rule.least), rule.most) if rule.due else 0


def waiting(moment: dt.datetime | None = None) -> Iterator[tuple[Rule, int, int]]:
    """Each rule, its days, and how many would go now."""
    for rule, days in chosen():
        yield rule, days, rule.waiting(moment or now(), days)


def keep() -> dict[str, int]:
    """Delete what is due, in batches; how many of each. The audit learns counts alone."""
    gone = {}
    for rule, days in chosen():
        count = _all_of(rule, days)
        if count:
            audit.write("retention.deleted", actor=None, rule=rule.key, days=days, rows=count)
            gone[rule.key] = count
    return gone


def _all_of(rule: Rule, days: int) -> int:
    count = 0
    for _batch in range(MOST_BATCHES):
        done = rule.delete(now(), days, BATCH)
        count += done
        if done < BATCH:
            break
    return count
