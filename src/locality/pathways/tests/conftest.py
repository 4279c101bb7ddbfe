"""Pages at their addresses, whether or not the site has them yet."""

import pytest
from django.urls import NoReverseMatch, reverse


@pytest.fixture
def site(settings) -> None:
    """Serve the catalogue."""
    try:
        reverse("pathways:pathways")
    except NoReverseMatch:
        settings.ROOT_URLCONF = "locality.pathways.tests.addresses"
