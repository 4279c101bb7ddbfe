"""Addresses of the queue. Filters are in them; nothing about anybody is."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.sharing.words import Duty
from locality.triage import views
from locality.ui import navigation

app_name = "triage"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<uuid:concern_id>/", views.concern, name="concern"),
    path("<uuid:concern_id>/<str:way>/", views.decide, name="decide"),
]
navigation.add(_("Queue"), "triage:queue", Duty.SCREEN)
