from django.urls import path

from staffroom.web.views import about, home

urlpatterns = [
    path("", home.home, name="today"),
    path("about/privacy", about.privacy, name="privacy"),
    path("style", about.style, name="style"),
]
