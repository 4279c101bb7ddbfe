"""Settings, root addresses, home and sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """See README.md."""

    name = "locality.web"
    label = "web"
    verbose_name = _("Home and signing in")

    def ready(self) -> None:
        """Listen to sign-in."""
        from locality.web.signing_in import connect

        connect()
