"""How long the machine itself keeps what it keeps (`core.retention`)."""

from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from staffroom.core.models import AuditEntry, DoneAct, OutboxEntry
from staffroom.core.retention import Rule


def rules() -> list[Rule]:
    return [
        Rule(
            "audit",
            _("Who did what and when, by identifiers, without words"),
            _("To find misuse, and to answer for decisions"),
            days=730,
            least=365,
            most=3650,
            due=lambda before: AuditEntry.objects.filter(at__lt=before),
        ),
        Rule(
            "outbox",
            _("Notes between the parts of Staffroom, and codes by SMS, once delivered"),
            _("To find out why something did not arrive; the words go when it is delivered"),
            days=14,
            most=90,
            due=lambda before: OutboxEntry.objects.filter(delivered_at__lt=before),
        ),
        Rule(
            "acts",
            _("Which sendings of a phone were done, and what page they led to"),
            _("So that what a bad line sends twice is done once"),
            days=90,
            least=70,
            most=365,
            due=lambda before: DoneAct.objects.filter(at__lt=before),
        ),
        Rule(
            "jobs",
            _("Work done in the background"),
            _("To find out why something failed"),
            days=7,
            most=90,
            due=lambda before: DBTaskResult.objects.finished().filter(finished_at__lt=before),
        ),
        Rule(
            "sessions",
            _("That a phone is signed in"),
            _("So that nobody needs a code every day"),
            until=_("90 days after the last sign-in; staff 12 hours"),
        ),
        Rule(
            "pages",
            _("Pages as a browser has them, sealed, without saying whose they are"),
            _("So that the next page costs only what is new in it"),
            until=_("the next day, or at sign-out; never in a backup"),
        ),
        Rule(
            "limits",
            _("How often a number or an address tried, as a fingerprint"),
            _("To keep guessers out"),
            until=_("within an hour of the limit’s end, a day at most"),
        ),
    ]
