"""The addresses of this room: one file a part."""

from django.urls import URLPattern

from staffroom.edges.urls import brokers, own, questions, reshaping

urlpatterns: list[URLPattern] = [
    *questions.urlpatterns,
    *brokers.urlpatterns,
    *reshaping.urlpatterns,
    *own.urlpatterns,
]
