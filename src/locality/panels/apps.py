"""The panels domain."""

from django.apps import AppConfig


class PanelsConfig(AppConfig):
    """See README.md."""

    name = "locality.panels"
    label = "panels"
