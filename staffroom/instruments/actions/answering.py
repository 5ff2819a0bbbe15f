"""Answers, saved item by item; finished when every item has one."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.instruments import hosts, secret
from staffroom.instruments.actions.holding import hold
from staffroom.instruments.models import Answer, Instrument, Item, Response, Version
from staffroom.instruments.queries.current import newest, response_of
from staffroom.instruments.scoring import share
from staffroom.people.models import Person


@transaction.atomic
def answer(
    *,
    by: Person,
    version: Version,
    values: Mapping[str, Any],
    id: uuid.UUID | None = None,
) -> Response:
    """Keep the values (by item key, as `reading.read` made them).

    The response is finished once every item has a value or was left out where it may be; then it
    stays, but for a secret one, which its voter changes until the end.
    """
    instrument = hold(version.instrument)
    hosts.host_of(instrument).check_answer(by, instrument)
    items = {item.key: item for item in version.items.all()}
    if version.published_at is None or not set(values) <= set(items):
        raise NotYours
    if instrument.closed:
        raise Refused(_("This is closed: no more answers are taken. You can look at the results."))
    response = _response(by, instrument, version, id)
    if response.finished_at is not None and not instrument.secret:
        raise Refused(_("You have answered this already. The explanations are below."))
    for key, value in values.items():
        _keep(response, items[key], value)
    if response.finished_at is None and response.answers.count() == len(items):
        _finish(by, instrument, response)
    return response


def _response(
    by: Person, instrument: Instrument, version: Version, id: uuid.UUID | None
) -> Response:
    known = response_of(by, version, id)
    if known is not None:
        return known
    if version != newest(instrument):
        raise Refused(_("This was changed a moment ago. Here it is anew."))
    if instrument.secret:
        return Response.objects.create(
            id=uuid.uuid4(),  # an id made by time would tell when
            version=version,
            voter=secret.voter(by, version),
            started_at=version.published_at or now(),
        )
    if id is None or Response.objects.filter(pk=id).exists():
        id = uuid7()
    return Response.objects.create(id=id, version=version, person=by, once=instrument.once)


def _keep(response: Response, item: Item, value: Any) -> None:
    if value is None and item.required:
        raise Refused(_("Please answer this one too."), item.key)
    Answer.objects.update_or_create(
        response=response,
        item=item,
        defaults={"value": value, "share": share(item, value)},
        create_defaults={
            "id": uuid.uuid4() if response.voter else uuid7(),
            "value": value,
            "share": share(item, value),
        },
    )


def _finish(by: Person, instrument: Instrument, response: Response) -> None:
    hidden = instrument.secret
    at = response.started_at if hidden else now()
    response.finished_at = at
    response.save(update_fields=["finished_at"])
    Instrument.objects.filter(pk=instrument.pk).update(tried_count=F("tried_count") + 1)
    audit.write(
        "instrument.answered",
        actor=None if hidden else by,
        on=instrument,
        at=at if hidden else None,
    )
    outbox.put("instrument.answered", at=at if hidden else None, instrument=str(instrument.pk))
