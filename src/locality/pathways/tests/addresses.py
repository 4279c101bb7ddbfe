"""The addresses of these tests: everything that is there, and the catalogue."""

from django.urls import include, path

from locality.web.urls import urlpatterns as others

urlpatterns = [*others, path("pathways/", include("locality.pathways.urls"))]
