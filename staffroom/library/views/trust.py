"""How far a thing can be trusted: its page, what can be said about it, and the two desks."""

import uuid
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from staffroom.core import access, flash, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import Form
from staffroom.library.actions import trust_correct, trust_dispute, trust_telling, trust_verify
from staffroom.library.forms.trust import CorrectForm, DisputeForm, ReplyForm, ResolveForm
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Thing
from staffroom.library.models import Capacity, Trust
from staffroom.library.queries.trust_desk import advises, desk, leads_school
from staffroom.library.queries.trust_page import Page, page_of
from staffroom.people.models import Person


class TrustRequest(HttpRequest):
    """A request of somebody who may see the thing."""

    user: Person
    thing: Thing


def _sees(request: HttpRequest, *, kind: str, thing: uuid.UUID, **rest: object) -> None:
    found = hook.thing_for(request.user, kind, thing)  # type: ignore[arg-type]
    request.thing = found  # type: ignore[attr-defined]
    if found.zone:
        request.zone = ZoneInfo(found.zone)  # type: ignore[attr-defined]


def _advises(request: HttpRequest, **rest: object) -> None:
    if not advises(request.user):  # type: ignore[arg-type]
        raise NotYours


def _leads(request: HttpRequest, **rest: object) -> None:
    if not leads_school(request.user):  # type: ignore[arg-type]
        raise NotYours


#: Whoever may see the thing, as its keeper says; puts `request.thing`.
sees = access.requires("sees_thing", _sees)
#: Advisers of a community, or appointed ones.
adviser = access.requires("adviser", _advises)
#: Heads of schools and whoever else supervises somebody.
school_leader = access.requires("school_leader", _leads)


@require_GET
@sees
def trust(request: TrustRequest, **rest: Any) -> HttpResponse:
    """What was said about one thing, and what one can say."""
    return render(request, "library/trust.html", _context(request))


def _context(request: TrustRequest, **more: Any) -> dict[str, Any]:
    page = page_of(request.user, request.thing)
    return {"page": page, "thing": page.thing, "mark": page.mark, "tab": "communities"} | more


def _act(act: Callable[[TrustRequest], None], done: Callable[[], str]) -> Callable[..., Any]:
    """A view that does `act`, says what happened, and goes back to where the button stood."""

    @require_POST
    @sees
    def press(request: TrustRequest, **rest: Any) -> HttpResponse:
        _pace(request)
        try:
            act(request)
        except Refused as refusal:
            _say(request, refusal.message)
        else:
            _say(request, done())
        return _back(request)

    return press


def _say(request: TrustRequest, words: str) -> None:
    """Not to an author without a name: what is said stands in the session for a while."""
    if not (request.thing.own and request.thing.nameless):
        flash.say(request, words)


def _pace(request: TrustRequest) -> None:
    """Of one's own words nothing is counted: what is counted has a name."""
    if not request.thing.own:
        limits.take("trust", str(request.user.pk), limit=120, seconds=600)


def _back(request: TrustRequest) -> HttpResponse:
    if request.POST.get("desk") in {"age", "reach"} and not request.thing.own:
        name = "trust_desk" if advises(request.user) else "library_desk"
        return redirect(f"{reverse(name)}?by={request.POST['desk']}")
    return redirect("trust", request.thing.kind, request.thing.id)


def _of(request: TrustRequest) -> dict[str, Any]:
    return {"by": request.user, "kind": request.thing.kind, "thing": request.thing.id}


verify = _act(
    lambda r: trust_verify.verify(**_of(r), version=r.POST.get("version", "")),
    lambda: _("Thank you. You say that it is right."),
)
withdraw = _act(lambda r: trust_verify.withdraw(**_of(r)), lambda: _("Taken back."))
skip = _act(
    lambda r: trust_verify.skip(**_of(r)),
    lambda: _("Left for later. It comes back when its words change."),
)
agree = _act(
    lambda r: trust_correct.agree(**_of(r)), lambda: _("Thank you. You agree with the correction.")
)
disagree = _act(lambda r: trust_correct.disagree(**_of(r)), lambda: _("Taken back."))
accept = _act(
    lambda r: trust_correct.accept(**_of(r)),
    lambda: _("Thank you. The correction stands, and says that you agree."),
)


@require_POST
@sees
def seen(request: TrustRequest, **rest: Any) -> HttpResponse:
    """I have read what happened to it."""
    found = Trust.objects.filter(kind=request.thing.kind, thing=request.thing.id).first()
    if found is None:
        raise NotYours
    trust_telling.heard(by=request.user, trust=found)
    return redirect(request.thing.address)


def _form(
    kind: type[Form],
    whose: Callable[[Thing], bool],
    may: Callable[[Page], bool],
    act: Callable[..., Any],
    words: Callable[[Page], dict[str, str]],
    done: Callable[[], str],
) -> Callable[..., Any]:
    """A view with one form, shown again as typed when it is refused.

    It does not exist for those whose it never is; where somebody was faster, the page says so.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @sees
    def write(request: TrustRequest, **rest: Any) -> HttpResponse:
        if not whose(request.thing):
            raise NotYours
        page = page_of(request.user, request.thing)
        if not may(page):
            return redirect("trust", page.thing.kind, page.thing.id)
        form = kind(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                _pace(request)
                act(**_of(request), **form.cleaned_data)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                _say(request, done())
                return _back(request)
        context = _context(request, form=form, back_to=request.GET.get("desk", ""), **words(page))
        status = 422 if form.errors else 200
        return render(request, "library/trust_form.html", context, status=status)

    return write


def _judges(thing: Thing) -> bool:
    return bool(thing.capacity)


correct = _form(
    CorrectForm,
    _judges,
    lambda page: page.may_correct,
    trust_correct.correct,
    lambda page: {"title": _("Correct it"), "do": _("Write the correction"), "hint": _hint(page)},
    lambda: _("Thank you. The correction is written down."),
)
dispute = _form(
    DisputeForm,
    _judges,
    lambda page: page.may_dispute,
    trust_dispute.dispute,
    lambda page: {
        "title": _("Add to the dispute") if page.disputed else _("Dispute it"),
        "do": _("Add it") if page.disputed else _("Open the dispute"),
        "hint": _("Everyone who sees it reads both sides. An adviser closes it with a reason."),
    },
    lambda: _("Thank you. Your side is written down."),
)
resolve = _form(
    ResolveForm,
    lambda thing: thing.capacity == Capacity.ADVISER,
    lambda page: page.may_resolve,
    trust_dispute.resolve,
    lambda page: {"title": _("Close the dispute"), "do": _("Close it"), "hint": ""},
    lambda: _("Closed. Both sides are told, with your reason."),
)
reply = _form(
    ReplyForm,
    lambda thing: thing.own,
    lambda page: page.may_answer,
    trust_correct.reply,
    lambda page: {
        "title": _("A word about the correction"),
        "do": _("Write it"),
        "hint": _("It stands below the correction."),
    },
    lambda: _("Your word stands below the correction."),
)


def _hint(page: Page) -> str:
    if page.thing.capacity == Capacity.ADVISER:
        return _("It stands at once. Whoever read the wrong words hears of it.")
    return _(
        "It stands once a second colleague, an adviser or the author agrees. "
        "Then whoever read the wrong words hears of it."
    )


@require_GET
@adviser
def trust_desk(request: HttpRequest, **rest: Any) -> HttpResponse:
    """What waits for an adviser, over all communities that this person advises."""
    return _desk(request, leaders=False)


@require_GET
@school_leader
def library_desk(request: HttpRequest, **rest: Any) -> HttpResponse:
    """What waits for school leaders: shared things alone, without names."""
    return _desk(request, leaders=True)


def _desk(request: HttpRequest, *, leaders: bool) -> HttpResponse:
    by = "age" if request.GET.get("by") == "age" else "reach"
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    shown = desk(
        request.user,  # type: ignore[arg-type]
        leaders=leaders,
        reach=by == "reach",
        page=page,
    )
    context = {"desk": shown, "by": by, "leaders": leaders, "tab": "me", "next": shown.page + 1}
    return render(request, "library/trust_desk.html", context)


@require_POST
@adviser
def unskip(request: HttpRequest, **rest: Any) -> HttpResponse:
    """Put what was left for later on the desk again."""
    trust_verify.unskip(by=request.user)  # type: ignore[arg-type]
    return redirect("trust_desk")
