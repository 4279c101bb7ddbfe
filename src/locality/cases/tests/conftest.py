"""Pages of cases at their addresses, whether or not the site has them yet."""

import pytest
from django.urls import NoReverseMatch, reverse


@pytest.fixture
def site(settings) -> None:
    """Serve cases."""
    try:
        reverse("cases:mine")
    except NoReverseMatch:
        settings.ROOT_URLCONF = "locality.cases.tests.addresses"
