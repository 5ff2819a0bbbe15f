from django.urls import path

from staffroom.web.practice import views

urlpatterns = [
    path("practice", views.practice, name="practice"),
    path("practice/skip", views.skip, name="practice_skip"),
    path("practice/again", views.begin_again, name="practice_again"),
    path("practice/done/<slug:exercise>", views.done, name="practice_done"),
    path("practice/room", views.room, name="practice_room"),
    path("practice/ask", views.ask, name="practice_ask"),
    path(
        "practice/ask/without-name",
        views.ask_without_name,
        name="practice_ask_without_name",
    ),
    path("practice/q/<uid:example>", views.question, name="practice_question"),
    path("practice/p/<uid:example>", views.more, name="practice_more"),
    path("practice/p/<uid:example>/report", views.report, name="practice_report"),
    path("practice/p/<uid:example>/thank", views.thank, name="practice_thank"),
    path("practice/leave", views.leave, name="practice_leave"),
]
