import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from staffroom.communities.access import inside
from staffroom.conversations.models import Post
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core.errors import NotYours
from staffroom.core.ids import short


@inside
def where(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """To the place where a post stands."""
    found = Post.objects.filter(community=request.community, pk=post).first()
    if found is None:
        raise NotYours
    return redirect(stands(found))


def stands(post: Post) -> str:
    """The address of a post: on its question's page, or among the others of its room."""
    question = post.question_id or (post.pk if post.kind == Post.Kind.QUESTION else None)
    try:
        if question:
            page = reverse("question", args=[post.community_id, question])
            return f"{page}#p-{short(post.pk)}" if post.question_id else page
        page = reverse("tea" if post.room == Post.Room.TEA else "stream", args=[post.community_id])
    except NoReverseMatch:
        return "/"
    return f"{page}?at={short(post.pk)}#p-{short(post.pk)}"
