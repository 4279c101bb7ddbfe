"""Addresses of who shares what with whom, and of who looked."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.sharing import views
from locality.sharing.agreements import views as agreements
from locality.sharing.conflicts import views as conflicts
from locality.sharing.emergency import views as emergency
from locality.sharing.looks import views as looks
from locality.sharing.register import views as register
from locality.sharing.retention import views as retention
from locality.sharing.subjects import reading
from locality.sharing.subjects import views as subjects
from locality.sharing.words import Duty
from locality.ui import navigation

app_name = "sharing"
urlpatterns = [
    path("", views.partners, name="partners"),
    path("agreements/", agreements.exported, name="agreements-data"),
    path("agreements/new/", agreements.write, name="write-agreement"),
    path("agreements/who/", agreements.who, name="who-may-see"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/change/", agreements.change, name="change-agreement"),
    path("agreements/<uuid:agreement_id>/replace/", agreements.replace, name="replace-agreement"),
    path(
        "agreements/<uuid:agreement_id>/signatories/",
        agreements.signatories,
        name="agreement-signatories",
    ),
    path("agreements/<uuid:agreement_id>/<slug:way>/", agreements.step, name="agreement-step"),
    path("trail/", views.trail, name="trail"),
    path("processing/", register.processing, name="processing"),
    path("algorithms/", register.algorithms, name="algorithms"),
    path("emergency/", emergency.uses, name="emergencies"),
    path("emergency/<uuid:access_id>/", emergency.use, name="emergency"),
    path("emergency/<uuid:access_id>/end/", emergency.end, name="end-emergency"),
    path("kept/", conflicts.conflicts, name="conflicts"),
    path("kept/<uuid:whom_id>/", conflicts.kept_from, name="kept-from"),
    path("kept/<uuid:conflict_id>/lift/", conflicts.lift, name="lift-conflict"),
    path("apart/<uuid:apart_id>/end/", conflicts.end_apart, name="end-apart"),
    path("kept-for/", retention.schedules, name="schedules"),
    path("kept-for/<str:of>/", retention.schedule, name="schedule"),
    path("over/", retention.over, name="over"),
    path("over/gone/", retention.gone, name="gone"),
    path("holds/", retention.holds, name="holds"),
    path("holds/on/<uuid:whom_id>/", retention.hold, name="hold"),
    path("holds/<uuid:hold_id>/lift/", retention.lift, name="lift-hold"),
    path("looks/", looks.looks, name="looks"),
    path("looks/changes/", looks.changes, name="changes"),
    path("looks/unusual/", looks.unusual, name="unusual-looks"),
    path("looks/unusual/<uuid:look_id>/<slug:sign>/", looks.review, name="review-look"),
    path("looks/by/<uuid:post_id>/", looks.by_post, name="looks-by"),
    path("looks/at/<uuid:record_id>/", looks.at_record, name="looks-at"),
    path("requests/", subjects.requests, name="subject-requests"),
    path("requests/new/", subjects.log, name="log-subject-request"),
    path("requests/<uuid:subject_request_id>/", subjects.one, name="subject-request"),
    path(
        "requests/<uuid:subject_request_id>/ask/", subjects.ask_to_read, name="ask-subject-reader"
    ),
    path("requests/<uuid:subject_request_id>/who/", reading.who, name="subject-who"),
    path("requests/<uuid:subject_request_id>/held/", reading.everything, name="subject-held"),
    path("requests/<uuid:subject_request_id>/read/", reading.finish, name="finish-subject"),
    path(
        "requests/<uuid:subject_request_id>/held/<str:kind>/<uuid:item_id>/",
        reading.one,
        name="subject-item",
    ),
    path("corrections/<uuid:correction_id>/", reading.correction, name="correction"),
    path("requests/<uuid:subject_request_id>/answer.pdf", subjects.as_pdf, name="subject-pdf"),
    path("requests/<uuid:subject_request_id>/answer.json", subjects.as_data, name="subject-data"),
    path("requests/<uuid:subject_request_id>/<slug:way>/", subjects.step, name="subject-step"),
]
navigation.add(_("Who looked"), "sharing:looks", Duty.GOVERN)
navigation.add(_("Requests from people"), "sharing:subject-requests", Duty.GOVERN)
