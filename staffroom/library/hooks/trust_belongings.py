"""What trust holds about a person: to take along, to forget, to bring together; and how long."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from staffroom.core.errors import NotYours
from staffroom.core.retention import Rule
from staffroom.library.actions.trust_settling import settled
from staffroom.library.hooks import trust as hook
from staffroom.library.models import Correction, Dispute, Hearing, Side, Skipped, Trust, Voice
from staffroom.people.models import Person

BATCH = 500


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What the person judged and why. What an author without a name wrote is nobody's here."""
    corrections = Correction.objects.filter(by=person).select_related("trust").order_by("at")
    sides = Side.objects.filter(by=person).select_related("dispute__trust").order_by("at")
    closed = Dispute.objects.filter(resolved_by=person).select_related("trust")
    voices = Voice.objects.filter(by=person).select_related("trust").order_by("at")
    return {
        "verifications": [
            _about(voice.trust) | {"at": voice.at, "correction": str(voice.correction_id or "")}
            for voice in voices
        ],
        "corrections": [
            _about(one.trust) | {"id": str(one.pk), "text": one.text, "source": one.source, "at": one.at}
            for one in corrections
        ],
        "dispute_sides": [
            _about(one.dispute.trust)
            | {"holds": one.holds, "text": one.text, "source": one.source, "at": one.at}
            for one in sides
        ],
        "disputes_closed": [
            _about(one.trust) | {"outcome": one.outcome, "why": one.why, "at": one.resolved_at}
            for one in closed.order_by("resolved_at")
        ],
    }  # fmt: skip


def _about(trust: Trust) -> dict[str, str]:
    return {"kind": trust.kind, "thing": str(trust.thing)}


def erase(person: Person, keep_contributions: bool) -> None:
    """What they judged counts on without a name; their words stay or go as the others do."""
    Hearing.objects.filter(person=person).delete()
    Skipped.objects.filter(person=person).delete()
    touched = _things_of(person)
    if not keep_contributions:
        Voice.objects.filter(by=person).delete()
        Correction.objects.filter(by=person).delete()
        Side.objects.filter(by=person).delete()
        Dispute.objects.filter(resolved_by=person).update(why="")
    for model, field in ((Voice, "by"), (Correction, "by"), (Side, "by"), (Dispute, "resolved_by")):
        model._default_manager.filter(**{field: person}).update(**{field: None})
    _say_anew(touched)


def merge_people(keep: Person, drop: Person) -> None:
    """Nobody verifies twice or what they wrote themselves."""
    both = {keep.pk, drop.pk}
    touched = _things_of(keep) | _things_of(drop)
    Voice.objects.filter(
        by=drop,
        correction=None,
        trust__in=Voice.objects.filter(by=keep, correction=None).values("trust"),
    ).delete()
    Voice.objects.filter(
        by=drop,
        correction__in=Voice.objects.filter(by=keep).exclude(correction=None).values("correction"),
    ).delete()
    for trust in Trust.objects.filter(pk__in=touched):
        try:
            author = hook.keeper(trust.kind).author_of(trust.thing)
        except NotYours:
            continue
        if author in both:
            trust.voices.filter(by__in=both).delete()
    Hearing.objects.filter(
        person=drop,
        seen_at=None,
        trust__in=Hearing.objects.filter(person=keep, seen_at=None).values("trust"),
    ).delete()
    _say_anew(touched)  # fmt: skip


def _things_of(person: Person) -> set[uuid.UUID]:
    spoken = Voice.objects.filter(by=person).values_list("trust_id", flat=True)
    written = Correction.objects.filter(by=person).values_list("trust_id", flat=True)
    return set(spoken) | set(written)


def _say_anew(ids: set[uuid.UUID]) -> None:
    """Where the thing still stands; of what is gone the nightly sweep takes care."""
    for trust in Trust.objects.filter(pk__in=ids).order_by("pk"):
        try:
            keeper = hook.keeper(trust.kind)
        except NotYours:
            continue
        version = keeper.versions([trust.thing]).get(trust.thing)
        if version is not None:
            settled(trust, version)


def sweep(now: dt.datetime) -> None:
    """Nightly: a thing that is gone for good leaves nothing that was said about it."""
    for keeper in hook.keepers():
        ids = list(Trust.objects.filter(kind=keeper.kind).values_list("thing", flat=True))
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            gone = set(part) - keeper.existing(part)
            with transaction.atomic():
                Trust.objects.filter(kind=keeper.kind, thing__in=gone).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "trust",
            _("Who verified, corrected or disputed what, and why"),
            _("To know how far a thing can be trusted"),
            until=_("while the thing stands; without the name once the person has left for good"),
        ),
        Rule(
            "heard_corrections",
            _("That somebody has heard of a correction"),
            _("To tell everyone who read what was wrong"),
            days=90,
            least=7,
            most=365,
            due=lambda before: Hearing.objects.filter(at__lt=before),
        ),
        Rule(
            "skipped",
            _("What an adviser left for later"),
            _("To keep it off the desk"),
            days=90,
            least=7,
            most=365,
            due=lambda before: Skipped.objects.filter(at__lt=before),
        ),
    ]
