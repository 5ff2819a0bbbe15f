"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.cascade.urls import attendance, cascade, learning, lists, sessions, visits

urlpatterns: list[URLPattern] = [
    *cascade.urlpatterns,
    *lists.urlpatterns,
    *sessions.urlpatterns,
    *attendance.urlpatterns,
    *learning.urlpatterns,
    *visits.urlpatterns,
]
