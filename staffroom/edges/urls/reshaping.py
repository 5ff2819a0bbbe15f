from django.urls import path

from staffroom.edges.views import reshaping

urlpatterns = [
    path("c/<uid:community>/reshape", reshaping.begin, name="reshape_begin"),
    path("c/<uid:community>/reshape/<uid:reshape>", reshaping.reshape, name="reshape"),
]
