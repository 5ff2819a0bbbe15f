"""What a person at the office must look at, counted so that a flood is one line."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from staffroom.channels.whatsapp.models import Trouble
from staffroom.core.clock import now, today
from staffroom.core.findings import WARN, Finding

log = logging.getLogger(__name__)
DAYS = 2  # as long it is told; what is mended stays silent then
#: Kinds a day, at the most: a stranger can cause three, Meta a few more.
MOST = 50
TOLD = {
    "forged": (
        "{n} calls at the webhook were not signed by Meta: they were turned away.",
        "If messages from teachers fail to come, STAFFROOM_WHATSAPP_APP_SECRET is not that of the app.",
    ),
    "unreadable": (
        "{n} signed calls could not be read.",
        "Is another app of yours sent to this address?",
    ),
    "too large": (
        "{n} calls were larger than Meta's own limit.",
        "Nothing to do, unless it is often.",
    ),
    "token": (
        "Meta refused our token {n} times ({code}); messages wait.",
        "Make a new permanent token for the system user: STAFFROOM_WHATSAPP_TOKEN.",
    ),
    "account": (
        "The WhatsApp account or number is closed or not registered ({code}, {n} times); messages wait.",
        "Look at the account's quality page in Meta Business Suite.",
    ),
    "money": (
        "Meta could not charge the account ({n} times); messages wait.",
        "Mend the means of payment in Meta Business Suite.",
    ),
    "quality": (
        "Meta holds messages back: too many were reported as unwanted ({code}, {n} times).",
        "Send fewer: digests instead of everything. It ends by itself.",
    ),
    "template": (
        "A template was refused or paused ({code}, {n} times): what needs it is not sent.",
        "`staffroom whatsapp-templates` shows which; change its words and register it again.",
    ),
    "provider": (
        "Meta told of a fault on its side ({code}, {n} times).",
        "See https://metastatus.com/whatsapp-business-api.",
    ),
}

#: The same for the programme's office, as far as it can do something; in its own language.
FOR_OFFICE = {
    "forged": _(
        "Calls came that were not from WhatsApp, and were turned away. If teachers’ messages do not come, ask whoever runs this server to look at its settings."
    ),
    "token": _(
        "WhatsApp refuses our access key, so messages wait. Ask whoever runs this server to make a new one."
    ),
    "account": _(
        "WhatsApp has closed our account or number, so messages wait. See the account’s quality page at Meta."
    ),
    "money": _(
        "WhatsApp could not charge the account, so messages wait. Mend the means of payment at Meta."
    ),
    "quality": _(
        "WhatsApp holds messages back: too many people called them unwanted. Send fewer, digests instead of everything."
    ),
    "template": _(
        "WhatsApp refused or paused our prepared words, so whoever has not written for a day gets nothing there. Ask whoever runs this server to register them again."
    ),
    "provider": _("WhatsApp has faults of its own. Nothing is lost: messages go later."),
}


@dataclass(frozen=True)
class Noted:
    """One kind of trouble, and what of it was last."""

    what: str
    code: str
    count: int
    at: dt.datetime


@transaction.atomic
def note(what: str, code: str = "") -> None:
    """Count it. The log has a line as well, with the kind and the code alone."""
    log.warning("whatsapp.trouble", extra={"what": what, "code": code})
    rows = Trouble.objects.filter(day=today())
    if not _count(rows, what, code):
        if rows.count() >= MOST:
            code = ""  # one line for the rest of this kind
        Trouble.objects.get_or_create(day=today(), what=what, code=code[:80])
        _count(rows, what, code)


def _count(rows: QuerySet[Trouble], what: str, code: str) -> int:
    return rows.filter(what=what, code=code[:80]).update(count=F("count") + 1, at=now())


def recent() -> list[Noted]:
    """Of today and yesterday, the last first."""
    rows = (
        Trouble.objects.filter(day__gt=today() - dt.timedelta(days=DAYS))
        .values("what", "code")
        .annotate(n=Sum("count"), last=Max("at"))
        .order_by("-last", "what", "code")
    )
    return [Noted(row["what"], row["code"], row["n"], row["last"]) for row in rows]


def for_office() -> list[str]:
    """Each kind once, with what the office can do."""
    kinds = dict.fromkeys(one.what for one in recent())
    return [str(FOR_OFFICE[what]) for what in kinds if what in FOR_OFFICE]


def findings() -> list[Finding]:
    """Each as a line that a person can act on."""
    found = []
    for one in recent():
        what, how = TOLD.get(one.what, TOLD["provider"])
        said = what.format(n=f"{one.count:,}", code=one.code or "no code")
        found.append(Finding(WARN, "whatsapp", said, how))
    return found
