"""Pages at their addresses, whether or not the site has them yet."""

import pytest
from django.urls import NoReverseMatch, reverse


@pytest.fixture
def site(settings) -> None:
    """Serve referrals and the catalogue."""
    try:
        reverse("referrals:list")
    except NoReverseMatch:
        settings.ROOT_URLCONF = "locality.referrals.tests.addresses"
