"""Addresses of raising a concern, and of what became of it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.intake.views import drafts, following, raising, who
from locality.ui import navigation

app_name = "intake"
urlpatterns = [
    path("", following.raised, name="raised"),
    path("raise/", raising.start, name="start"),
    path("drafts/<uuid:draft_id>/danger/", raising.danger, name="danger"),
    path("drafts/<uuid:draft_id>/who/", who.who, name="who"),
    path("drafts/<uuid:draft_id>/noticed/", raising.noticed, name="noticed"),
    path("drafts/<uuid:draft_id>/agreed/", raising.agreed, name="agreed"),
    path("drafts/<uuid:draft_id>/check/", raising.check, name="check"),
    path("drafts/<uuid:draft_id>/throw-away/", drafts.throw_away, name="throw-away"),
    path("drafts/<uuid:draft_id>/save/<str:on>/", drafts.save, name="save"),
    path("about/<uuid:person_id>/", following.about_person, name="about-person"),
    path("<uuid:concern_id>/", following.receipt, name="receipt"),
    path("<uuid:concern_id>/read/", following.concern, name="concern"),
    path("<uuid:concern_id>/add/", following.add_more, name="add-more"),
    path("<uuid:concern_id>/withdraw/", following.withdraw, name="withdraw"),
]
navigation.add(_("Concerns"), "intake:raised", "raise")
