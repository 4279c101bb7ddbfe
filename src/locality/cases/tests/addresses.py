"""The addresses of these tests: everything that is there, and cases."""

from django.urls import include, path

from locality.web.urls import urlpatterns as others

urlpatterns = [path("cases/", include("locality.cases.urls")), *others]
