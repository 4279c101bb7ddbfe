"""Settings, root addresses, home and sign-in."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See README.md."""

    name = "locality.web"
    label = "web"
