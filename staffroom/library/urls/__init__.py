"""The library's addresses: one file a part."""

from django.urls import URLPattern

from staffroom.library.urls import trust

urlpatterns: list[URLPattern] = [*trust.urlpatterns]
