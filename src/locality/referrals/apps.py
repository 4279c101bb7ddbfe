"""The referrals domain."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """See README.md."""

    name = "locality.referrals"
    label = "referrals"
