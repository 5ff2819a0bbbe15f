"""Who may do what with an instrument is said by its host: a thing of a room above.

A room registers its answer in `AppConfig.ready`: `hosts.add("community", CommunityHost())`. An
instrument whose host nobody knows is nobody's.
"""

import uuid
from typing import Protocol

from staffroom.core.errors import NotYours
from staffroom.instruments.models import Instrument
from staffroom.people.models import Person


class Host(Protocol):
    """Each method raises `NotYours` or `Refused` where the person may not."""

    def check_make(self, by: Person, host_id: uuid.UUID, kind: str) -> None: ...

    def check_read(self, by: Person, instrument: Instrument) -> None: ...

    def check_answer(self, by: Person, instrument: Instrument) -> None: ...

    def check_change(self, by: Person, instrument: Instrument) -> None: ...


_hosts: dict[str, Host] = {}


def add(kind: str, host: Host) -> None:
    _hosts[kind] = host


def host(kind: str) -> Host:
    if kind not in _hosts:
        raise NotYours
    return _hosts[kind]


def host_of(instrument: Instrument) -> Host:
    return host(instrument.host)
