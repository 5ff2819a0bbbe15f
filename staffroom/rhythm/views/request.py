"""A letter to the school that asks for an hour of the timetable. Nothing of it is kept.

It names the programme and never the community: the head teacher need not know which one it is.
"""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from staffroom.communities.access import member
from staffroom.core.clock import today
from staffroom.places.models import Posting, on_date
from staffroom.rhythm.forms.request import LetterForm
from staffroom.rhythm.hooks.hour import when
from staffroom.rhythm.views.common import InsideRequest, page


@require_http_methods(["GET", "HEAD", "POST"])
@member
def request_for_time(request: InsideRequest, **rest: Any) -> HttpResponse:
    form = LetterForm(request.POST if request.method == "POST" else None, initial=_start(request))
    wrong = form.is_bound and not form.is_valid()
    said = form.initial if not form.is_bound or wrong else form.cleaned_data
    language = said.get("lang") or settings.LANGUAGE_CODE
    context: dict[str, Any] = {
        "programme": request.community.programme,
        "form": form,
        "said": said,
        "tongue": language,
        "tongue_dir": "rtl" if translation.get_language_info(language)["bidi"] else "ltr",
    }
    return page(request, "request", **context)


def _start(request: InsideRequest) -> dict[str, str]:
    """Name, school and hour as far as we know them, in the reader's language."""
    person, language = request.user, request.GET.get("lang", "")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language() or settings.LANGUAGE_CODE
    day = today(request.community.timezone)
    posting = (
        Posting.objects.filter(on_date(day), person=person)
        .select_related("school")
        .order_by("starts")
        .first()
    )
    with translation.override(language):
        hour = when(request.community)
    return {
        "teacher": person.name,
        "school": posting.school.name if posting else "",
        "head": "",
        "when": hour,
        "lang": language,
    }
