"""The pathways domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    """See README.md. It keeps no tables: the catalogue is files."""

    name = "locality.pathways"
    label = "pathways"
    verbose_name = _("Pathways")
