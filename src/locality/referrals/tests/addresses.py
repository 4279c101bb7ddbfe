"""The addresses of these tests: everything that is there, and what they need besides."""

from importlib.util import find_spec

from django.urls import include, path

NEEDED = ("cases", "referrals", "pathways")
urlpatterns = [
    path("", include("locality.web.urls")),
    *(
        path(f"{name}/", include(f"locality.{name}.urls"))
        for name in NEEDED
        if find_spec(f"locality.{name}.urls")
    ),
]
