from django.urls import path

from staffroom.governing.views import retention

urlpatterns = [
    path("governing/kept", retention.show, name="retention"),
    path("governing/kept/<slug:rule>", retention.days, name="retention_days"),
]
