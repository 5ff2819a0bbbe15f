"""What a community keeps, on one page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from staffroom.communities.access import inside
from staffroom.conversations import hooks
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.inside import InsideRequest


@require_safe
@inside
@here.in_zone
def kept(request: InsideRequest, **rest: Any) -> HttpResponse:
    pages = [
        ("learned", "book", _("What we have learned"), _("Practice notes, by topic")),
        (
            "community_library",
            "book",
            _("Our library"),
            _("Books, past papers, lesson plans, stories"),
        ),
        ("plans", "pen", _("Lesson plans"), _("What we plan together, and how it went")),
        ("quizzes", "tried", _("Quizzes and polls"), _("Those of now and of before")),
    ]
    rows = [
        {
            "url": reverse(name, args=[request.community.pk]),
            "icon": icon,
            "title": title,
            "text": text,
        }
        for name, icon, title, text in pages
    ]
    rows += [row for more in hooks.kept.call(request=request) for row in more]
    context = {"community": request.community, "rows": rows, "tab": "communities"}
    return render(request, "conversations/kept.html", context)
