"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.cascade.urls import attendance, cascade, learning, sessions, visits

urlpatterns: list[URLPattern] = [
    *cascade.urlpatterns,
    *sessions.urlpatterns,
    *attendance.urlpatterns,
    *learning.urlpatterns,
    *visits.urlpatterns,
]
