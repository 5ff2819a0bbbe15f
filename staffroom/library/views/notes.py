"""Reading practice notes: what a community has learned, and what travels."""

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _

from staffroom.communities.access import inside
from staffroom.communities.templatetags.community import subject as subject_name
from staffroom.communities.views.common import Request
from staffroom.core import access
from staffroom.core.errors import NotYours, can
from staffroom.core.forms import one_line
from staffroom.core.paging import paged
from staffroom.library.models import Note
from staffroom.library.queries import note_rights as rights
from staffroom.library.queries.notes import (
    beside,
    debates_of,
    naming,
    notes_in,
    travelling,
    trials_of,
    versions_of,
    with_counts,
    with_credits,
)
from staffroom.library.views.note_page import note_here, page

MOST_PRINTED = 200
TRIALS = 20


@inside
def learned(request: Request, community: uuid.UUID) -> HttpResponse:
    """What this community has learned, by topic."""
    found = with_counts(notes_in(request.community)).order_by("topic", "-changed_at", "pk")
    context = paged(request, found)
    _under_headings(context["page"].object_list)
    return page(request, "learned", **context)


@inside
def learned_print(request: Request, community: uuid.UUID) -> HttpResponse:
    """The same in full, for paper: one topic, or all."""
    found = with_credits(with_counts(notes_in(request.community))).prefetch_related("debates")
    topic = request.GET.get("topic")
    if topic is not None:
        found = found.filter(topic=one_line(topic))
    notes = list(found.order_by("topic", "-changed_at", "pk")[: MOST_PRINTED + 1])
    shown = _under_headings(notes[:MOST_PRINTED])
    return page(request, "learned_print", notes=shown, more=len(notes) > MOST_PRINTED)


def _under_headings(notes: list[Note]) -> list[Note]:
    """Each first note of a topic says the topic."""
    last = None
    for note in notes:
        heading = note.topic or subject_name(note.subject) or _("Other")
        note.heading = heading if heading != last else ""  # type: ignore[attr-defined]
        last = heading
    return notes


@inside
def note(request: Request, community: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    found = note_here(request, note)
    person = request.user
    found.credited = list(  # type: ignore[attr-defined]
        found.credits.select_related("person").order_by("at", "id")
    )
    mine = next((row for row in found.credited if row.person_id == person.pk), None)  # type: ignore[attr-defined]
    works = can(rights.check_work, person, request.community)
    tends = works and can(rights.check_tend, person, found)
    return page(
        request,
        "note",
        note=found,
        debates=list(debates_of(found)),
        open_debate=found.debates.filter(outcome="").first(),
        versions=list(versions_of(found)[:30]),
        beside=beside(found),
        my_credit=mine,
        works=works,
        tends=tends,
        may_take_off=works and can(rights.check_take_off, person, found),
        source=_source(request, found),
        **paged(request, trials_of(found), TRIALS),
    )


def _source(request: Request, note: Note) -> Note | None:
    """The note it was made from, where the reader may read that too."""
    if note.source_id is None:
        return None
    return travelling(request.user).filter(pk=note.source_id).first()


@inside
def note_version(
    request: Request, community: uuid.UUID, note: uuid.UUID, number: int
) -> HttpResponse:
    """The words as they stood."""
    found = note_here(request, note)
    version = versions_of(found).filter(number=number).first()
    if version is None:
        raise NotYours
    return page(request, "version", note=found, version=version)


@access.signed_in
def named(request: Request) -> HttpResponse:
    """The notes that would name me, or do."""
    context = paged(request, naming(request.user))
    return page(request, "named", tab="me", **context)


@access.signed_in
def shelf(request: Request) -> HttpResponse:
    """The notes that travel, of all communities and from elsewhere."""
    found = with_credits(with_counts(travelling(request.user))).order_by("-changed_at", "-pk")
    return page(request, "shelf", **paged(request, found))


@access.signed_in
def travelling_note(request: Request, travels: uuid.UUID) -> HttpResponse:
    """One of them: no versions, no reports, no names but those consented to."""
    found = with_credits(with_counts(travelling(request.user))).filter(pk=travels).first()
    if found is None:
        raise NotYours
    debates = [each for each in debates_of(found) if each.outcome]
    return page(request, "travelling", note=found, debates=debates)
