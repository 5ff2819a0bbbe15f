"""Voice notes and papers: heard, fetched, put into words, taken out."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staffroom.communities.access import inside
from staffroom.conversations.actions import attached as acts
from staffroom.conversations.forms.transcript import TranscriptForm
from staffroom.conversations.models import Document, Post, Recording
from staffroom.conversations.permissions import gone
from staffroom.conversations.queries.attached import attached_for
from staffroom.conversations.views.inside import InsideRequest
from staffroom.conversations.views.where import stands
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.serving import served


@require_safe
@inside
def voice(request: InsideRequest, *, recording: uuid.UUID, **rest: Any) -> HttpResponseBase:
    """The sound, or the part of it that the browser asks for."""
    found = attached_for(Recording, request.user, request.community, recording)
    return served(
        request, found.file, type="audio/webm", name="voice.webm", download=False, tag=found.digest
    )


@require_safe
@inside
def paper(request: InsideRequest, *, document: uuid.UUID, **rest: Any) -> HttpResponseBase:
    """The paper, to keep: never shown as a page of ours."""
    from staffroom.core.documents import TYPES  # its libraries are large

    found = attached_for(Document, request.user, request.community, document)
    type = TYPES.get(found.kind, "application/octet-stream")
    return served(request, found.file, type=type, name=found.name, download=True, tag=found.digest)


@require_safe
@inside
def first_page(request: InsideRequest, *, document: uuid.UUID, **rest: Any) -> HttpResponseBase:
    """The small picture of its first page."""
    found = attached_for(Document, request.user, request.community, document)
    if not found.first_page:
        raise Http404
    tag = f"first-{found.digest}"
    return served(
        request, found.first_page, type="image/webp", name="page.webp", download=False, tag=tag
    )


@require_http_methods(["GET", "HEAD", "POST"])
@inside
def words(request: InsideRequest, *, recording: uuid.UUID, **rest: Any) -> HttpResponse:
    """Its author writes down what the note says."""
    found = attached_for(Recording, request.user, request.community, recording)
    if found.owner_id != request.user.pk or (found.post and gone(found.post)):
        raise NotYours
    back = _back(request, found.post)
    form = TranscriptForm(request.POST or None, initial={"transcript": found.transcript})
    if request.method == "POST" and form.is_valid():
        try:
            acts.transcribe(by=request.user, recording=found, **form.cleaned_data)
            return redirect(back)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "community": request.community,
        "tab": "communities",
        "recording": found,
        "form": form,
        "back": back,
    }
    status = 422 if form.errors else 200
    return render(request, "conversations/voice_words.html", context, status=status)


@require_POST
@inside
def voice_discard(request: InsideRequest, *, recording: uuid.UUID, **rest: Any) -> HttpResponse:
    found = attached_for(Recording, request.user, request.community, recording)
    return _discard(request, found, _("The voice note is taken out."))


@require_POST
@inside
def paper_discard(request: InsideRequest, *, document: uuid.UUID, **rest: Any) -> HttpResponse:
    found = attached_for(Document, request.user, request.community, document)
    return _discard(request, found, _("The file is taken out."))


def _discard(request: InsideRequest, thing: acts.Thing, said: str) -> HttpResponse:
    post = thing.post
    acts.discard(by=request.user, thing=thing)
    flash.say(request, said)
    return redirect(_back(request, post))


def _back(request: InsideRequest, post: Post | None) -> str:
    return stands(post) if post else reverse("stream", args=[request.community.pk])


def attached_items(post: Post) -> list[tuple[str, str, str, str, str]]:
    """What the author may do with them, for the page *More*."""
    items = []
    for recording in post.recordings.order_by("uploaded_at", "id"):
        place = [post.community_id, recording.pk]
        write = _("Write down what the voice note says")
        help = _("For those who cannot hear it now, and so that search finds it.")
        items += [
            ("", reverse("voice_words", args=place), "pen", write, help),
            ("post", reverse("voice_discard", args=place), "mic", _("Take the voice note out"), ""),
        ]
    for document in post.documents.order_by("uploaded_at", "id"):
        url = reverse("paper_discard", args=[post.community_id, document.pk])
        items.append(("post", url, "book", _("Take the file out"), document.name))
    return items
