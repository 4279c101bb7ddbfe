"""Addresses that belong to no domain: short-cuts, statements, and the gallery."""

from django.conf import settings
from django.urls import path

from locality.ui import views

app_name = "ui"
urlpatterns = [
    path("shortcuts", views.shortcuts, name="shortcuts"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
]
if getattr(settings, "LOCALITY_GALLERY", getattr(settings, "DEMO", False)):
    urlpatterns.append(path("gallery", views.gallery, name="gallery"))
