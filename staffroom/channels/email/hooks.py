"""What this room holds about one person: to take along, to forget, to bring together; and how long."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.channels.email import sending
from staffroom.channels.email.models import Box, StaffLetter, Week
from staffroom.channels.email.queries import readers
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.places.access import programmes_of
from staffroom.places.models import Appointment


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    boxes = Box.objects.filter(person=person).values("letters", "bounced_at", "bounced")
    sent = StaffLetter.objects.filter(person=person).order_by("made_at")
    return {
        "email": [dict(row) for row in boxes],
        "weekly_letters": [dict(row) for row in sent.values("week__monday", "state", "sent_at")],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    Box.objects.filter(person=person).delete()
    StaffLetter.objects.filter(person=person).delete()


def merge_people(keep: Person, drop: Person) -> None:
    """The choices of the account that stays count; no week is told twice."""
    if Box.objects.filter(person=keep).exists():
        Box.objects.filter(person=drop).delete()
    weeks = list(StaffLetter.objects.filter(person=keep).values_list("week", flat=True))
    StaffLetter.objects.filter(person=drop, week__in=weeks).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "email_boxes",
            gettext_lazy("Whether a colleague with an office wants the weekly letter, and whether their address takes it"),
            gettext_lazy("To send it where it is wanted and arrives"),
            until=gettext_lazy("while the account stands"),
        ),
        Rule(
            "weekly_letters",
            gettext_lazy("That a weekly letter was sent, and when; never its words"),
            gettext_lazy("To show whether it arrived, and not to send it twice"),
            days=90,
            least=14,
            most=365,
            due=lambda before: StaffLetter.objects.filter(made_at__lt=before),
        ),
        Rule(
            "weekly_figures",
            gettext_lazy("The whole figures of a programme’s week, as they were told"),
            gettext_lazy("To say whether it was more or less than the week before"),
            days=180,
            least=120,
            most=730,
            due=lambda before: Week.objects.filter(counted_at__lt=before),
        ),
    ]  # fmt: skip


def today_rows(person: Person, communities: list[Any]) -> list[dict[str, str]]:
    """To the office: an address of a colleague was refused."""
    if not person.is_staff or not sending.works():
        return []
    mine = programmes_of(person, Appointment.Role.ADMINISTRATOR)
    if not any(readers.refused_in(programme) for programme in mine):
        return []
    return [
        {
            "url": reverse("letters"),
            "icon": "flag",
            "title": _("An e-mail address takes no letters"),
            "text": _("Of a colleague with an office"),
        }
    ]


def me_entries(person: Person) -> list[dict[str, str]]:
    if not person.is_staff or not readers.is_reader(person):
        return []
    entries = [
        {
            "url": reverse("my_letters"),
            "group": "reach",
            "icon": "book",
            "title": _("The weekly letter"),
            "text": _("What waits for you, by e-mail on Tuesdays"),
        }
    ]
    if sending.works() and programmes_of(person, Appointment.Role.ADMINISTRATOR).exists():
        entries.append(
            {
                "url": reverse("letters"),
                "group": "work",
                "icon": "book",
                "title": _("Letters by e-mail"),
                "text": _("Addresses that take none"),
            }
        )
    return entries
