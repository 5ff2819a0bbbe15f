"""Addresses of the hour of the week."""

from django.urls import path

from staffroom.rhythm.views import gathering, hour, request

HERE = "c/<uid:community>"
NOW = f"{HERE}/gathering"

urlpatterns = [
    path(f"{HERE}/hour", hour.hour, name="hour"),
    path(f"{HERE}/hour/reminders", hour.reminders, name="hour_reminders"),
    path(f"{HERE}/hour/skip", hour.gathering_skip, name="gathering_skip"),
    path(f"{HERE}/hour/hold", hour.gathering_hold, name="gathering_hold"),
    path(f"{HERE}/hour/letter", request.request_for_time, name="request_for_time"),
    path(f"{HERE}/hours", hour.gatherings, name="gatherings"),
    path(f"{HERE}/hours/<uid:gathering>", hour.gathering_summary, name="gathering_summary"),
    path(NOW, gathering.gathering, name="gathering"),
    path(f"{NOW}/new", gathering.gathering_new, name="gathering_new"),
    path(f"{NOW}/here", gathering.gathering_here, name="gathering_here"),
]
