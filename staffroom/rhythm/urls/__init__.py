"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.rhythm.urls import challenge, own_time, recognition

urlpatterns: list[URLPattern] = [
    *challenge.urlpatterns,
    *own_time.urlpatterns,
    *recognition.urlpatterns,
]
