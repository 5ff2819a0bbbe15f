"""The time a term takes: added up as its pages are asked for, and once a week made a mean of many."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F

from staffroom.communities.models import Term
from staffroom.core.clock import now
from staffroom.facilitation.models import Load, LoadFigure
from staffroom.facilitation.queries.load import last_figure, last_mean, loads_in
from staffroom.facilitation.spent import GAP, mean_to_tell, seconds_between
from staffroom.people.models import Person
from staffroom.places.models import Programme

#: A figure stands for a week at least.
WEEK = dt.timedelta(days=7)


@transaction.atomic
def spend(*, by: Person, community_id: uuid.UUID) -> None:
    """The moderator in term asked for a page of the desk; for anybody else nothing is kept."""
    term = Term.objects.filter(
        person=by, community=community_id, starts__isnull=False, ended_at=None
    ).first()
    if term is None:
        return
    load, _new = Load.objects.select_for_update().get_or_create(term=term)
    more = seconds_between(load.last_at, now())
    Load.objects.filter(pk=load.pk).update(seconds=F("seconds") + more, last_at=now())


def nightly(now: dt.datetime) -> None:
    """Forget when somebody was last here; make the figure of the week."""
    Load.objects.filter(last_at__lt=now - GAP).update(last_at=None)
    for programme in Programme.objects.filter(communities__terms__load__isnull=False).distinct():
        make_figure(programme, now)


@transaction.atomic
def make_figure(programme: Programme, moment: dt.datetime) -> LoadFigure | None:
    """A new mean, where the last is a week old and the new one tells of nobody."""
    last = last_figure(programme)
    if last is not None and moment - last.at < WEEK:
        return None
    mean = mean_to_tell(loads_in(programme), last_mean(programme))
    if mean is None:
        return None
    return LoadFigure.objects.create(
        programme=programme, at=moment, minutes=mean.minutes, communities=sorted(mean.over)
    )
