"""How pages look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """See README.md."""

    name = "locality.ui"
    label = "ui"
