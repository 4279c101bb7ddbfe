"""The impact domain."""

from django.apps import AppConfig


class ImpactConfig(AppConfig):
    """See README.md."""

    name = "locality.impact"
    label = "impact"
