"""The triage domain."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    """See README.md."""

    name = "locality.triage"
    label = "triage"
