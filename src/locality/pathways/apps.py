"""The pathways domain."""

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    """See README.md. It keeps no tables: the catalogue is files."""

    name = "locality.pathways"
    label = "pathways"
