"""The addresses of one's own time."""

from django.urls import URLPattern, path

from staffroom.rhythm.views import own_time

urlpatterns: list[URLPattern] = [
    path("me/time", own_time.own_time, name="own_time"),
    path("me/time/new", own_time.new, name="own_time_new"),
    path("me/time/print", own_time.paper, name="own_time_print"),
    path("me/time/csv", own_time.as_csv, name="own_time_csv"),
    path("me/time/<uid:entry>", own_time.change, name="own_time_change"),
    path("me/time/<uid:entry>/remove", own_time.remove, name="own_time_remove"),
    path("me/time/<uid:entry>/back", own_time.put_back, name="own_time_back"),
]
