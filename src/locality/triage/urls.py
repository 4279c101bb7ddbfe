"""Addresses of the queue. Filters are in them; nothing about anybody is."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.sharing.words import Duty
from locality.triage.views import placing, queue
from locality.ui import navigation

app_name = "triage"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("<uuid:concern_id>/", queue.concern, name="concern"),
    path("<uuid:concern_id>/place/", placing.name_place, name="place"),
    path("<uuid:concern_id>/<str:way>/", queue.decide, name="decide"),
]
navigation.add(_("Queue"), "triage:queue", Duty.SCREEN)
