"""Where things happen: areas, recorded crime and named public places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Geography and what is recorded there; never about a person."""

    name = "locality.places"
    label = "places"
