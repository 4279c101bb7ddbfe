"""Every address of cases."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.cases.views import finding, knowing, overview, planning, team, telling
from locality.sharing.words import Duty
from locality.ui import navigation

app_name = "cases"
navigation.add(_("Cases"), "cases:mine", Duty.LEAD, Duty.PROVIDE, Duty.RAISE)

CASE = "<uuid:case_id>/"
urlpatterns = [
    path("", finding.mine, name="mine"),
    path("about/<uuid:person_id>/", finding.about_person, name="about-person"),
    path("about/<uuid:person_id>/tell/", telling.tell, name="tell"),
    path("told/", telling.told, name="told"),
    path("told/<uuid:telling_id>/", telling.telling, name="telling"),
    path("told/<uuid:telling_id>/received/", telling.receive, name="receive-telling"),
    path("told/<uuid:telling_id>/withdraw/", telling.withdraw, name="withdraw-telling"),
    path("about-place/<uuid:place_id>/", finding.about_place, name="about-place"),
    path("open/<uuid:person_id>/", overview.open_about, name="open-about"),
    path("asked/", knowing.asked, name="asked"),
    path("asked/<uuid:request_id>/", knowing.answer, name="answer"),
    path("asked/<uuid:request_id>/call-off/", knowing.call_off, name="call-off"),
    path("needs/<uuid:need_id>/", planning.edit_need, name="edit-need"),
    path("needs/<uuid:need_id>/met/", planning.meet_need, name="meet-need"),
    path("needs/<uuid:need_id>/undo/", planning.undo_need, name="undo-need"),
    path("needs/<uuid:need_id>/goals/add/", planning.add_goal, name="add-goal"),
    path("goals/<uuid:goal_id>/", planning.edit_goal, name="edit-goal"),
    path("goals/<uuid:goal_id>/actions/add/", planning.add_action, name="add-action-for"),
    path("goals/<uuid:goal_id>/grade/", planning.grade_goal, name="grade-goal"),
    path("actions/<uuid:action_id>/", planning.edit_action, name="edit-action"),
    path("actions/<uuid:action_id>/end/", planning.end_action, name="end-action"),
    path("actions/<uuid:action_id>/undo/", planning.undo_action, name="undo-action"),
    path("notes/<uuid:note_id>/share/", knowing.share_note, name="share-note"),
    path(CASE, overview.case, name="case"),
    path(CASE + "edit/", overview.edit, name="edit"),
    path(CASE + "close/", overview.close, name="close"),
    path(CASE + "reopen/", overview.reopen, name="reopen"),
    path(CASE + "plan/", planning.plan, name="plan"),
    path(CASE + "needs/add/", planning.add_need, name="add-need"),
    path(CASE + "actions/add/", planning.add_action, name="add-action"),
    path(CASE + "reviews/", planning.reviews, name="reviews"),
    path(CASE + "reviews/add/", planning.hold_review, name="hold-review"),
    path(CASE + "knows/", knowing.knows, name="knows"),
    path(CASE + "knows/ask/", knowing.ask_agency, name="ask"),
    path(CASE + "knows/<uuid:disclosure_id>/withdraw/", knowing.withdraw, name="withdraw"),
    path(CASE + "knows/<uuid:disclosure_id>/received/", knowing.receive, name="receive"),
    path(CASE + "notes/", knowing.notes, name="notes"),
    path(CASE + "notes/add/", knowing.add_note, name="add-note"),
    path(CASE + "timeline/", knowing.timeline, name="timeline"),
    path(CASE + "team/", team.team, name="team"),
    path(CASE + "team/add/", team.add_member, name="add-member"),
    path(CASE + "team/hand-over/", team.hand_over, name="hand-over"),
    path(CASE + "team/<uuid:post_id>/remove/", team.remove_member, name="remove-member"),
]
