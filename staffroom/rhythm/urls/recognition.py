"""The addresses of celebrations."""

from django.urls import URLPattern, path

from staffroom.rhythm.views import recognition

_ALL = "c/<uid:community>/celebrations/"

urlpatterns: list[URLPattern] = [
    path(_ALL, recognition.celebrations, name="celebrations"),
    path(f"{_ALL}new", recognition.new, name="recognise"),
    path(f"{_ALL}of/<uid:post>/print", recognition.post_paper, name="celebration_print"),
    path(f"{_ALL}<uid:recognition>", recognition.recognition, name="recognition"),
    path(f"{_ALL}<uid:recognition>/print", recognition.paper, name="recognition_print"),
]
