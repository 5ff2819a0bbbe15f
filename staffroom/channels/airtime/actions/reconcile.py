"""The provider's own list beside ours: what is the same, what differs, row by row."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.channels.airtime.actions.hear import worth
from staffroom.channels.airtime.actions.send import settle
from staffroom.channels.airtime.models import Share
from staffroom.core import audit
from staffroom.core.errors import Refused
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.models import Programme

MOST_BYTES = 5_000_000
NAMES = {"requestid", "transactionid", "request id", "transaction id"}
FATES = {
    "success": Share.State.ARRIVED,
    "sent": Share.State.TAKEN,
    "queued": Share.State.TAKEN,
    "failed": Share.State.FAILED,
    "refunded": Share.State.REFUNDED,
}
#: What the list may change: it is the provider's last word, but nothing arrived becomes open again.
FROM = {
    Share.State.ARRIVED: [Share.State.ASKING, Share.State.TAKEN, Share.State.UNKNOWN],
    Share.State.FAILED: [Share.State.ASKING, Share.State.TAKEN, Share.State.UNKNOWN],
    Share.State.REFUNDED: [
        Share.State.TAKEN, Share.State.UNKNOWN, Share.State.FAILED, Share.State.ARRIVED,
    ],
    Share.State.TAKEN: [Share.State.UNKNOWN],
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same in both lists. `row` of the file; 0: it is missing there."""

    row: int
    request_id: str
    what: str  # stranger, amount, state, twice, missing, unreadable
    theirs: str = ""
    ours: str = ""


@dataclass(frozen=True)
class Beside:
    """How many rows there were, how many were the same, what was put right, what differs."""

    rows: int
    same: int
    mended: int
    differences: list[Difference]


@transaction.atomic
def reconcile(*, by: Person | None, programme: Programme, data: bytes) -> Beside:
    """Lay the provider's CSV beside our shares. Open ones take its word; all else is listed."""
    check_administers(by, programme)
    rows = _rows(data)
    ours = {
        share.request_id: share
        for share in Share.objects.filter(order__programme=programme).exclude(request_id="")
    }
    same = mended = 0
    differences: list[Difference] = []
    seen: set[str] = set()
    for number, (name, status, value) in enumerate(rows, start=2):
        found = ours.get(name)
        wrong = _wrong(number, name, status, value, found, seen)
        seen.add(name)
        if wrong is not None or found is None:
            differences += [wrong] if wrong else []
            continue
        state = FATES[status]
        if found.state == state or (
            state == Share.State.TAKEN and found.state == Share.State.ARRIVED
        ):
            same += 1
        elif settle(found, state, of=FROM[state]):
            mended += 1
        else:
            differences.append(Difference(number, name, "state", status, found.state))
    missing = [
        share
        for name, share in ours.items()
        if name not in seen and share.state != Share.State.FAILED
    ]
    differences += [
        Difference(0, share.request_id, "missing", "", share.state) for share in missing
    ]
    audit.write("airtime.reconciled", actor=by, on=programme, rows=len(rows), mended=mended)
    return Beside(len(rows), same, mended, differences)


def _wrong(
    row: int, name: str, status: str, value: Decimal | None, found: Share | None, seen: set[str]
) -> Difference | None:
    if name in seen:
        return Difference(row, name, "twice", status)
    if found is None:
        return Difference(row, name, "stranger", status)
    if status not in FATES:
        return Difference(row, name, "unreadable", status, found.state)
    if value is not None and value != found.amount:
        return Difference(row, name, "amount", str(value), str(found.amount))
    return None


def _rows(data: bytes) -> list[tuple[str, str, Decimal | None]]:
    """(their name, status, value) of each row; columns are found by their titles."""
    if len(data) > MOST_BYTES:
        raise Refused(_("This file is too large. Please take the list of one month."), "file")
    try:
        text = data.decode("utf-8-sig")
        kind = csv.Sniffer().sniff(text[:2000] or ",", delimiters=",;\t")
        lines = list(csv.reader(io.StringIO(text), kind))
    except (UnicodeDecodeError, csv.Error):
        raise Refused(
            _("This could not be read as CSV. Please save the list as CSV in UTF-8."), "file"
        ) from None
    titles = [title.strip().lower() for title in lines[0]] if lines else []
    name = next((at for at, title in enumerate(titles) if title in NAMES), None)
    if name is None or "status" not in titles:
        raise Refused(
            _("The first row must name the columns requestId (or transactionId) and status."),
            "file",
        )
    status = titles.index("status")
    value = next((at for at, title in enumerate(titles) if title in ("value", "amount")), None)
    return [
        (
            line[name].strip(),
            line[status].strip().lower(),
            worth(line[value]) if value is not None else None,
        )
        for line in lines[1:]
        if len(line) > max(name, status, value or 0) and line[name].strip()
    ]
