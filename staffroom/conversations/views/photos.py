import uuid
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from staffroom.communities.access import inside
from staffroom.conversations.actions import photos as acts
from staffroom.conversations.models import Photo
from staffroom.conversations.queries.photos import photo_for
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core import flash


@require_safe
@inside
def photo(request: InsideRequest, *, photo: uuid.UUID, **rest: Any) -> FileResponse:
    """The photo as large as it is kept."""
    found = photo_for(request.user, request.community, photo)
    return picture(found.file, keep=_everyone_may(found))


@require_safe
@inside
def photo_small(request: InsideRequest, *, photo: uuid.UUID, **rest: Any) -> FileResponse:
    """The photo for a first look."""
    found = photo_for(request.user, request.community, photo)
    return picture(found.small or found.file, keep=_everyone_may(found))


@require_POST
@inside
def photo_discard(request: InsideRequest, *, photo: uuid.UUID, **rest: Any) -> HttpResponse:
    """The owner takes a photo out."""
    community = request.community
    found = photo_for(request.user, community, photo)
    post = found.post
    acts.discard(by=request.user, photo=found)
    flash.say(request, _("The photo is taken out."))
    if post is None:
        return redirect("stream", community.pk)
    return redirect("post", community.pk, post.pk)


def _everyone_may(found: Photo) -> bool:
    """Whoever decides about a covered or hidden photo leaves none on the phone."""
    hidden = found.post is not None and found.post.hidden_at is not None
    return found.covered_at is None and not hidden


def picture(file: FieldFile, *, keep: bool = True) -> FileResponse:
    """Bytes that are a picture and nothing else, whatever the browser would make of them.

    A photo never changes under its id, so a phone need not ask again; sign-out clears the cache.
    `keep` is false for whoever may see it just now.
    """
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, content_type="image/webp", filename="photo.webp")
    response["Cache-Control"] = "private, max-age=31536000, immutable" if keep else "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
