from django.urls import path

from staffroom.edges.views import farewell, journey

urlpatterns = [
    path("me/journey", journey.journey, name="journey"),
    path("c/<uid:community>/farewell", farewell.farewell, name="farewell"),
]
