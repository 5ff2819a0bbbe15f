"""Files that members sent, given out again: whole or a part, and never as anything but what they are.

Who may have them is asked before, each time.
"""

import re
from collections.abc import Iterator
from typing import IO

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})$")
BLOCK = 64 * 1024


def served(
    request: HttpRequest, file: FieldFile, *, type: str, name: str, download: bool, tag: str
) -> HttpResponseBase:
    """The file, or the part asked for (206): a lost signal costs only what was not yet there.

    What stands under an id never changes, so a phone need not ask again; sign-out clears its cache.
    """
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    size, etag = file.size, f'"{tag[:32]}"'
    part = _part(request, size, etag)
    if part == (0, 0) and size:
        opened.close()
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _only_this(response)
    start, end = part or (0, size)
    response = StreamingHttpResponse(_blocks(opened, start, end), content_type=type)
    response["Content-Length"] = str(end - start)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Content-Disposition"] = content_disposition_header(download, name) or "attachment"
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return _only_this(response)


def _only_this(response: HttpResponseBase) -> HttpResponseBase:
    """No guess of the browser makes a page or a program of it."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """From where to before where; None for the whole; (0, 0) for a part that is not there."""
    wanted = _RANGE.match(request.headers.get("Range", "").strip())
    if wanted is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = wanted.groups()
    if not first and not last:
        return None
    if not first:  # the last so many
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end) if start < end else (0, 0)


def _blocks(opened: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    with opened:
        opened.seek(start)
        left = end - start
        while left > 0 and (block := opened.read(min(BLOCK, left))):
            left -= len(block)
            yield block
