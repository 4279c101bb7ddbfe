"""Who may see what: the lowest domain with tables."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Agencies, agreements, acting, disclosure and audit."""

    name = "locality.sharing"
    label = "sharing"
