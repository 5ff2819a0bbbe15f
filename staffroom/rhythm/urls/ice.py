"""Addresses of the ice-breaker round."""

from django.urls import path

from staffroom.rhythm.views import ice

HERE = "c/<uid:community>/round"

urlpatterns = [
    path(HERE, ice.round, name="round"),
    path(f"{HERE}/ask", ice.round_ask, name="round_ask"),
    path(f"{HERE}/take-back", ice.round_take_back, name="round_take_back"),
    path(f"{HERE}/<uid:icebreaker>/hide", ice.round_hide, name="round_hide"),
]
