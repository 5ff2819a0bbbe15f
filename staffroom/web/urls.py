from django.urls import include, path

from staffroom.web.demo import views as demo
from staffroom.web.views import about, home, search, security_txt

urlpatterns = [
    path("", home.home, name="today"),
    path("search", search.search, name="search"),
    path("about/privacy", about.privacy, name="privacy"),
    path(".well-known/security.txt", security_txt.show, name="security_txt"),
    path("style", about.style, name="style"),
    path("", include("staffroom.web.worker.urls")),
    path("", include("staffroom.web.simulator.urls")),
    path("", include("staffroom.web.shelf.urls")),
    path("", include("staffroom.web.waiting.urls")),
    path("", include("staffroom.web.practice.urls")),
    path("", include("staffroom.web.course.urls")),
    path("", include("staffroom.web.guide.urls")),
    path("", include("staffroom.web.data.urls")),
    path("demo", demo.choose, name="demo"),
    path("demo/<slug:key>", demo.enter, name="demo_enter"),
]
