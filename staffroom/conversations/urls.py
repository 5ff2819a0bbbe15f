from django.urls import path

from staffroom.conversations.views.photos import photo, photo_discard, photo_small
from staffroom.conversations.views.search import search
from staffroom.conversations.views.where import where

urlpatterns = [
    path("c/<uid:community>/p/<uid:post>", where, name="post"),
    path("c/<uid:community>/search", search, name="search"),
    path("c/<uid:community>/photo/<uid:photo>", photo, name="photo"),
    path("c/<uid:community>/photo/<uid:photo>/small", photo_small, name="photo_small"),
    path("c/<uid:community>/photo/<uid:photo>/discard", photo_discard, name="photo_discard"),
]
