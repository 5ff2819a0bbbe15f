"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.rhythm.urls import own_time, recognition

urlpatterns: list[URLPattern] = [
    *own_time.urlpatterns,
    *recognition.urlpatterns,
]
