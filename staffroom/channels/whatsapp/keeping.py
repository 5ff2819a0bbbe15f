"""How long this channel keeps what it keeps."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from staffroom.channels.whatsapp.models import Trouble
from staffroom.core.retention import Rule


def rules() -> list[Rule]:
    return [
        Rule(
            key="whatsapp_troubles",
            what=_("How often WhatsApp refused something, without any person"),
            basis=_("To find and mend what is wrong with the channel."),
            days=90,
            due=_old,
        )
    ]


def _old(before: dt.datetime) -> QuerySet[Trouble]:
    return Trouble.objects.filter(at__lt=before)
