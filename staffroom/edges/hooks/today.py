"""What waits at the edges, on Today; and the nightly calm."""

import datetime as dt

from staffroom.core import hooks
from staffroom.edges.actions.stirring import calm
from staffroom.edges.queries.waiting import rows


def nightly(now: dt.datetime) -> None:
    calm()


def register() -> None:
    hooks.today_rows.add(rows)
    hooks.nightly.add(nightly)
