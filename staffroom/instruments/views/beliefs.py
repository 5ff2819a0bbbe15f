"""Eight statements about teaching: answered by a teacher, shown to that teacher alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from staffroom.core import access, flash
from staffroom.core.errors import NotYours, Refused
from staffroom.instruments import beliefs, reading
from staffroom.instruments.actions.beliefs import answer_beliefs, forget_beliefs
from staffroom.instruments.showing import asked
from staffroom.people.models import Person


@access.signed_in
def statements(request: HttpRequest) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    if person.is_staff:
        raise NotYours  # offices are placed nowhere
    said = beliefs.mine(person)
    errors: dict[str, str] = {}
    if request.method == "POST" and "forget" in request.POST:
        forget_beliefs(by=person)
        flash.say(request, _("Your answers are gone."))
        return redirect("beliefs")
    if request.method == "POST" and not said:
        values, errors = _read(request)
        if not errors:
            answer_beliefs(by=person, values=values)
            flash.say(request, _("Saved. Thank you."))
            return redirect("placing_wishes")
    language = get_language() or "en"
    context = {
        "all": [
            asked(n, item, language, _typed(request, said, item.key), errors.get(item.key, ""))
            for n, item in enumerate(beliefs.items(), 1)
        ],
        "said": bool(said),
        "tab": "me",
    }
    return render(request, "instruments/beliefs.html", context, status=422 if errors else 200)


def _typed(request: HttpRequest, said: dict[str, int], key: str) -> list[str]:
    return [str(said[key])] if key in said else request.POST.getlist(key)


def _read(request: HttpRequest) -> tuple[dict[str, int], dict[str, str]]:
    values, errors = {}, {}
    for item in beliefs.items():
        try:
            values[item.key] = reading.read(item, request.POST.getlist(item.key))
        except Refused as error:
            errors[item.key] = error.message
    return values, errors
