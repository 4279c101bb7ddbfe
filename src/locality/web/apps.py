"""Settings, root addresses, home and sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """See README.md."""

    name = "locality.web"
    label = "web"
    verbose_name = _("Home and signing in")

    def ready(self) -> None:
        """Listen to sign-in, and keep recovery codes in our way."""
        from locality.web import recovery, signing_in

        signing_in.connect()
        recovery.connect()
