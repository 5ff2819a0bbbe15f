"""A teacher answers the scale of beliefs about teaching, or takes the answers back."""

from collections.abc import Mapping

from django.db import transaction

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.instruments import beliefs
from staffroom.instruments.actions.answering import answer
from staffroom.instruments.models import Instrument, Response, Version
from staffroom.people.models import Person


@transaction.atomic
def answer_beliefs(*, by: Person, values: Mapping[str, int]) -> Response:
    """All eight statements, by their keys. Once; `forget_beliefs` makes room for another answer."""
    return answer(by=by, version=_version(), values=values)


@transaction.atomic
def forget_beliefs(*, by: Person) -> None:
    """The answers are gone at once; communities that were formed stay as they are."""
    gone, _kinds = beliefs.responses().filter(person=by).delete()
    if gone:
        audit.write("beliefs.forgotten", actor=by)


def _version() -> Version:
    """Made with the first answer, so that it is there in every house."""
    instrument, made = Instrument.objects.get_or_create(
        pk=beliefs.ID,
        defaults={
            "kind": Instrument.Kind.SURVEY, "host": beliefs.HOST, "host_id": beliefs.ID,
            "item_count": len(beliefs.STATEMENTS),
        },
    )  # fmt: skip
    if not made:
        return instrument.versions.get(number=1)
    version = Version.objects.create(
        instrument=instrument, title=beliefs.TITLE, language="en", published_at=now()
    )
    for item in beliefs.items():
        item.version = version
        item.save(force_insert=True)
    return version
