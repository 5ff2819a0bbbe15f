"""One post: what one can do with it, its change and its removal."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from staffroom.communities.access import inside, is_moderator
from staffroom.conversations import actions, hooks, sealed
from staffroom.conversations.actions.move import check_move
from staffroom.conversations.actions.remove import can_restore
from staffroom.conversations.actions.unseal import check_ask as check_unseal
from staffroom.conversations.forms import doubtful, formulas
from staffroom.conversations.forms.writing import form_for
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_change, check_earlier, gone
from staffroom.conversations.queries.appeals import returned_to_author
from staffroom.conversations.queries.marks import mark_posts
from staffroom.conversations.queries.mutes import muted_ids
from staffroom.conversations.trusted import KIND, KINDS
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.attached import attached_items
from staffroom.conversations.views.composer import link
from staffroom.conversations.views.inside import InsideRequest
from staffroom.conversations.views.where import stands
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.ids import short


@require_GET
@inside
@here.in_zone
def more(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """Everything one can do with a post, each in words."""
    shown = here.post_here(request, post)
    mark_posts([shown])
    earlier = []
    if can(check_earlier, request.user, shown) and not gone(shown):
        earlier = list(shown.revisions.order_by("-version"))
    context = {
        "community": request.community,
        "tab": "communities",
        "post": shown,
        "gone": gone(shown),
        "kind_words": kind_words(shown),
        "stands": stands(shown),
        "items": _items(request, shown),
        "earlier": earlier,
        "open": False,
    }
    return render(request, "conversations/more.html", context)


def kind_words(post: Post) -> str:
    return {
        Post.Kind.QUESTION: _("Question"),
        Post.Kind.ANSWER: _("Answer"),
        Post.Kind.MESSAGE: _("Message"),
        Post.Kind.PROMPT: _("For all of us"),
        Post.Kind.CELEBRATION: _("Celebration"),
        Post.Kind.QUIZ: _("Quiz"),
        Post.Kind.POLL: _("Poll"),
    }[Post.Kind(post.kind)]


def _items(request: InsideRequest, post: Post) -> list[dict[str, Any]]:
    items = [("", stands(post), "back", _("Where it stands"), "")]
    if post.kind in KINDS and not gone(post):
        items.append(_trust(post))
    if sealed.wrote(request.user, post):
        items += _own(post)
    elif not gone(post):
        items += _others(request, post)
    if not gone(post) and post.question_id is None and is_moderator(request.user, post.community):
        name, words = ("unpin", _("Take the pin off")) if post.pinned_at else ("pin", _("Pin it"))
        items.append(("post", _to(name, post), "pin", words, _("One post a room can be pinned.")))
    if can(check_move, request.user, post):
        tea = post.room == Post.Room.TEA
        words = _("Move it to the lessons") if tea else _("Move it to the tea corner")
        items.append(
            ("post", _to("move", post), "talk", words, _("With a kind note to its author."))
        )
    more = [] if gone(post) else hooks.ways.call(request=request, post=post)
    items += [
        ("", one["url"], one["icon"], one["words"], one["help"]) for part in more for one in part
    ]
    return [
        {"post": how == "post", "url": url, "icon": icon, "words": words, "help": help}
        for how, url, icon, words, help in items
        if url
    ]


Items = list[tuple[str, str, str, str, str]]


def _trust(post: Post) -> tuple[str, str, str, str, str]:
    url = reverse("trust", args=[KIND, post.pk])
    return "", url, "stamp", _("Is it right?"), _("Verify it, correct it, or say why not")


def _to(name: str, post: Post) -> str:
    return link(name, post.community_id, post.pk)


def _own(post: Post) -> Items:
    if post.removed_at is not None:
        if not can_restore(post):
            return []
        return [("post", _to("restore", post), "again", _("Bring it back"), "")]
    if gone(post):
        return [("", _to("word", post), "flag", _("Why it is hidden"), "")]
    return [
        *_photos(post),
        *attached_items(post),
        _change(post),
        ("", _to("remove", post), "out", _("Remove it"), _("You can undo this for ten minutes.")),
    ]


def _change(post: Post) -> tuple[str, str, str, str, str]:
    help = _("The others see that it was edited.")
    if post.instrument_id is not None:
        url = link("quiz", post.community_id, post.instrument_id)
        return "", url, "pen", _("Change or close it"), help
    return "", _to("edit", post), "pen", _("Change it"), help


def _photos(post: Post) -> Items:
    words = _("Take a photo out")
    return [
        ("post", link("photo_discard", post.community_id, photo.pk), "cam", words, "")
        for photo in post.photos.order_by("uploaded_at", "id")
    ]


def _others(request: InsideRequest, post: Post) -> Items:
    items: Items = [
        (
            "",
            _to("report", post),
            "flag",
            _("Report it"),
            _("The moderator looks at it, not at you."),
        )
    ]
    if post.photos.exists():
        words = _("The photos are covered until the moderator has looked.")
        items.append(("post", _to("flag", post), "cam", _("A pupil can be seen"), words))
    if post.author_id and post.author_id not in muted_ids(request.user):
        url = link("mute_author", post.community_id, post.pk)
        items.append(("", url, "ear", _("Mute this person"), _("They are never told.")))
    if post.anonymous and can(check_unseal, request.user, post):
        words = _("For abuse: two people of the programme may learn who wrote it.")
        items.append(
            ("", _to("ask_to_unseal", post), "lock", _("Ask that the seal be opened"), words)
        )
    return items


@require_http_methods(["GET", "HEAD", "POST"])
@inside
@here.in_zone
def edit(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    changed = here.post_here(request, post)
    check_change(request.user, changed)
    if (gone(changed) and returned_to_author(changed) is None) or changed.instrument_id is not None:
        raise NotYours
    form = form_for(changed, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            here.pace(request, quiet=changed.anonymous)
            if not changed.anonymous:  # what was told stands in the session
                formulas.check(request, form.cleaned_data["text"])
                doubtful.check(request, request.community, form.cleaned_data["text"])
            actions.edit(
                by=request.user, post=changed, version=_version(request), **form.cleaned_data
            )
            return redirect(stands(changed))
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "community": request.community,
        "tab": "communities",
        "title": _("Change it"),
        "form": form,
        "version": changed.version,
        "do": _("Save"),
        "back": reverse("post_more", args=[changed.community_id, changed.pk]),
        "draft_place": "" if changed.anonymous else f"edit:{short(changed.pk)}",
    }
    status = 422 if form.errors else 200
    return render(request, "conversations/edit.html", context, status=status)


def _version(request: InsideRequest) -> int | None:
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else None


@require_http_methods(["GET", "HEAD", "POST"])
@inside
@here.in_zone
def remove(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """Asks first; afterwards ten minutes are left to undo."""
    removed = here.post_here(request, post)
    check_change(request.user, removed)
    if request.method == "POST":
        actions.remove(by=request.user, post=removed)
        undo = reverse("restore", args=[removed.community_id, removed.pk])
        flash.say(request, _("Removed. You can undo this for ten minutes."), undo=undo)
        return redirect(stands(removed))
    if gone(removed):
        return redirect(stands(removed))
    text = [_("Its words disappear for everyone. You can undo this for ten minutes.")]
    if removed.answer_count:
        text.append(_("The answers of the others stay."))
    context = {
        "title": _("Remove it"),
        "question": _("Shall it be removed?"),
        "text": text,
        "do": _("Remove"),
        "back": reverse("post_more", args=[removed.community_id, removed.pk]),
    }
    return render(request, "ui/confirm.html", context)
