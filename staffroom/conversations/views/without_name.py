"""What I asked without my name: for me alone, and to take along."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from staffroom.communities.wall import readable_by
from staffroom.conversations import sealed
from staffroom.conversations.models import Post
from staffroom.conversations.queries.stream import with_people
from staffroom.core import access
from staffroom.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    posts = list(
        with_people(Post.objects.filter(pk__in=sealed.all_of(person), removed_at=None))
        .select_related("community")
        .order_by("-created_at")
    )
    if request.method == "POST":
        return _file(posts)
    readable = set(
        readable_by(person)
        .filter(pk__in={post.community_id for post in posts})
        .values_list("pk", flat=True)
    )
    rows = [(post, post.community_id in readable) for post in posts]
    return render(request, "conversations/asked_without_name.html", {"rows": rows, "tab": "me"})


def _file(posts: list[Post]) -> HttpResponse:
    told = [
        {
            "community": post.community.name,
            "kind": post.kind,
            "day": post.created_at.date().isoformat(),
            "topic": post.topic,
            "grade": post.grade,
            "text": post.text,
        }
        for post in posts
    ]
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json"
    )
    response["Content-Disposition"] = 'attachment; filename="staffroom-without-name.json"'
    return response


def me_entries(person: Person) -> list[dict[str, str]]:
    """There for everyone: that the page exists says nothing of whoever opens it."""
    return [
        {
            "url": reverse("asked_without_name"),
            "group": "mine",
            "icon": "lock",
            "title": _("Asked without my name"),
            "text": _("Only you find it here"),
        }
    ]
