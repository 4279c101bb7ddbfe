"""The addresses of these tests: everything that is there, and cases."""

from django.urls import include, path

urlpatterns = [
    path("cases/", include("locality.cases.urls")),
    path("", include("locality.web.urls")),
]
