"""Board report addresses."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.impact import views
from locality.sharing.words import Duty
from locality.ui import navigation

app_name = "impact"
navigation.add(_("Board reports"), "impact:reports", Duty.REPORT, Duty.ANALYSE)
urlpatterns = [
    path("", views.index, name="reports"),
    path("start/", views.start, name="start"),
    path("<uuid:report_id>/", views.show, name="report"),
    path("<uuid:report_id>/report.pdf", views.as_pdf, name="pdf"),
    path("<uuid:report_id>/report.docx", views.as_word, name="word"),
    path("<uuid:report_id>/sign/", views.finish, name="finish"),
    path("<uuid:report_id>/words/<str:key>/", views.edit, name="edit"),
    path("<uuid:report_id>/words/<str:key>/versions/", views.versions, name="versions"),
    path(
        "<uuid:report_id>/words/<str:key>/versions/<int:number>/restore/",
        views.restore,
        name="restore",
    ),
]
