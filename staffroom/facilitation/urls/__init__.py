"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.facilitation.urls import desk

urlpatterns: list[URLPattern] = [*desk.urlpatterns]
