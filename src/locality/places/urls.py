"""Addresses of places."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.places import views
from locality.ui import navigation

app_name = "places"
urlpatterns = [
    path("", views.area, name="home"),
    path("areas/<slug:code>", views.area, name="area"),
    path("areas/<slug:code>/boundaries.json", views.boundaries, name="boundaries"),
    path("areas/<slug:code>/figures.json", views.figures, name="figures"),
    path("areas/<slug:code>/months.svg", views.months, name="months"),
    path("small-areas/<slug:code>", views.small_area, name="small_area"),
    path("coverage", views.coverage, name="coverage"),
    path("loads", views.loads, name="loads"),
    path("loads/<int:pk>", views.load, name="load"),
    path("named", views.named, name="named"),
    path("named/add", views.add, name="add"),
    path("named/<uuid:place_id>", views.place, name="place"),
]
navigation.add(_("Places"), "places:home")
