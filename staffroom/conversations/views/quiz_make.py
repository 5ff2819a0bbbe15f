"""A quiz, puzzle or poll is made: one question at once before everyone, or several in a draft."""

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffroom.communities.access import inside, member
from staffroom.conversations import actions as acts
from staffroom.conversations.forms.quizzes import PollForm, TitleForm
from staffroom.conversations.models import Post
from staffroom.conversations.queries import quizzes as asking
from staffroom.conversations.quizzing import CommunityHost, post_of
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.inside import InsideRequest
from staffroom.conversations.views.quiz import pictures_at
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.instruments import actions
from staffroom.instruments.actions.making import MOST_ITEMS, SCORED
from staffroom.instruments.actions.pictures import keep_choice
from staffroom.instruments.forms import HOW, ItemForm, TranslationForm, start
from staffroom.instruments.models import Instrument, Item, Picture, Version
from staffroom.instruments.queries.current import draft_of
from staffroom.instruments.showing import asked

HOSTING = CommunityHost()
#: Without a draft there is no place yet where a picture could wait.
QUICK = (Item.Kind.ONE, Item.Kind.MANY, Item.Kind.NUMBER, Item.Kind.SHORT)


def _room(request: InsideRequest) -> str:
    return Post.Room.TEA if request.GET.get("room") == Post.Room.TEA else Post.Room.LESSONS


def _in_stream(request: InsideRequest, post: Post) -> HttpResponse:
    undo = reverse("remove", args=[post.community_id, post.pk])
    flash.say(request, _("It stands before all of us."), undo=undo)
    name = "tea" if _room(request) == Post.Room.TEA else "stream"
    return redirect(f"{reverse(name, args=[request.community.pk])}#bottom")


def _kind(request: InsideRequest, among: Any) -> str:
    """How the item is answered: switched to, as the form has it, or chosen from the first."""
    for told in (request.POST.get("as"), request.POST.get("kind"), request.GET.get("kind")):
        if told in among:
            return str(told)
    return str(next(iter(among)))


def _typed(sent: QueryDict) -> dict[str, Any]:
    """What was typed, as a beginning for the form of another kind."""
    typed: dict[str, Any] = {name: sent.get(name) for name in sent}
    typed["right"] = sent.getlist("right")
    return typed


def _form(request: InsideRequest, kind: str, **options: Any) -> ItemForm:
    """The form as it was sent; after a switch with what was typed; else anew."""
    if request.method == "POST" and "as" not in request.POST:
        return ItemForm(request.POST, request.FILES, kind=kind, **options)
    if request.method == "POST":
        options["initial"] = _typed(request.POST)
    return ItemForm(kind=kind, **options)


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def quiz_new(request: InsideRequest, **rest: Any) -> HttpResponse:
    """A question with its right answer: before everyone, or the first of several."""
    HOSTING.check_make(request.user, request.community.pk, Instrument.Kind.QUIZ)
    kind = _kind(request, QUICK)
    form = _form(request, kind)
    if form.is_bound and form.is_valid():
        try:
            here.pace(request)
            if "more" in request.POST:
                return redirect(*_first_of_several(request, form))
            post = acts.puzzle(
                by=request.user,
                community=request.community,
                item=form.shape(),
                room=_room(request),
                language=get_language() or "",
                id=here.sent_id(request),
            )
            return _in_stream(request, post)
        except Refused as refusal:
            form.refuse(refusal)
    return _item_page(request, form, QUICK, title=_("A quiz or puzzle"), first=True)


def _first_of_several(request: InsideRequest, form: ItemForm) -> tuple[Any, ...]:
    """A draft with the item in it. The same sending again finds the draft that it made."""
    version = acts.begin_quiz(
        by=request.user,
        community=request.community,
        language=get_language() or "",
        id=here.sent_id(request),
    )
    if not version.items.exists():
        actions.put_item(by=request.user, version=version, item=form.shape())
    return "quiz_make", request.community.pk, version.instrument_id


def _item_page(
    request: InsideRequest, form: ItemForm, kinds: Any, *, title: str, **context: Any
) -> HttpResponse:
    context = {
        "community": request.community,
        "tab": "communities",
        "title": title,
        "form": form,
        "kinds": [(kind, HOW[kind]) for kind in kinds],
        "new_id": (form.is_bound and here.sent_id(request)) or uuid7(),
        "back": reverse("quizzes", args=[request.community.pk]),
    } | context
    status = 422 if form.errors else 200
    return render(request, "conversations/quiz_item.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def poll_new(request: InsideRequest, **rest: Any) -> HttpResponse:
    here.standing(request).check_open()
    form = PollForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            here.pace(request)
            post = acts.poll(
                by=request.user,
                community=request.community,
                text=form.cleaned_data["text"],
                choices=form.choices,
                ends_on=form.cleaned_data["ends_on"],
                room=_room(request),
                language=get_language() or "",
                id=here.sent_id(request),
            )
            return _in_stream(request, post)
        except Refused as refusal:
            form.refuse(refusal)
    return _item_page(request, form, (), title=_("A poll"), poll=True)


def _draft(request: InsideRequest, instrument: uuid.UUID) -> Version:
    """The draft of this author; else `NotYours`."""
    found = asking.instrument_here(request.community, instrument)
    HOSTING.check_change(request.user, found)
    draft = draft_of(found)
    if draft is None:
        raise NotYours
    draft.instrument = found
    return draft


def _at(request: InsideRequest, name: str, instrument: uuid.UUID, *more: Any) -> str:
    return reverse(name, args=[request.community.pk, instrument, *more])


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def quiz_make(request: InsideRequest, *, instrument: uuid.UUID, **rest: Any) -> HttpResponse:
    """The draft as it will look, its name, and the button that puts it before everyone."""
    draft = _draft(request, instrument)
    form = TitleForm(request.POST or None, initial={"title": draft.title, "about": draft.about})
    wrong = ""
    if request.method == "POST" and form.is_valid():
        try:
            here.pace(request)
            actions.name(by=request.user, version=draft, **form.cleaned_data)
            if "publish" in request.POST:
                return _published(request, draft)
            flash.say(request, _("Saved. Only you see it until you put it before all of us."))
            return redirect("quiz_make", request.community.pk, instrument)
        except Refused as refusal:
            form.refuse(refusal)
            wrong = refusal.field
    items = list(draft.items.all())
    language = draft.language
    context = {
        "community": request.community,
        "tab": "communities",
        "draft": draft,
        "form": form,
        "wrong": wrong,
        "asked": [asked(place, item, language) for place, item in enumerate(items, 1)],
        "of": len(items),
        "poll": draft.instrument.kind == Instrument.Kind.POLL,
        "tongues": [
            (_at(request, "quiz_words", instrument, code), name)
            for code, name in _other_tongues(draft).items()
        ],
        "room_left": len(items) < MOST_ITEMS,
        "pictures": pictures_at(request, draft.instrument),
        "back": reverse("quizzes", args=[request.community.pk]),
        "make": f"{_at(request, 'quiz_make', instrument)}",
    }
    return render(
        request, "conversations/quiz_make.html", context, status=422 if form.errors else 200
    )


def _published(request: InsideRequest, draft: Version) -> HttpResponse:
    known = post_of(draft.instrument)
    post = acts.publish_quiz(by=request.user, version=draft, room=_room(request))
    if known is None:
        return _in_stream(request, post)
    flash.say(request, _("The new one stands. Answers from now on are to it."))
    return redirect("quiz", request.community.pk, draft.instrument_id)


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def quiz_item_new(request: InsideRequest, *, instrument: uuid.UUID, **rest: Any) -> HttpResponse:
    return _item(request, _draft(request, instrument), None)


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def quiz_item(
    request: InsideRequest, *, instrument: uuid.UUID, item_key: str, **rest: Any
) -> HttpResponse:
    draft = _draft(request, instrument)
    item = draft.items.filter(key=item_key).first()
    if item is None:
        raise NotYours
    return _item(request, draft, item)


def _item(request: InsideRequest, draft: Version, item: Item | None) -> HttpResponse:
    """One question of a draft is written or changed."""
    scored = draft.instrument.kind in SCORED
    kinds = tuple(HOW) if scored else (Item.Kind.ONE,)
    # The kind that an item has comes first, so that it is the one without a choice of another.
    kind = _kind(request, (item.kind, *kinds) if item else kinds)
    refused = _keep_pictures(request, draft) if kind == Item.Kind.PICTURE else None
    form = _form(
        request,
        kind,
        scored=scored,
        lines=8 if not scored else 0,
        pictures=[
            str(pk)
            for pk in Picture.objects.filter(
                instrument=draft.instrument, response=None
            ).values_list("pk", flat=True)
        ],
        **({"initial": start(item)} if item and request.method != "POST" else {}),
    )
    if refused:
        form.is_valid()
        form.refuse(refused)
    elif form.is_bound and form.is_valid():
        try:
            here.pace(request)
            shape = form.shape(item)
            key = item.key if item else ""
            actions.put_item(by=request.user, version=draft, item=shape, key=key)
            if "more" in request.POST:
                return redirect("quiz_item_new", request.community.pk, draft.instrument_id)
            return redirect("quiz_make", request.community.pk, draft.instrument_id)
        except Refused as refusal:
            form.refuse(refusal)
    return _item_page(
        request,
        form,
        kinds if scored else (),
        title=_("Change the question") if item else _("Another question"),
        back=_at(request, "quiz_make", draft.instrument_id),
        pictures=pictures_at(request, draft.instrument),
        files=kind == Item.Kind.PICTURE,
        changes=item is not None,
    )


def _keep_pictures(request: InsideRequest, draft: Version) -> Refused | None:
    """Pictures are kept before the form is judged: what was chosen need not be chosen again."""
    sent = request.POST.copy()
    refused = None
    for name in request.FILES:
        file: Any = request.FILES[name]
        try:
            picture = keep_choice(
                by=request.user, instrument=draft.instrument, file=file, field=name
            )
            sent[name.replace("file_", "kept_")] = str(picture.pk)
        except Refused as refusal:
            refused = refusal
    request.POST = sent  # type: ignore[assignment]
    return refused


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def quiz_words(
    request: InsideRequest, *, instrument: uuid.UUID, tongue: str, **rest: Any
) -> HttpResponse:
    """The draft's words in another language of the house."""
    draft = _draft(request, instrument)
    name = _other_tongues(draft).get(tongue)
    if name is None:
        raise NotYours
    items = list(draft.items.all())
    form = TranslationForm(request.POST or None, items=items, language=tongue)
    if request.method == "POST" and form.is_valid():
        try:
            here.pace(request)
            actions.translate(by=request.user, version=draft, language=tongue, told=form.told)
            flash.say(request, _("Whoever reads in it sees these words."))
            return redirect("quiz_make", request.community.pk, instrument)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "community": request.community,
        "tab": "communities",
        "title": name,
        "form": form,
        "back": _at(request, "quiz_make", instrument),
    }
    return render(
        request, "conversations/quiz_words.html", context, status=422 if form.errors else 200
    )


def _other_tongues(draft: Version) -> dict[str, str]:
    """The languages of the house beside the author's, by their own names."""
    return {
        code: get_language_info(code)["name_local"]
        for code, _name in settings.LANGUAGES
        if code != draft.language
    }


@require_POST
@member
def quiz_item_drop(
    request: InsideRequest, *, instrument: uuid.UUID, item_key: str, **rest: Any
) -> HttpResponse:
    draft = _draft(request, instrument)
    actions.drop_item(by=request.user, version=draft, key=item_key)
    return redirect("quiz_make", request.community.pk, instrument)


@require_POST
@member
def quiz_item_up(
    request: InsideRequest, *, instrument: uuid.UUID, item_key: str, **rest: Any
) -> HttpResponse:
    draft = _draft(request, instrument)
    actions.move_up(by=request.user, version=draft, key=item_key)
    return redirect(f"{_at(request, 'quiz_make', instrument)}#{item_key}")


@require_POST
@member
def quiz_discard(request: InsideRequest, *, instrument: uuid.UUID, **rest: Any) -> HttpResponse:
    actions.discard(by=request.user, version=_draft(request, instrument))
    flash.say(request, _("The draft is thrown away."))
    return redirect("quizzes", request.community.pk)


@require_POST
@inside
def quiz_change(request: InsideRequest, *, instrument: uuid.UUID, **rest: Any) -> HttpResponse:
    """Begin the next version; what stands is answered until it is published."""
    found = asking.instrument_here(request.community, instrument)
    actions.revise(by=request.user, instrument=found)
    return redirect("quiz_make", request.community.pk, instrument)


@require_POST
@inside
def quiz_close(request: InsideRequest, *, instrument: uuid.UUID, **rest: Any) -> HttpResponse:
    found = asking.instrument_here(request.community, instrument)
    actions.close(by=request.user, instrument=found)
    flash.say(
        request,
        _("Closed: no more answers are taken."),
        undo=_at(request, "quiz_reopen", instrument),
    )
    return redirect("quiz", request.community.pk, instrument)


@require_POST
@inside
def quiz_reopen(request: InsideRequest, *, instrument: uuid.UUID, **rest: Any) -> HttpResponse:
    found = asking.instrument_here(request.community, instrument)
    actions.reopen(by=request.user, instrument=found)
    return redirect("quiz", request.community.pk, instrument)
