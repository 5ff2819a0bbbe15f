"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.rhythm.urls import prompts

urlpatterns: list[URLPattern] = [*prompts.urlpatterns]
