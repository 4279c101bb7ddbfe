"""Panel addresses."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.panels import views
from locality.ui import navigation

app_name = "panels"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:panel_id>/", views.panel, name="panel"),
    path("<uuid:panel_id>/plan", views.plan, name="plan"),
    path("meetings/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/build", views.build, name="build"),
    path("meetings/<uuid:meeting_id>/present", views.present, name="present"),
    path("meetings/<uuid:meeting_id>/hold", views.hold, name="hold"),
    path("meetings/<uuid:meeting_id>/cancel", views.cancel, name="cancel"),
    path("meetings/<uuid:meeting_id>/minutes", views.minutes, name="minutes"),
    path("meetings/<uuid:meeting_id>/minutes.docx", views.minutes_word, name="minutes-word"),
    path("items/<uuid:item_id>/", views.item, name="item"),
    path("items/<uuid:item_id>/choose", views.choose, name="choose"),
    path("items/<uuid:item_id>/ask", views.ask, name="ask"),
    path("items/<uuid:item_id>/interest", views.interest, name="interest"),
    path("decisions/<uuid:decision_id>/action", views.agree, name="agree"),
    path("research/<uuid:research_id>/", views.give_back, name="return"),
    path("cases/<uuid:case_id>/", views.of_case, name="of-case"),
    path("cases/<uuid:case_id>/forward", views.forward, name="forward"),
]
navigation.add(_("Panels"), "panels:index")
