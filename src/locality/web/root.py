"""Addresses of home and sign-in."""

from django.urls import path

from locality.web import home, views

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("waiting/", home.everything, name="waiting"),
    path("act/", views.act, name="act"),
    path("still-here/", views.still_here, name="still-here"),
    path("demo/sign-in/<uuid:user_id>/", views.demo_sign_in, name="demo-sign-in"),
    path("healthz", views.healthz, name="healthz"),
]
