"""This room's part in what reaches every room: the entry on Me, how long things are kept."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.core.retention import Rule
from staffroom.governing.models import Disclosure
from staffroom.people.models import Person
from staffroom.places.access import programmes_of
from staffroom.places.models import Appointment


def me_entries(person: Person) -> list[dict[str, str]]:
    entries = [
        {
            "url": reverse("danger"),
            "group": "help",
            "icon": "flag",
            "title": _("A child or a colleague is in danger"),
            "text": _("Whom to call; and whom to tell, sealed"),
        }
    ]
    if person.is_staff and programmes_of(person, Appointment.Role.SAFEGUARDING).exists():
        entries.append(
            {
                "url": reverse("safeguarding"),
                "group": "work",
                "icon": "lock",
                "title": _("Safeguarding"),
                "text": _("What was told about danger"),
            }
        )
    return entries


def rules() -> list[Rule]:
    return [
        Rule(
            "safeguarding",
            gettext_lazy("What was told about danger, sealed, once the case is closed"),
            gettext_lazy("To protect, and to answer for what was done"),
            days=1095,
            least=365,
            most=3650,
            due=closed,
        ),
        Rule(
            "breaches",
            gettext_lazy("The log of data breaches and the data-protection assessments"),
            gettext_lazy("To answer for them before the authority"),
            until=gettext_lazy("as long as the programme; they name no member"),
        ),
    ]


def closed(before: dt.datetime) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(state=Disclosure.State.CLOSED, closed_at__lt=before)
