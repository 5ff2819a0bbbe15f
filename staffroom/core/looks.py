"""How this visit takes pictures: in which format its browser gets them, and whether it wants any.

Pages say how many KB a photo will cost, so they must know the format before it is asked for. Most
browsers name their formats with every page; some only with the picture itself, so what was named
once is remembered in the session, which is of one phone.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

AVIF, WEBP, JPEG = "avif", "webp", "jpeg"
KEY = "pictures"


@dataclass(frozen=True)
class Look:
    """What a visit gets."""

    form: str = WEBP
    text_only: bool = False


_this: ContextVar[Look] = ContextVar("look", default=Look())  # noqa: B039 - it is frozen


def now() -> Look:
    """That of the visit that is being answered."""
    return _this.get()


def named(accept: str) -> str:
    """The best format that an `Accept` names; "" where it says nothing of pictures."""
    if "image/avif" in accept:
        return AVIF
    if "image/webp" in accept:
        return WEBP
    return JPEG if "image/" in accept else ""


def form_for(request: HttpRequest) -> str:
    """The format in which this browser gets a photo."""
    said = named(request.headers.get("Accept", ""))
    if not said:
        return str(request.session.get(KEY, WEBP))
    if request.session.get(KEY) != said:
        request.session[KEY] = said  # once a phone
    return said


def saves_data(request: HttpRequest) -> bool:
    """Whether the browser asks for less, as phones do whose owner told them to save data."""
    return request.headers.get("Save-Data", "").lower() == "on"


class Looks:
    """Tells what is made of this visit how it takes pictures."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        look = Look(form_for(request), request.user.text_only)
        before = _this.set(look)
        try:
            return self.get_response(request)
        finally:
            _this.reset(before)
