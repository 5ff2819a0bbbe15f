"""The evidence shelf: the studies behind the levers."""

from django.http import Http404, HttpResponse

from staffroom.communities.evidence import STUDIES, said_of, untested
from staffroom.communities.levers import LEVERS
from staffroom.communities.views.common import Request, page
from staffroom.communities.views.design import strengths
from staffroom.core import access


@access.signed_in
def shelf(request: Request) -> HttpResponse:
    told = [each for each in STUDIES.values() if each.finding]
    listed = [each for each in STUDIES.values() if not each.finding]
    return page(
        request,
        "evidence",
        told=told,
        listed=listed,
        levers=LEVERS.values(),
        untested=len(untested()) == len(LEVERS),
    )


@access.signed_in
def study(request: Request, study: str) -> HttpResponse:
    if study not in STUDIES:
        raise Http404
    each = STUDIES[study]
    names = strengths()
    bears = [
        (lever, [(note.text, names[note.strength]) for note in notes])
        for lever, notes in said_of(each)
    ]
    return page(request, "study", study=each, bears=bears)
