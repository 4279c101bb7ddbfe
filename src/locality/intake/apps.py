"""The intake domain."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """See README.md."""

    name = "locality.intake"
    label = "intake"
