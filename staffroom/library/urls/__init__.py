"""The library's addresses: one file a part."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
