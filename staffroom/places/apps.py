from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "staffroom.places"
    label = "places"
