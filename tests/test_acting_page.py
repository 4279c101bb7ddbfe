"""Choosing post and purpose: somebody goes on to where they were going, on this site alone."""

import pytest
from django.urls import reverse

from tests.world import World


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.web.urls"
    settings.DEMO = True  # one factor is enough


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/people/", "/people/"), ("", "/"), ("nowhere", "/"), ("\ufffd(", "/"), ("a.b", "/"),
        ("//elsewhere.example", "/"), ("https://elsewhere.example/", "/"), ("\\\\x", "/"),
    ],
)  # fmt: skip
def test_it_leads_on_to_pages_of_ours_alone(world: World, wanted: str, leads_to: str):
    by = world.new_actor("council", "case_lead")  # choosing ends the session it is chosen in
    client = world.client_of(by)
    sent = client.post(reverse("web:act"), {"next": wanted, "acting": f"{by.post}:1"})
    assert (sent.status_code, sent["Location"]) == (302, leads_to)
