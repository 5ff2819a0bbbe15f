"""The addresses of the one question."""

from django.urls import URLPattern, path

from staffroom.rhythm.views import silence

urlpatterns: list[URLPattern] = [
    path("me/away", silence.away, name="away"),
    path("me/away/not-now", silence.not_now, name="away_not_now"),
    path("me/away/wish", silence.wish, name="away_wish"),
    path("garden/silence", silence.silence, name="silence"),
    path("garden/silence/weeks", silence.weeks, name="silence_weeks"),
]
