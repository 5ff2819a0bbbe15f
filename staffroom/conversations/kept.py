"""How long this room keeps what it keeps (`core.retention`)."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from staffroom.conversations.actions.remove import forget_words
from staffroom.conversations.models import Doubt, Draft, Post, Report, TextPrint
from staffroom.core.retention import Rule


def rules() -> list[Rule]:
    return [
        Rule(
            "posts",
            _("What members write, with photos and earlier versions"),
            _("To learn from each other"),
            until=_("until its author removes it, or leaves and takes it along"),
        ),
        Rule(
            "seals",
            _("Who asked without a name, sealed; and that a seal was opened, by whom and why"),
            _("To tell whoever asked of the answers; to hold those who opened it to account"),
            until=_("while the question stands; broken at once when its author leaves for good"),
        ),
        Rule(
            "removed_words",
            _("The words of what its author removed, and their earlier versions"),
            _("To undo, and to look at what was reported"),
            days=1,
            most=30,
            due=removed,
            forget=forget_words,
        ),
        Rule(
            "drafts",
            _("What somebody began to write and did not send"),
            _("To go on writing"),
            days=60,
            least=7,
            most=365,
            due=lambda before: Draft.objects.filter(saved_at__lt=before),
        ),
        Rule(
            "reports",
            _("Who reported a post and why, once it was decided"),
            _("To tell the reporter what was decided"),
            days=365,
            least=90,
            most=1095,
            due=lambda before: Report.objects.filter(decision__at__lt=before),
        ),
        Rule(
            "text_prints",
            _("Prints of long messages, by which the same one is known again"),
            _("To tell its writer and the moderator of chain messages"),
            days=30,
            most=90,
            due=lambda before: TextPrint.objects.filter(at__lt=before),
        ),
        Rule(
            "doubts",
            _("What made a message look like a chain message, an advertisement or an insult"),
            _("To tell the moderator, who decides whether to look"),
            days=30,
            most=90,
            due=lambda before: Doubt.objects.filter(at__lt=before),
        ),
    ]


def removed(before: dt.datetime) -> QuerySet[Post]:
    """With words still, unless a report waits for a look."""
    waits = Report.objects.filter(decision=None).values("post")
    return Post.objects.filter(removed_at__lt=before).exclude(text="").exclude(pk__in=waits)
