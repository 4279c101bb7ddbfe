"""Settings, root addresses, home and sign-in."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See README.md."""

    name = "locality.web"
    label = "web"

    def ready(self) -> None:
        """Listen to sign-in."""
        from locality.web.signing_in import connect

        connect()
