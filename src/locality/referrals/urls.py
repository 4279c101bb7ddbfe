"""Every address of referrals."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from locality.referrals.views import finding, offering, working
from locality.sharing.words import Duty
from locality.ui import navigation

app_name = "referrals"
navigation.add(_("Referrals"), "referrals:list", Duty.PROVIDE, Duty.LEAD)

REFERRAL = "<uuid:referral_id>/"
CASE = "case/<uuid:case_id>/"
urlpatterns = [
    path("", finding.referrals, name="list"),
    path("under-way/", finding.referrals, {"tab": "under-way"}, name="under-way"),
    path("over/", finding.referrals, {"tab": "ended"}, name="ended"),
    path(CASE, finding.of_case, name="of-case"),
    path(CASE + "refer/", offering.choose_person, name="refer"),
    path(CASE + "<uuid:person_id>/", offering.choose, name="choose"),
    path(CASE + "<uuid:person_id>/<slug:key>/", offering.offer, name="offer"),
    path("steps/<uuid:step_id>/", working.step, name="step"),
    path(REFERRAL, finding.referral, name="referral"),
    path(REFERRAL + "accept/", working.accept, name="accept"),
    path(REFERRAL + "decline/", working.decline, name="decline"),
    path(REFERRAL + "withdraw/", working.withdraw, name="withdraw"),
    path(REFERRAL + "hand-over/", working.hand_over, name="hand-over"),
    path(REFERRAL + "let-in/", working.let_in, name="let-in"),
    path(REFERRAL + "sessions/add/", working.session, name="session"),
    path(REFERRAL + "end/", working.end, name="end"),
    path(REFERRAL + "report/", finding.report, name="report"),
]
