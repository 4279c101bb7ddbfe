"""Every address of the site, and those from people to triage: for tests of pages alone."""

from django.urls import include, path

urlpatterns = [
    path("people/", include("locality.people.urls")),
    path("concerns/", include("locality.intake.urls")),
    path("cases/", include("locality.cases.urls")),
    path("queue/", include("locality.triage.urls")),
    path("", include("locality.web.urls")),
]
