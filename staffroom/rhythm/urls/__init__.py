"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.rhythm.urls import hour, ice, prompts

urlpatterns: list[URLPattern] = [*hour.urlpatterns, *ice.urlpatterns, *prompts.urlpatterns]
