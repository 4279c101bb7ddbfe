"""Addresses for the sign-in pages alone."""

from django.urls import include, path

handler404 = "locality.ui.endings.not_here"
urlpatterns = [path("accounts/", include("allauth.urls")), path("", include("locality.ui.urls"))]
