"""The addresses of this room: one file a part."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
