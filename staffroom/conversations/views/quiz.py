"""A quiz, puzzle or poll is looked at and answered; all of a community's on one page."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from staffroom.communities.access import inside
from staffroom.conversations.deciders import check_decide
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import gone
from staffroom.conversations.queries import quizzes as asking
from staffroom.conversations.quizzing import CommunityHost, offered, post_of, switched_off
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.inside import InsideRequest
from staffroom.conversations.views.photos import picture as served
from staffroom.conversations.views.where import stands
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.ids import uuid7
from staffroom.core.paging import paged
from staffroom.instruments import actions, reading
from staffroom.instruments.actions.pictures import keep_photo
from staffroom.instruments.models import Answer, Instrument, Item, Picture, Response, Version
from staffroom.instruments.queries.current import draft_of, newest, response_of
from staffroom.instruments.queries.results import Results, results
from staffroom.instruments.scoring import Total, total
from staffroom.instruments.showing import Asked, asked, shown

HOSTING = CommunityHost()


@require_safe
@inside
@here.in_zone
def quizzes(request: InsideRequest, **rest: Any) -> HttpResponse:
    """All quizzes and polls of the community, and one's own drafts."""
    standing = here.standing(request)
    writes = can(standing.check_member)
    on = offered(request.community)
    context = {
        "community": request.community,
        "tab": "communities",
        "drafts": asking.drafts(request.community, request.user),
        "may_quiz": writes and on,
        "may_poll": writes,
        "off": "" if on else switched_off(),
        **paged(request, asking.quizzes(request.community, request.user)),
    }
    return render(request, "conversations/quizzes.html", context)


@dataclass
class Sitting:
    """One person before one quiz: what is asked, what was answered, what all answered."""

    request: InsideRequest
    instrument: Instrument
    post: Post
    version: Version

    @cached_property
    def items(self) -> list[Item]:
        return list(self.version.items.all())

    @cached_property
    def response(self) -> Response | None:
        return response_of(self.request.user, self.version)

    @cached_property
    def answers(self) -> dict[Any, Answer]:
        rows = self.response.answers.all() if self.response else []
        return {answer.item_id: answer for answer in rows}

    @property
    def finished(self) -> bool:
        return self.response is not None and self.response.finished_at is not None

    @property
    def mine(self) -> bool:
        return self.instrument.author_id == self.request.user.pk

    @property
    def poll(self) -> bool:
        return self.instrument.kind == Instrument.Kind.POLL

    @cached_property
    def why_not(self) -> str:
        """Why no answer is taken from this person; empty when one is."""
        if gone(self.post):
            return _("It is hidden: no answers are taken.")
        try:
            HOSTING.check_answer(self.request.user, self.instrument)
        except Refused as refusal:
            return refusal.message
        except NotYours:
            return _("Members vote. The result is shown here.")
        return ""

    @property
    def open(self) -> bool:
        return not self.instrument.closed and not self.why_not

    @property
    def language(self) -> str:
        return get_language() or "en"

    @property
    def pending(self) -> list[Item]:
        return [item for item in self.items if item.pk not in self.answers]

    @property
    def again(self) -> bool:
        """Whether this person answered it before it was changed."""
        before = Response.objects.filter(
            version__instrument=self.instrument, person=self.request.user
        ).exclude(version=self.version)
        return self.version.number > 1 and before.exclude(finished_at=None).exists()

    @property
    def total(self) -> Total:
        return total(self.answers[item.pk].share for item in self.items if item.pk in self.answers)


@require_http_methods(["GET", "HEAD", "POST"])
@inside
@here.in_zone
def quiz(request: InsideRequest, *, instrument: uuid.UUID, **rest: Any) -> HttpResponse:
    found = asking.instrument_here(request.community, instrument)
    post = post_of(found)
    version = newest(found)
    if post is None or version is None:
        HOSTING.check_change(request.user, found)
        return redirect("quiz_make", request.community.pk, found.pk)
    if gone(post) and not _sees_hidden(request, post):
        return redirect(stands(post))
    version.instrument = found
    sitting = Sitting(request, found, post, version)
    if request.method == "POST":
        return _answer(sitting)
    return _page(sitting)


def _sees_hidden(request: InsideRequest, post: Post) -> bool:
    """Whether this person is to judge what is hidden and must see it for that, or has written it."""
    return post.removed_at is None and (
        post.author_id == request.user.pk or can(check_decide, request.user, post)
    )


def _answer(sitting: Sitting) -> HttpResponse:
    request = sitting.request
    version = _version_sent(sitting)
    asked_for = _asked_for(sitting)
    if not asked_for:
        return redirect(_next(sitting))
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    try:
        here.pace(request)
        for item in asked_for:
            try:
                values[item.key] = _value(sitting, item)
            except Refused as refusal:
                errors[refusal.field or item.key] = refusal.message
        if not errors:
            actions.answer(
                by=request.user, version=version, values=values, id=here.sent_id(request)
            )
            return redirect(_next(sitting))
    except Refused as refusal:
        errors[refusal.field] = refusal.message
    return _page(sitting, errors=errors, asked_for=asked_for, status=422)


def _version_sent(sitting: Sitting) -> Version:
    """The version that the form showed; an older one may be finished by whoever has begun it."""
    try:
        sent = uuid.UUID(sitting.request.POST.get("version", ""))
    except ValueError:
        return sitting.version
    found = sitting.instrument.versions.filter(pk=sent).first()
    return found or sitting.version


def _asked_for(sitting: Sitting) -> list[Item]:
    wanted = sitting.request.POST.getlist("item")
    return [item for item in sitting.items if item.key in wanted]


def _value(sitting: Sitting, item: Item) -> Any:
    request = sitting.request
    if request.POST.get("skip") == item.key and not item.required:
        return None
    file = request.FILES.get(item.key) if item.kind == Item.Kind.PHOTO else None
    if file is None:
        return reading.read(item, request.POST.getlist(item.key))
    response = actions.answer(by=request.user, version=sitting.version, values={})
    return str(keep_photo(by=request.user, response=response, file=file, field=item.key).pk)


def _next(sitting: Sitting) -> str:
    address = reverse("quiz", args=[sitting.request.community.pk, sitting.instrument.pk])
    return f"{address}?all=1" if "all" in sitting.request.GET else address


def _page(
    sitting: Sitting,
    *,
    errors: Mapping[str, str] | None = None,
    asked_for: list[Item] | None = None,
    status: int = 200,
) -> HttpResponse:
    request, instrument = sitting.request, sitting.instrument
    errors = errors or {}
    at_work = sitting.open and (not sitting.finished or (sitting.poll and "change" in request.GET))
    if status == 422 and sitting.open and (sitting.poll or not sitting.finished):
        at_work = True
    looking = not at_work or (sitting.mine and "results" in request.GET)
    context: dict[str, Any] = {
        "community": request.community,
        "tab": "communities",
        "sitting": sitting,
        "instrument": instrument,
        "post": sitting.post,
        "version": sitting.version,
        "of": len(sitting.items),
        "pictures": pictures_at(request, instrument),
        "stands": stands(sitting.post),
        "new_id": uuid7(),
        "error": errors.get(""),
        "menu_draft": sitting.mine and draft_of(instrument),
    }
    if looking:
        context |= _looking(sitting)
    else:
        context |= {"asked": _asked(sitting, asked_for, errors), "may_skip": _may_skip(sitting)}
    return render(request, "conversations/quiz.html", context, status=status)


def _asked(
    sitting: Sitting, asked_for: list[Item] | None, errors: Mapping[str, str]
) -> list[Asked]:
    """One item, or all that wait."""
    places = {item.pk: place for place, item in enumerate(sitting.items, 1)}
    chosen = asked_for or _to_ask(sitting)
    post = sitting.request.POST
    return [
        asked(
            places[item.pk],
            item,
            sitting.language,
            post.getlist(item.key) if asked_for is not None else _kept(sitting, item),
            errors.get(item.key, ""),
        )
        for item in chosen
    ]


def _kept(sitting: Sitting, item: Item) -> Any:
    answer = sitting.answers.get(item.pk)
    return answer.value if answer else ()


def _to_ask(sitting: Sitting) -> list[Item]:
    if sitting.poll:
        return sitting.items
    if "all" in sitting.request.GET:
        return sitting.pending or sitting.items
    wanted = sitting.request.GET.get("item")
    named = [item for item in sitting.items if item.key == wanted]
    return named or sitting.pending[:1] or sitting.items[:1]


def _may_skip(sitting: Sitting) -> str:
    """The key of the one item that is asked for, if it may be left out."""
    one = _to_ask(sitting)
    return one[0].key if len(one) == 1 and not one[0].required else ""


def _looking(sitting: Sitting) -> dict[str, Any]:
    found = _results(sitting)
    by_key = {result.item.key: result for result in found.items}
    return {
        "looking": True,
        "results": found,
        "shown": shown(sitting.items, sitting.answers, sitting.language, by_key),
    }


def _results(sitting: Sitting) -> Results:
    return results(sitting.version, sitting.language, sitting.items)


def pictures_at(request: InsideRequest, instrument: Instrument) -> str:
    """Where this instrument's pictures lie; their short id comes behind it."""
    nothing = uuid.UUID(int=0)
    url = reverse("quiz_picture", args=[request.community.pk, instrument.pk, nothing])
    return url.rsplit("/", 1)[0] + "/"


@require_safe
@inside
def quiz_picture(
    request: InsideRequest, *, instrument: uuid.UUID, picture: uuid.UUID, **rest: Any
) -> FileResponse:
    """A choice's picture to whoever may read the quiz; a photo sent as an answer to its sender."""
    found = asking.instrument_here(request.community, instrument)
    post = post_of(found)
    if post is None or not gone(post) or not _sees_hidden(request, post):
        HOSTING.check_read(request.user, found)
    row = Picture.objects.filter(pk=picture, instrument=found).select_related("response").first()
    if row is None or (row.response is not None and row.response.person_id != request.user.pk):
        raise NotYours
    return served(row.file)
