"""An author writes a draft, item by item, and publishes it. What is published never changes."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.ids import uuid7
from staffroom.core.texts import bounded
from staffroom.instruments import hosts, shape
from staffroom.instruments.actions.holding import hold
from staffroom.instruments.actions.pictures import forget_unused
from staffroom.instruments.models import Instrument, Item, Version
from staffroom.instruments.scoring import is_scored
from staffroom.instruments.shape import Shape
from staffroom.instruments.words import still_told
from staffroom.people.models import Person

MOST_ITEMS = 20
MAX_TITLE, MAX_ABOUT = 120, 500
#: In these an item that can be right or wrong must say what is right.
SCORED = (Instrument.Kind.QUIZ, Instrument.Kind.PUZZLE, Instrument.Kind.TEST)


@transaction.atomic
def make(
    *,
    by: Person,
    kind: str,
    host: str,
    host_id: uuid.UUID,
    title: str = "",
    language: str = "",
    zone: str = "UTC",
    ends_on: dt.date | None = None,
    secret: bool = False,
    id: uuid.UUID | None = None,
) -> Version:
    """Begin a draft. The same id again finds the draft that it made."""
    hosts.host(host).check_make(by, host_id, kind)
    if known := Instrument.objects.filter(pk=id).first() if id else None:
        if (known.author_id, known.host_id) != (by.pk, host_id):
            raise Refused(_("This could not be sent as it is. Please send it once more."))
        return known.versions.order_by("number")[0]
    made = Instrument.objects.create(
        id=id or uuid7(),
        kind=kind,
        host=host,
        host_id=host_id,
        author=by,
        zone=zone,
        ends_on=ends_on,
        secret=secret,
    )
    audit.write("instrument.made", actor=by, on=made, kind=kind)
    return Version.objects.create(instrument=made, title=_title(title), language=language)


@transaction.atomic
def name(*, by: Person, version: Version, title: str, about: str = "") -> Version:
    """Give the draft its title and a few words about it."""
    draft = draft_held(by, version)
    bounded(about, MAX_ABOUT, "about")
    draft.title, draft.about = _title(title), about.strip()
    draft.save(update_fields=["title", "about", "changed_at"])
    return draft


@transaction.atomic
def put_item(*, by: Person, version: Version, item: Shape, key: str = "") -> Item:
    """Add an item to the draft, or change the one with this key."""
    draft = draft_held(by, version)
    shape.check(item, scored=draft.instrument.kind in SCORED)
    columns = shape.columns(item)
    if key:
        changed = draft.items.filter(key=key).first()
        if changed is None:
            raise NotYours
        changed.translations = still_told(changed, columns)
        for field, value in columns.items():
            setattr(changed, field, value)
        changed.save()
        forget_unused(draft.instrument)
        return changed
    rows = draft.items.aggregate(last=Max("position"))
    if draft.items.count() >= MOST_ITEMS:
        raise Refused(
            _("It has %(most)s questions, as many as fit. Publish it, and make a second one.")
            % {"most": MOST_ITEMS}
        )
    position = (rows["last"] or 0) + 1
    return Item.objects.create(
        version=draft, key=_new_key(draft.instrument), position=position, **columns
    )


def _new_key(instrument: Instrument) -> str:
    """A key that no version has had: an item that was removed gives its own to no other."""
    keys = Item.objects.filter(version__instrument=instrument).values_list("key", flat=True)
    used = [int(key[1:]) for key in keys if key[1:].isdecimal()]
    return f"i{max(used, default=0) + 1}"


@transaction.atomic
def drop_item(*, by: Person, version: Version, key: str) -> None:
    """Take an item out of the draft."""
    draft = draft_held(by, version)
    draft.items.filter(key=key).delete()
    forget_unused(draft.instrument)


@transaction.atomic
def move_up(*, by: Person, version: Version, key: str) -> None:
    """Let an item change places with the one above it."""
    items = list(draft_held(by, version).items.all())
    place = next((at for at, item in enumerate(items) if item.key == key), 0)
    if place:
        items[place - 1].position, items[place].position = (
            items[place].position,
            items[place - 1].position,
        )
        Item.objects.bulk_update(items[place - 1 : place + 1], ["position"])


@transaction.atomic
def publish(*, by: Person, version: Version) -> Version:
    """From now on it can be answered, and stands as it is. Publishing twice changes nothing."""
    instrument = hold(version.instrument)
    hosts.host_of(instrument).check_change(by, instrument)
    draft = Version.objects.select_related("instrument").filter(pk=version.pk).first()
    if draft is None:
        raise NotYours
    if draft.published_at is not None:
        return draft
    hosts.host_of(instrument).check_make(by, instrument.host_id, instrument.kind)
    items = list(draft.items.all())
    _check_whole(draft, items)
    draft.published_at = now()
    draft.save(update_fields=["published_at"])
    Instrument.objects.filter(pk=instrument.pk).update(
        item_count=len(items), tried_count=0, kind=_kind(instrument, len(items))
    )
    audit.write("instrument.published", actor=by, on=instrument, version=draft.number)
    draft.instrument.refresh_from_db()
    return draft


def _kind(instrument: Instrument, items: int) -> str:
    """A quiz of one question is a puzzle."""
    if instrument.kind in {Instrument.Kind.QUIZ, Instrument.Kind.PUZZLE}:
        return Instrument.Kind.PUZZLE if items == 1 else Instrument.Kind.QUIZ
    return instrument.kind


def _check_whole(draft: Version, items: list[Item]) -> None:
    if not items:
        raise Refused(_("Write at least one question first."))
    scored = draft.instrument.kind in SCORED
    for number, item in enumerate(items, 1):
        try:
            shape.check(shape.of(item), scored=scored)
        except Refused as refusal:
            raise Refused(
                _("Question %(number)s: %(what)s") % {"number": number, "what": refusal.message},
                item.key,
            ) from refusal
    if scored and not any(is_scored(item) for item in items):
        raise Refused(
            _("No question here has a right answer. Add one that has, or make a poll of it.")
        )
    if len(items) > 1 and not draft.title:
        raise Refused(_("Give it a name first, so that the others know what it is about."), "title")


@transaction.atomic
def revise(*, by: Person, instrument: Instrument) -> Version:
    """The draft of the next version: the one that is there, or a copy of the newest."""
    instrument = hold(instrument)
    host = hosts.host_of(instrument)
    host.check_change(by, instrument)
    versions = instrument.versions.order_by("-number")
    newest = versions[0]
    if newest.published_at is None:
        return newest
    host.check_make(by, instrument.host_id, instrument.kind)
    if instrument.secret and instrument.tried_count:
        raise Refused(
            _(
                "Some have voted already, on the words as they stand. Close this one and make another."
            )
        )
    draft = Version.objects.create(
        instrument=instrument,
        number=newest.number + 1,
        title=newest.title,
        about=newest.about,
        language=newest.language,
    )
    items = list(newest.items.all())
    for item in items:
        item.pk, item.version = uuid7(), draft
        item._state.adding = True
    Item.objects.bulk_create(items)
    return draft


@transaction.atomic
def discard(*, by: Person, version: Version) -> None:
    """Throw the draft away; and the instrument, if none of it was ever published."""
    draft = draft_held(by, version, changing=False)
    instrument = draft.instrument
    draft.delete()
    forget_unused(instrument)
    if not instrument.versions.exists():
        audit.write("instrument.discarded", actor=by, on=instrument)
        instrument.delete()


def draft_held(by: Person, version: Version, *, changing: bool = True) -> Version:
    """The draft, held; `Refused` where it has been published meanwhile."""
    instrument = hold(version.instrument)
    hosts.host_of(instrument).check_change(by, instrument)
    draft = Version.objects.filter(pk=version.pk).first()
    if draft is None:
        raise NotYours
    if draft.published_at is not None:
        raise Refused(_("This is published and stays as it is. Change it, and a new one begins."))
    if changing:
        Version.objects.filter(pk=draft.pk).update(changed_at=now())
    draft.instrument = instrument
    draft.changed_at = now()
    return draft


def _title(text: str) -> str:
    title = one_line(text)
    return bounded(title, MAX_TITLE, "title")
