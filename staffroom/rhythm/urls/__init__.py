"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.rhythm.urls import (
    challenge,
    hour,
    ice,
    own_time,
    prompts,
    recognition,
    silence,
)

urlpatterns: list[URLPattern] = [
    *hour.urlpatterns,
    *ice.urlpatterns,
    *prompts.urlpatterns,
    *own_time.urlpatterns,
    *recognition.urlpatterns,
    *challenge.urlpatterns,
    *silence.urlpatterns,
]
