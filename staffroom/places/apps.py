from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "staffroom.places"
    label = "places"

    def ready(self) -> None:
        from staffroom.core import hooks
        from staffroom.places import phones

        hooks.phone_region.add(phones.region)
