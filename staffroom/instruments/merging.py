"""Two accounts of one person become one: one vote stays, the one of the account that stays."""

from django.db.models import F

from staffroom.instruments import secret
from staffroom.instruments.models import Instrument, Response, Version
from staffroom.people.models import Person


def merge_people(keep: Person, drop: Person) -> None:
    _votes(keep, drop)
    _twice(keep, drop)


def _votes(keep: Person, drop: Person) -> None:
    """The mark is made of the person: it is made anew, or goes where both have voted."""
    for version in Version.objects.filter(
        instrument__secret=True, responses__voter__gt=""
    ).distinct():
        cast = Response.objects.filter(version=version, voter=secret.voter(drop, version))
        mark = secret.voter(keep, version)
        if Response.objects.filter(version=version, voter=mark).exists():
            _count_down(cast.values_list("version__instrument", flat=True))
            cast.delete()
        else:
            cast.update(voter=mark)


def _twice(keep: Person, drop: Person) -> None:
    """Where both answered, the answers of the account that stays count; half ones give way."""
    for second in Response.objects.filter(person=drop, once=True).select_related("version"):
        first = Response.objects.filter(person=keep, version=second.version, once=True).first()
        if first is None:
            continue
        if first.finished_at is None and second.finished_at is not None:
            first.delete()
            continue
        if second.finished_at is not None:
            _count_down([second.version.instrument_id])
        second.delete()


def _count_down(instruments: object) -> None:
    Instrument.objects.filter(pk__in=list(instruments), tried_count__gt=0).update(  # type: ignore[call-overload]
        tried_count=F("tried_count") - 1
    )
