"""A person's photos, drafts, mutes and reports: to take along, and to be forgotten."""

import zipfile
from typing import Any

from django.db.models import Q

from staffroom.conversations.actions.photos import forget
from staffroom.conversations.models import Decision, Draft, Mute, Photo, Report
from staffroom.core.clock import now
from staffroom.people.models import Person


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything of these that the person made. Who reported the person's own posts is not in it."""
    photos = Photo.objects.filter(owner=person).select_related("community").order_by("uploaded_at")
    drafts = Draft.objects.filter(person=person).select_related("community").order_by("saved_at")
    mutes = Mute.objects.filter(person=person).select_related("muted_person", "muted_community")
    reports = Report.objects.filter(reporter=person).select_related("decision").order_by("at")
    return {
        "photos": [_photo(photo) for photo in photos],
        "drafts": [
            {
                "community": draft.community.name,
                "place": draft.place,
                "fields": draft.fields,
                "saved": draft.saved_at,
            }
            for draft in drafts
        ],
        "mutes": [
            {
                "person": mute.muted_person.name if mute.muted_person else "",
                "community": mute.muted_community.name if mute.muted_community else "",
                "since": mute.at,
                "until": mute.until,
            }
            for mute in mutes
        ],
        "reports": [
            {
                "post": str(report.post_id),
                "reason": report.reason,
                "note": report.note,
                "to": report.to,
                "at": report.at,
                "decision": report.decision.choice if report.decision else "",
            }
            for report in reports
        ],
        "decisions": [
            {"post": str(made.post_id), "choice": made.choice, "why": made.why, "at": made.at}
            for made in Decision.objects.filter(by=person).order_by("at")
        ],
    }


def _photo(photo: Photo) -> dict[str, Any]:
    return {
        "file": _name(photo),
        "community": photo.community.name,
        "post": str(photo.post_id) if photo.post_id else "",
        "caption": photo.caption,
        "shows": photo.shows,
        "bytes": photo.size,
        "uploaded": photo.uploaded_at,
    }


def _name(photo: Photo) -> str:
    return f"photos/{photo.pk}.webp"


def export_files(person: Person, zip: zipfile.ZipFile) -> None:
    """The photos themselves."""
    for photo in Photo.objects.filter(owner=person).order_by("uploaded_at"):
        try:
            with photo.file.open("rb") as file:
                zip.writestr(_name(photo), file.read())
        except FileNotFoundError:  # lost by a restored backup: the rest is worth having
            continue


def erase(person: Person, keep_contributions: bool) -> None:
    """Photos go with the words, or stay with them without a name; all else goes.

    Reports stay without the reporter and the words, so that what is open is still looked at.
    """
    photos = Photo.objects.filter(owner=person)
    for photo in photos.filter(post=None) if keep_contributions else photos:
        forget(photo)
    photos.update(owner=None)
    Draft.objects.filter(person=person).delete()
    Mute.objects.filter(Q(person=person) | Q(muted_person=person)).delete()
    Report.objects.filter(reporter=person, reason=Report.Reason.APPEAL, decision=None).delete()
    Report.objects.filter(reporter=person).update(reporter=None, note="")
    Decision.objects.filter(by=person).update(by=None)
    Decision.objects.filter(post__author=person, seen_at=None).update(seen_at=now())
