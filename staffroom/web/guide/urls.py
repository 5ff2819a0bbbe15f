from django.urls import path

from staffroom.web.guide import views

urlpatterns = [
    path("guide", views.guide, name="guide"),
    path(
        "c/<uid:community>/links/<uid:invitation>/guide",
        views.guide_of_link,
        name="guide_of_link",
    ),
]
