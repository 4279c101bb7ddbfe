"""Every address of the site, and those of intake: for tests of pages alone."""

from django.urls import include, path

urlpatterns = [
    path("people/", include("locality.people.urls")),
    path("concerns/", include("locality.intake.urls")),
    path("", include("locality.web.urls")),
]
