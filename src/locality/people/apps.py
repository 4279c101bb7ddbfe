"""The people domain."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See README.md."""

    name = "locality.people"
    label = "people"
