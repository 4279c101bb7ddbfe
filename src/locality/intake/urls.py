"""Addresses of raising a concern, and of what became of it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.intake import views
from locality.ui import navigation

app_name = "intake"
urlpatterns = [
    path("", views.raised, name="raised"),
    path("raise/", views.start, name="start"),
    path("drafts/<uuid:draft_id>/danger/", views.danger, name="danger"),
    path("drafts/<uuid:draft_id>/who/", views.who, name="who"),
    path("drafts/<uuid:draft_id>/noticed/", views.noticed, name="noticed"),
    path("drafts/<uuid:draft_id>/agreed/", views.agreed, name="agreed"),
    path("drafts/<uuid:draft_id>/check/", views.check, name="check"),
    path("drafts/<uuid:draft_id>/throw-away/", views.throw_away, name="throw-away"),
    path("drafts/<uuid:draft_id>/save/<str:on>/", views.save, name="save"),
    path("about/<uuid:person_id>/", views.about_person, name="about-person"),
    path("<uuid:concern_id>/", views.receipt, name="receipt"),
    path("<uuid:concern_id>/read/", views.concern, name="concern"),
]
navigation.add(_("Concerns"), "intake:raised", "raise")
