"""Addresses of who shares what with whom."""

from django.urls import path

from locality.sharing import views

app_name = "sharing"
urlpatterns = [path("", views.partners, name="partners")]
