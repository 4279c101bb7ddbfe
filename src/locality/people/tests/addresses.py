"""Every address of the site, and those of people: for tests of pages alone."""

from django.urls import include, path

urlpatterns = [
    path("people/", include("locality.people.urls")),
    path("", include("locality.web.urls")),
]
