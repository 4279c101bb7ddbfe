"""Addresses of the catalogue."""

from django.urls import path

from locality.pathways import views

app_name = "pathways"
urlpatterns = [
    path("", views.pathways, name="pathways"),
    path("<slug:key>/", views.pathway, name="pathway"),
]
