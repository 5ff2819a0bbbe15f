"""Telling of danger, and what the readers do with it. Whoever writes is named nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.core import audit, limits, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.texts import bounded
from staffroom.governing import vault
from staffroom.governing.models import Disclosure, DisclosureEntry
from staffroom.governing.queries import safeguarding as queries
from staffroom.people.models import Person
from staffroom.people.phones import e164
from staffroom.places.models import Programme

HOUR = 3600
#: Many phones share one address of a mobile network, so its limit is wide.
TOLD_AN_ADDRESS, TOLD_IN_ALL = 20, 300
LOOKS_AN_ADDRESS, LOOKS_IN_ALL = 40, 3000
MOST = 4000
State = Disclosure.State
Kind = DisclosureEntry.Kind


@dataclass(frozen=True)
class Opened:
    """A disclosure with its words, for whoever may read them."""

    disclosure: Disclosure
    words: dict[str, Any]
    lines: list[queries.Line]


def tell(
    *,
    programme: Programme,
    what: str,
    once: str,
    address: str,
    where: str = "",
    reach: str = "",
    not_for: Person | None = None,
    kept_from: Iterable[Person] = (),
) -> str:
    """Keep what was told, sealed; the code by which its writer comes back. Twice is once.

    `not_for` is whom the writer keeps out, `kept_from` whom our rules do.
    """
    limits.take("danger-address", address, limit=TOLD_AN_ADDRESS, seconds=HOUR)
    limits.take("danger-all", "", limit=TOLD_IN_ALL, seconds=HOUR)
    words = {"what": _text(what, "what"), "where": where[:300], "reach": reach[:300]}
    hidden = [str(person.pk) for person in ([not_for] if not_for else []) + list(kept_from)]
    code = vault.receipt_code(once)
    _keep(programme, words | {"not_for": hidden}, vault.receipt_of(code), hidden)
    return code


@transaction.atomic
def _keep(programme: Programme, words: dict[str, Any], receipt: str, hidden: list[str]) -> None:
    readers = list(queries.readers(programme).exclude(pk__in=hidden))
    if not readers:
        raise Refused(
            _(
                "Nobody else is named to read this. Please call one of the numbers, or go to somebody."
            )
            if hidden
            else _("Nobody is named yet to read this. Please call, or go to somebody you trust.")
        )
    row = Disclosure(programme=programme, receipt=receipt)
    row.sealed = vault.seal(words, row.pk)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same form was sent twice
        return
    audit.write("safeguarding.told", actor=None, on=row)
    _call(row, readers)


def look(*, code: str, address: str) -> Opened:
    """The writer comes back with the code."""
    return _opened(_by_code(code, address), for_writer=True)


def add(*, code: str, text: str, address: str) -> None:
    """The writer adds something; what was closed is open again."""
    disclosure = _by_code(code, address)
    words = _text(text, "text")
    with transaction.atomic():
        held = Disclosure.objects.select_for_update(of=("self",)).get(pk=disclosure.pk)
        _write(held, Kind.ADDED, words, None)
        if held.state == State.CLOSED:
            held.state, held.closed_at = State.NEW, None
            held.save(update_fields=["state", "closed_at"])
        audit.write("safeguarding.added", actor=None, on=held)
        hidden = queries.kept_from(held)
        _call(held, list(queries.readers(held.programme).exclude(pk__in=hidden)))


def check_reads(person: Person, disclosure: Disclosure) -> None:
    if not queries.reads(person, disclosure):
        raise NotYours


def check_acts(person: Person, disclosure: Disclosure) -> None:
    """Whom the writer keeps out is sealed: without the key nobody can know, so nobody acts."""
    check_reads(person, disclosure)
    _opened(disclosure, for_writer=True)


@transaction.atomic
def open_disclosure(*, by: Person, disclosure: Disclosure) -> Opened:
    """A reader opens it; each opening is written down."""
    check_reads(by, disclosure)
    audit.write("safeguarding.opened", actor=by, on=disclosure)
    return _opened(disclosure, for_writer=False)


@transaction.atomic
def write(*, by: Person, disclosure: Disclosure, kind: str, text: str) -> None:
    """An answer, which the writer reads, or a note among the readers."""
    check_acts(by, disclosure)
    if kind not in (Kind.ANSWER, Kind.NOTE):
        raise NotYours
    _write(disclosure, kind, _text(text, "text"), by)
    audit.write(f"safeguarding.{kind}", actor=by, on=disclosure)


@transaction.atomic
def set_state(*, by: Person, disclosure: Disclosure, state: str) -> None:
    """Take it, close it, or open it again."""
    check_acts(by, disclosure)
    held = Disclosure.objects.select_for_update(of=("self",)).get(pk=disclosure.pk)
    if state not in (State.TAKEN, State.CLOSED):
        raise NotYours
    if held.state == state and (state == State.CLOSED or held.taken_by_id == by.pk):
        return
    held.state = state
    if state == State.TAKEN:
        held.taken_by, held.taken_at, held.closed_at = by, now(), None
    else:
        held.closed_at = now()
    held.save(update_fields=["state", "taken_by", "taken_at", "closed_at"])
    audit.write(f"safeguarding.{state}", actor=by, on=held)


def _by_code(code: str, address: str) -> Disclosure:
    limits.take("danger-look", address, limit=LOOKS_AN_ADDRESS, seconds=HOUR)
    limits.take("danger-looks", "", limit=LOOKS_IN_ALL, seconds=HOUR)
    if len(vault.plain(code)) != vault.LENGTH:
        raise Refused(_("The code has twelve letters and digits. Please look at it again."), "code")
    found = queries.by_code(code)
    if found is None:
        raise Refused(_("No message has this code. Please look at it letter by letter."), "code")
    return found


def _opened(disclosure: Disclosure, *, for_writer: bool) -> Opened:
    try:
        return Opened(
            disclosure,
            queries.opened(disclosure),
            queries.lines(disclosure, for_writer=for_writer),
        )
    except vault.Lost as error:
        raise Refused(
            _("This was sealed with a key that is not on this machine. Ask whoever runs it.")
        ) from error


def _write(disclosure: Disclosure, kind: str, text: str, by: Person | None) -> None:
    row = DisclosureEntry(disclosure=disclosure, kind=kind, by=by)
    row.sealed = vault.seal(text, row.pk)
    row.save(force_insert=True)


def _text(text: str, field: str) -> str:
    words = text.strip()
    if not words:
        raise Refused(_("Please write something here."), field)
    return bounded(words, MOST, field)


def _call(disclosure: Disclosure, readers: list[Person]) -> None:
    """Readers hear that something came, by day and by night; never what."""
    outbox.put("safeguarding.heard", disclosure=str(disclosure.pk))
    for reader in readers:
        if reader.phone is not None:
            with translation.override(reader.language):
                text = _("Staffroom: somebody wrote to the safeguarding desk. Please sign in.")
            outbox.put("sms.send", to=e164(reader.phone), text=text)
