"""A person's voice notes and papers: to take along, and to be forgotten."""

import zipfile
from typing import Any

from staffroom.conversations.actions import search_text
from staffroom.conversations.actions.attached import KINDS, Thing, forget
from staffroom.conversations.models import Document, Post, Recording
from staffroom.people.models import Person


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What the person sent, with the names under which the files lie in the export."""
    recordings = _of(Recording, person)
    papers = _of(Document, person)
    return {
        "recordings": [
            _told(one) | {"seconds": one.seconds, "transcript": one.transcript}
            for one in recordings
        ],
        "papers": [_told(one) | {"name": one.name, "pages": one.pages} for one in papers],
    }


def _of(model: Any, person: Person) -> Any:
    return model.objects.filter(owner=person).select_related("community").order_by("uploaded_at")


def _told(thing: Thing) -> dict[str, Any]:
    return {
        "file": _path(thing),
        "community": thing.community.name,
        "post": str(thing.post_id) if thing.post_id else "",
        "bytes": thing.size,
        "uploaded": thing.uploaded_at,
    }


def _path(thing: Thing) -> str:
    if isinstance(thing, Recording):
        return f"voice/{thing.pk}.webm"
    return f"papers/{thing.pk}-{thing.name}"


def export_files(person: Person, zip: zipfile.ZipFile) -> None:
    """The files themselves."""
    for model in KINDS:
        for thing in _of(model, person):
            try:
                with thing.file.open("rb") as file:
                    zip.writestr(_path(thing), file.read())
            except FileNotFoundError:  # lost by a restored backup: the rest is worth having
                continue


def erase(person: Person, keep_contributions: bool) -> None:
    """A voice is its person: it goes in either case, and what it said stays as words if words stay.

    Papers go with the words, or stay with them without a name.
    """
    for recording in Recording.objects.filter(owner=person).select_related("post"):
        if keep_contributions and recording.post is not None and recording.transcript:
            _say_instead(recording.post, recording.transcript)
        forget(recording)
    papers = Document.objects.filter(owner=person)
    for paper in papers.filter(post=None) if keep_contributions else papers:
        forget(paper)
    papers.update(owner=None)


def _say_instead(post: Post, words: str) -> None:
    post.text = f"{post.text}\n\n{words}".strip()
    post.version += 1
    post.save(update_fields=["text", "version"])
    search_text.remember(post)
