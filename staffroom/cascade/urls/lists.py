from django.urls import URLPattern, path

from staffroom.cascade.views import session_files

urlpatterns: list[URLPattern] = [
    path("sessions/import", session_files.bring_in, name="sessions_in"),
]
