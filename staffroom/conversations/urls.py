from django.urls import path

from staffroom.conversations.views.search import search

urlpatterns = [
    path("c/<uid:community>/search", search, name="search"),
]
