import uuid
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from staffroom.communities.access import inside
from staffroom.conversations import photo_files
from staffroom.conversations.actions import photos as acts
from staffroom.conversations.models import Photo
from staffroom.conversations.queries.photos import photo_for
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core import flash, looks
from staffroom.core.picture_forms import TYPES


@require_safe
@inside
def photo(request: InsideRequest, *, photo: uuid.UUID, **rest: Any) -> FileResponse:
    """The photo as large as it is kept."""
    found = photo_for(request.user, request.community, photo)
    return _given(found, small=False)


@require_safe
@inside
def photo_small(request: InsideRequest, *, photo: uuid.UUID, **rest: Any) -> FileResponse:
    """The photo for a first look."""
    found = photo_for(request.user, request.community, photo)
    return _given(found, small=True)


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


def _given(found: Photo, *, small: bool) -> FileResponse:
    """In the format that this browser takes: the same one whose KB the page has told."""
    file, form, _size = photo_files.chosen(found, looks.now().form, small=small)
    response = picture(file, keep=_everyone_may(found), form=form)
    patch_vary_headers(response, ["Accept"])
    return response


def _everyone_may(found: Photo) -> bool:
    """Whoever decides about a covered or hidden photo leaves none on the phone."""
    hidden = found.post is not None and found.post.hidden_at is not None
    return found.covered_at is None and not hidden


def picture(file: FieldFile, *, keep: bool = True, form: str = looks.WEBP) -> FileResponse:
    """Bytes that are a picture and nothing else, whatever the browser would make of them.

    A photo never changes under its id, so a phone need not ask again; sign-out clears the cache.
    `keep` is false for whoever may see it just now.
    """
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, content_type=TYPES[form], filename=f"photo.{form}")
    response["Cache-Control"] = "private, max-age=31536000, immutable" if keep else "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
