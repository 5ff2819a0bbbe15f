"""What waits for somebody who works for a programme: how many, never who."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from staffroom.channels.email.queries import readers
from staffroom.communities.hooks import garden_notes
from staffroom.communities.models import Community
from staffroom.communities.queries.garden import garden_of
from staffroom.core.models import OutboxEntry
from staffroom.governing.queries.breaches import breaches_of
from staffroom.people.models import Person
from staffroom.places.models import Appointment, Programme

Role = Appointment.Role


@dataclass(frozen=True)
class Line:
    text: str
    path: str = ""  # where it is dealt with


def waiting_for(person: Person, programme: Programme) -> list[Line]:
    roles = readers.roles_in(person, programme)
    return [
        *(_garden(person, programme) if Role.GARDENER in roles else []),
        *(_office(programme) if Role.ADMINISTRATOR in roles else []),
    ]


def notes_for(person: Person, programme: Programme) -> list[str]:
    """Sentences of the garden about many communities together."""
    if Role.GARDENER not in readers.roles_in(person, programme):
        return []
    return [note for notes in garden_notes.call(person=person) for note in notes]


def _garden(person: Person, programme: Programme) -> list[Line]:
    plots = [each for each in garden_of(person) if each.community.programme_id == programme.pk]
    vacant = sum(
        1 for each in plots if each.vacant and each.community.stage == Community.Stage.OPEN
    )
    forming = sum(1 for each in plots if each.community.stage == Community.Stage.FORMING)
    lines = []
    if vacant:
        text = ngettext(
            "%(n)s community has nobody who moderates.",
            "%(n)s communities have nobody who moderates.",
            vacant,
        )
        lines.append(Line(text % {"n": vacant}, reverse("garden") + "?stage=vacant"))
    if forming:
        text = ngettext(
            "%(n)s community waits for its first meeting.",
            "%(n)s communities wait for their first meeting.",
            forming,
        )
        lines.append(Line(text % {"n": forming}, reverse("garden") + "?stage=forming"))
    return lines


def _office(programme: Programme) -> list[Line]:
    lines = []
    if late := sum(1 for each in breaches_of(programme) if each.told is None and not each.closed):
        text = ngettext(
            "Of %(n)s data breach the authority is not told yet.",
            "Of %(n)s data breaches the authority is not told yet.",
            late,
        )
        lines.append(Line(text % {"n": late}, reverse("breaches")))
    if refused := len(readers.refused_in(programme)):
        text = ngettext(
            "The e-mail address of %(n)s colleague takes no letters.",
            "The e-mail addresses of %(n)s colleagues take no letters.",
            refused,
        )
        lines.append(Line(text % {"n": refused}, reverse("letters")))
    if dead := OutboxEntry.objects.exclude(dead_at=None).count():
        text = ngettext(
            "%(n)s message could not be delivered. Whoever runs the machine sees why with: %(command)s",
            "%(n)s messages could not be delivered. Whoever runs the machine sees why with: %(command)s",
            dead,
        )
        lines.append(Line(text % {"n": dead, "command": "staffroom outbox"}))
    return lines
