"""How pages look."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """See README.md."""

    name = "locality.ui"
    label = "ui"
    verbose_name = _("Every page")
