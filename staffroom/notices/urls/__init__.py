"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.notices.urls import news

urlpatterns: list[URLPattern] = [*news.urlpatterns]
