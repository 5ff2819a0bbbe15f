"""The pages of a community link to each other by name. In the practice corner the same names lead
to the practice pages, so that its templates are those of every community."""

from typing import Any

from django.urls import include, path, register_converter

from staffroom.web.practice import views


class Nowhere:
    """A community that is in no address: there is but one, one's own."""

    regex = ""

    def to_python(self, value: str) -> None:
        return None

    def to_url(self, value: Any) -> str:
        return ""


register_converter(Nowhere, "nowhere")

#: Of two routes with one name the later one is linked to.
urlpatterns = [
    path("", include("staffroom.config.urls")),
    path("practice/room<nowhere:community>", views.room, name="stream"),
    path("practice/room<nowhere:community>", views.room, name="tea"),
    path("practice/ask<nowhere:community>", views.ask, name="ask"),
    path("practice/q/<nowhere:community><uid:example>", views.question, name="question"),
    path("practice/p/<nowhere:community><uid:example>", views.more, name="post_more"),
    path("practice/p/<nowhere:community><uid:example>/report", views.report, name="report"),
    path("practice/p/<nowhere:community><uid:example>/thank", views.thank, name="thank"),
    path("practice/leave<nowhere:community>", views.leave, name="leave"),
]
