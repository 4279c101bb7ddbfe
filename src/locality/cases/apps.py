"""The cases domain."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See README.md."""

    name = "locality.cases"
    label = "cases"
