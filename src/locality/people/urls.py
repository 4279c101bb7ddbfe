"""Addresses of pages about people. What was searched for is never in one."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.people import views
from locality.people.consents import views as consents
from locality.people.emergency import views as emergency
from locality.ui import navigation

app_name = "people"
urlpatterns = [
    path("", views.search, name="search"),
    path("emergency/", emergency.take, name="take-emergency"),
    path("emergency/<uuid:access_id>/", emergency.seen, name="in-emergency"),
    path("new/", views.add, name="add"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/apart/", views.keep_apart, name="keep-apart"),
    path("<uuid:person_id>/apart/<uuid:other_id>/", views.apart_from, name="apart-from"),
    path("<uuid:person_id>/own-record/", views.add_own, name="add-own"),
    path("<uuid:person_id>/consents/", consents.answers, name="consents"),
    path("<uuid:person_id>/consents/new/", consents.write_down, name="write-consent"),
    path("consents/<uuid:consent_id>/", consents.withdraw, name="withdraw-consent"),
    path("records/<uuid:record_id>/correct/", views.correct, name="correct"),
    path("records/<uuid:record_id>/contact/", views.contact, name="contact"),
    path("records/<uuid:record_id>/same-as/", views.link, name="link"),
    path("records/<uuid:record_id>/same-as/<uuid:person_id>/", views.link_to, name="link-to"),
    path("links/<uuid:link_id>/take-back/", views.unlink, name="unlink"),
]
navigation.add(_("Who is this?"), "people:search")
