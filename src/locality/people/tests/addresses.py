"""Every address of the site, and those of people: for tests of pages alone."""

from django.urls import include, path

from locality.web.urls import urlpatterns as site

urlpatterns = [path("people/", include("locality.people.urls")), *site]
