"""What this room holds about one person: to take along, and to be forgotten."""

import zipfile
from typing import Any

from django.db.models import F

from staffroom.core import audit
from staffroom.instruments import secret
from staffroom.instruments.actions.pictures import forget, forget_instruments
from staffroom.instruments.models import Instrument, Picture, Response, Version
from staffroom.people.models import Person


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What the person made and answered; of a poll that still runs also the own vote."""
    made = Version.objects.filter(instrument__author=person).select_related("instrument")
    pictures = Picture.objects.filter(owner=person).order_by("uploaded_at")
    return {
        "instruments": [_made(each) for each in made.order_by("instrument_id", "number")],
        "responses": [_told(each) for each in _own(person)],
        "instrument_pictures": [
            {"file": _path(each), "bytes": each.size, "uploaded": each.uploaded_at}
            for each in pictures
        ],
    }


def _own(person: Person) -> list[Response]:
    mine = Response.objects.filter(person=person) | Response.objects.filter(voter__in=marks(person))
    return list(
        mine.select_related("version__instrument").prefetch_related("answers__item").order_by("pk")
    )


def marks(person: Person) -> list[str]:
    """The person's marks on all secret versions that still have any."""
    open_ones = Version.objects.filter(instrument__secret=True, responses__voter__gt="")
    return [secret.voter(person, version) for version in open_ones.distinct()]


def _made(version: Version) -> dict[str, Any]:
    return {
        "id": str(version.instrument_id),
        "kind": version.instrument.kind,
        "version": version.number,
        "title": version.title,
        "about": version.about,
        "published": version.published_at,
        "items": [
            {
                "key": item.key,
                "kind": item.kind,
                "text": item.text,
                "explanation": item.explanation,
                "choices": item.choices,
                "right": str(item.right) if item.right is not None else None,
                "accepted": item.accepted,
                "translations": item.translations,
            }
            for item in version.items.all()
        ],
    }


def _told(response: Response) -> dict[str, Any]:
    hidden = bool(response.voter)
    return {
        "instrument": str(response.version.instrument_id),
        "title": response.version.title,
        "version": response.version.number,
        "started": None if hidden else response.started_at,
        "finished": None if hidden else response.finished_at,
        "answers": [
            {"question": answer.item.text, "value": answer.value, "right": answer.share}
            for answer in response.answers.all()
        ],
    }


def _path(picture: Picture) -> str:
    return f"instruments/{picture.pk}.webp"


def export_files(person: Person, zip: zipfile.ZipFile) -> None:
    """The pictures themselves."""
    for picture in Picture.objects.filter(owner=person).order_by("uploaded_at"):
        try:
            with picture.file.open("rb") as file:
                zip.writestr(_path(picture), file.read())
        except FileNotFoundError:  # lost by a restored backup: the rest is worth having
            continue


def erase(person: Person, keep_contributions: bool) -> None:
    """What the person made and answered stays without a name, as counts, or goes.

    Photos that were sent as answers go in either case: nobody else ever saw them.
    """
    forget(Picture.objects.filter(owner=person, response__isnull=False))
    Picture.objects.filter(owner=person).update(owner=None)
    votes = Response.objects.filter(voter__in=marks(person))
    mine = Response.objects.filter(person=person)
    if keep_contributions:
        votes.update(voter="")
        mine.filter(finished_at=None).delete()
        mine.update(person=None)
    else:
        for response in [*votes, *mine]:
            _take_back(response)
    Version.objects.filter(instrument__author=person, published_at=None).delete()
    made = Instrument.objects.filter(author=person)
    gone = made.filter(versions=None) if keep_contributions else made
    forget_instruments(gone)
    made.update(author=None)
    audit.write("instruments.erased", actor=None, kept=keep_contributions)


def _take_back(response: Response) -> None:
    newest = Instrument.objects.filter(pk=response.version.instrument_id, tried_count__gt=0)
    if response.finished_at is not None and not response.version.instrument.versions.filter(
        number__gt=response.version.number, published_at__isnull=False
    ):
        newest.update(tried_count=F("tried_count") - 1)
    response.delete()
