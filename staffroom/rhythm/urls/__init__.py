"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.rhythm.urls import challenge, own_time, recognition, silence

urlpatterns: list[URLPattern] = [
    *challenge.urlpatterns,
    *own_time.urlpatterns,
    *recognition.urlpatterns,
    *silence.urlpatterns,
]
