"""What a phone sends twice is done once.

Whatever was written without signal waits on the phone and is sent until it is answered; a bad line
gives the same sending to us twice, late, or out of order. So each sending is an *act* with an
identifier made on the phone, told in one header (`X-Act`), and what it ended in is a row written in
the same transaction as all that it changed: either both stand or neither. docs/explanation/outbox.md.

    X-Act: ACT WHO PHONE TURN AGE

ACT is a UUID; WHO the end of the person's identifier as the page has it (`data-me`), so that nothing
written by one person is ever sent in the name of another who uses the same phone; PHONE and TURN say
which phone and its how-manieth act; AGE how many seconds ago it was written, by one and the same
clock, so that a phone whose date is wrong still tells it rightly.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from staffroom.core import ids, limits
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import DoneAct

HEADER = "X-Act"
TOLD = re.compile(r"([0-9a-f-]{36}) ([\w-]{6}) ([\w-]{4,22}) (\d{1,9}) (\d{1,9})", re.ASCII)
#: Sent within this time it was written now.
AT_ONCE = 60
#: Nothing waits longer on a phone: `outbox.js` asks then, and sends nothing by itself.
LONGEST = 60 * 24 * 3600
View = Callable[[], HttpResponseBase]


@dataclass(frozen=True)
class Act:
    """What the header tells."""

    id: uuid.UUID
    who: str
    phone: str
    turn: int
    age: int

    @property
    def written_at(self) -> dt.datetime:
        """When it was written, by our clock; never in the future, never before anything may wait."""
        return now() - dt.timedelta(seconds=min(self.age, LONGEST))


def act_of(request: HttpRequest) -> Act | None:
    """The act that is sent; None for whatever is sent without an outbox."""
    told = request.headers.get(HEADER, "") if request.method == "POST" else ""
    found = TOLD.fullmatch(told)
    if found is None:
        return None
    act, who, phone, turn, age = found.groups()
    try:
        return Act(uuid.UUID(act), who, phone, int(turn), int(age))
    except ValueError:
        return None


def whose(person: Any) -> str:
    """The end of the person's identifier: what pages carry as `data-me`."""
    return ids.short(person.pk)[-6:]


def written_at(request: HttpRequest) -> dt.datetime | None:
    """When what is sent was written, where that is not now."""
    act = act_of(request)
    return act.written_at if act and act.age >= AT_ONCE else None


def nameless(request: HttpRequest) -> None:
    """This is done without a name: no row may say that this person did something now."""
    request.nameless = True  # type: ignore[attr-defined]


def either(name: str, of: str) -> Callable[[Any], Any]:
    """For views that undo one another (thank and take the thanks back): the later one wins.

    `name` is shared by both views ("" for none), `of` the parameter of the URL that names the object.
    It stands below the access rule, which reads it.
    """

    def mark(view: Any) -> Any:
        view.either = (name, of)
        return view

    return mark


def beforehand(work: Callable[[Any], None]) -> Callable[[Any], Any]:
    """For views whose sendings carry files: `work(request)` makes them small before the transaction,
    which so holds nobody up. What it leaves behind must be harmless and found again.
    """

    def mark(view: Any) -> Any:
        view.beforehand = work
        return view

    return mark


def prepare(view: Any, request: HttpRequest) -> None:
    """Do what `beforehand` asks for."""
    if work := getattr(view, "beforehand", None):
        work(request)


def answer(
    request: HttpRequest, first: Callable[..., None], view: View, *, object: str = ""
) -> HttpResponseBase:
    """The answer of `view`, which is called once for each act however often the act arrives.

    `first(act=…)` checks who asks; what is known already is answered without it.
    """
    act = act_of(request)
    if act is None:
        first(act=False)
        return view()
    person: Any = request.user
    if act.who != whose(person):
        return _told(409, "other")
    if known := DoneAct.objects.filter(person_id=person.pk, act=act.id).first():
        return _again(known, act)
    first(act=True)
    limits.met.set(0)
    refusal: Exception | None = None
    response: HttpResponseBase | None = None
    with transaction.atomic():
        row = _begin(person, act, object)
        if row is None:  # the same act, a moment ago, in another process
            return _again(DoneAct.objects.get(person_id=person.pk, act=act.id), act)
        if overtaken(row):
            row.status = OVERTAKEN
            row.save(update_fields=["status"])
            return _again(row, act)
        try:
            response = view()
        except (NotYours, Refused) as error:  # what was counted stays counted, as without an outbox
            refusal = error
        kept = _end(request, row, response)
    if not kept and (wait := limits.met.get()):
        return _told(429, "later", wait)  # much was sent at once: the rest waits, unrefused
    if refusal is not None:
        raise refusal
    assert response is not None
    if not kept:
        response["X-Why"] = "again"
        return response
    return _sealed(_short(response), act)


#: An act that changed nothing, since a later one of the same kind was done before it arrived.
OVERTAKEN = 208


def _begin(person: Any, act: Act, object: str) -> DoneAct | None:
    """The row; None where there is one. A second sending waits here until the first has ended."""
    try:
        with transaction.atomic():
            return DoneAct.objects.create(
                person_id=person.pk,
                act=act.id,
                object=object[:80],
                phone=act.phone,
                turn=act.turn,
                written_at=act.written_at,
            )
    except IntegrityError:
        return None


def overtaken(row: DoneAct) -> bool:
    """Whether the person has done a later act to the same object.

    Of one phone the turns decide, whatever its clock says; between two phones the times of writing.
    """
    if not row.object:
        return False
    others = DoneAct.objects.filter(person_id=row.person_id, object=row.object).exclude(pk=row.pk)
    here = Q(phone=row.phone, turn__gt=row.turn)
    elsewhere = ~Q(phone=row.phone) & Q(written_at__gt=row.written_at)
    return others.filter(here | elsewhere).exists()


def _end(request: HttpRequest, row: DoneAct, response: HttpResponseBase | None) -> bool:
    """Whether something was done. Kept is how it ended, unless it was done without a name."""
    wanted = request.headers.get("HX-Request") == "true"
    done = response is not None and _done(response, wanted)
    if not done or getattr(request, "nameless", False):
        row.delete()
        return done
    assert response is not None
    row.status = response.status_code
    row.go = _go(response)[:300]
    row.save(update_fields=["status", "go"])
    return True


def _done(response: HttpResponseBase, wanted: bool) -> bool:
    """A page that is shown again has done nothing; a piece for our script, or a redirect, has."""
    status = response.status_code
    return status == 204 or 300 <= status < 400 or (status == 200 and wanted)


def _go(response: HttpResponseBase) -> str:
    """Where it leads: a path of ours."""
    parts = urlsplit(response.get("Location", "") or response.get("X-Go", ""))
    where = parts.path + (f"?{parts.query}" if parts.query else "")
    return where + (f"#{parts.fragment}" if parts.fragment else "")


def _short(response: HttpResponseBase) -> HttpResponseBase:
    """A redirect as one header: the phone fetches the page when it opens it, not twice."""
    if not 300 <= response.status_code < 400:
        return response
    short = HttpResponse(status=204, headers={"X-Go": _go(response)})
    short.cookies = response.cookies
    return short


def _sealed(response: HttpResponseBase, act: Act) -> HttpResponseBase:
    """Says which act was done: a hotspot's own page, which says yes to anything, does not."""
    response["X-Done"] = str(act.id)
    return response


def _again(row: DoneAct, act: Act) -> HttpResponseBase:
    answer = _told(204, "overtaken" if row.status == OVERTAKEN else "done")
    if row.go:
        answer["X-Go"] = row.go
    return _sealed(answer, act)


def _told(status: int, why: str, wait: int = 0) -> HttpResponse:
    answer = HttpResponse(status=status, headers={"X-Why": why, "Cache-Control": "no-store"})
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


class Said:
    """Middleware: a refusal of an act says that it is ours.

    What a proxy says, or a line that broke within the headers, does not; the phone then tries again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if 400 <= response.status_code < 500 and act_of(request):
            response.headers.setdefault("X-Why", "said")
        return response


def stale(request: HttpRequest) -> HttpResponse | None:
    """To an act with an old token (a new sign-in came between): the phone fetches another by itself."""
    return _told(403, "token") if act_of(request) else None


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """To an act nobody is signed in for: it waits on the phone, so no page is needed."""
    return _told(401, "out") if act_of(request) else None


def object_of(view: Any, parameters: Mapping[str, Any]) -> str:
    """What `either` says the act is about."""
    name, of = getattr(view, "either", ("", ""))
    return f"{name} {ids.short(parameters[of])}" if name else ""


def export(person: Any) -> dict[str, list[dict[str, Any]]]:
    """For a person's own copy."""
    rows = DoneAct.objects.filter(person_id=person.pk).order_by("at")
    return {"sent_by_phone": [{"at": at, "led_to": go} for at, go in rows.values_list("at", "go")]}


def erase(person: Any, keep_contributions: bool) -> None:
    DoneAct.objects.filter(person_id=person.pk).delete()


def merge(keep: Any, drop: Any) -> None:
    """What waits on a phone under the account that goes is refused there, as another person's."""
    DoneAct.objects.filter(person_id=drop.pk).delete()
