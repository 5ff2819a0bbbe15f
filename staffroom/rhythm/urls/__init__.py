"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.rhythm.urls import hour, prompts

urlpatterns: list[URLPattern] = [*hour.urlpatterns, *prompts.urlpatterns]
