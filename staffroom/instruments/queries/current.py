import uuid

from staffroom.instruments import secret
from staffroom.instruments.models import Instrument, Response, Version
from staffroom.people.models import Person


def newest(instrument: Instrument) -> Version | None:
    """The version that is answered now; None while there is a first draft alone."""
    published = instrument.versions.filter(published_at__isnull=False)
    return published.order_by("-number").first()


def draft_of(instrument: Instrument) -> Version | None:
    return instrument.versions.filter(published_at=None).first()


def response_of(person: Person, version: Version, id: uuid.UUID | None = None) -> Response | None:
    """The person's response to this version; where there may be several, the one with this id."""
    responses = version.responses.all()
    if version.instrument.secret:
        return responses.filter(voter=secret.voter(person, version)).first()
    mine = responses.filter(person=person)
    if version.instrument.once:
        return mine.first()
    return mine.filter(pk=id).first() if id else None
