"""What this room holds about one person: to take along, to forget, to bring together; and how long."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities import offices
from staffroom.core.retention import Rule
from staffroom.notices.models import Digest, Preference, Reach, Reminder
from staffroom.people.models import Person

KINDS = (Preference, Reach, Digest, Reminder)


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The choices, and that there were digests. What one said is found in the words themselves."""
    chosen = Preference.objects.filter(person=person).values(
        "often", "hour", "weekday", "rest_days", "by", "words", "hour_too", "looked_until"
    )
    levels = Reach.objects.filter(person=person).order_by("pk")
    sent = Digest.objects.filter(person=person).order_by("made_at")
    return {
        "digest_preferences": [dict(row) for row in chosen],
        "reaches": [dict(row) for row in levels.values("community__name", "level", "told_until")],
        "reminders": [
            dict(row)
            for row in Reminder.objects.filter(person=person)
            .order_by("made_at")
            .values("gathering__community__name", "by", "state", "parts", "made_at", "sent_at")
        ],
        "digests": [
            dict(row) for row in sent.values("period", "by", "state", "parts", "made_at", "sent_at")
        ],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    for kind in KINDS:
        kind._default_manager.filter(person=person).delete()


def merge_people(keep: Person, drop: Person) -> None:
    """The choices of the account that stays count; what it has not chosen comes along."""
    if Preference.objects.filter(person=keep).exists():
        Preference.objects.filter(person=drop).delete()
    chosen = Reach.objects.filter(person=keep).values("community")
    Reach.objects.filter(
        person=drop, community__in=list(chosen.values_list("community", flat=True))
    ).delete()
    days = list(Digest.objects.filter(person=keep).values_list("period", flat=True))
    Digest.objects.filter(person=drop, period__in=days).delete()
    told = Reminder.objects.filter(person=keep).values_list("gathering", flat=True)
    Reminder.objects.filter(person=drop, gathering__in=list(told)).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "notices",
            gettext_lazy("What reaches a person, how often and on which way"),
            gettext_lazy("To tell them what they want to hear, and no more"),
            until=gettext_lazy("while the account stands"),
        ),
        Rule(
            "digests",
            gettext_lazy("That a digest was sent, when and on which way; never its words"),
            gettext_lazy("To show whether it arrived, and not to send it twice"),
            days=90,
            least=31,
            most=365,
            due=lambda before: Digest.objects.filter(made_at__lt=before),
        ),
        Rule(
            "hour_reminders",
            gettext_lazy("That somebody was reminded of their community’s hour by message"),
            gettext_lazy("To send it once, and to count what it cost"),
            days=90,
            least=31,
            most=365,
            due=lambda before: Reminder.objects.filter(made_at__lt=before),
        ),
    ]


def me_entries(person: Person) -> list[dict[str, str]]:
    entries = [
        {
            "url": reverse("notices"),
            "group": "reach",
            "icon": "ear",
            "title": _("What reaches me"),
            "text": _("News, the digest, levels of my communities"),
        }
    ]
    if person.is_staff and designs(person):
        entries.append(
            {
                "url": reverse("allowance"),
                "group": "work",
                "icon": "phone",
                "title": _("Digests by text message"),
                "text": _("Whether the programme pays for them"),
            }
        )
    return entries


def designs(person: Person) -> bool:
    roles = (offices.GARDENER, offices.ADMINISTRATOR)
    return offices.appointments(person, *roles).filter(area=None).exists()
