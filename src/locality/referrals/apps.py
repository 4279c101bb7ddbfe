"""The referrals domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    """See README.md."""

    name = "locality.referrals"
    label = "referrals"
    verbose_name = _("Referrals")

    def ready(self) -> None:
        """Name the pages that show one record, for whoever asks who looked."""
        from locality.referrals import keeping
        from locality.sharing.looks import doors
        from locality.sharing.subjects import doors as subjects

        keeping.answer_for()
        doors.record_page("referrals:referral", _("A referral"))
        subjects.hold(
            subjects.Holding("referrals.referral", "about", _("A referral"), "offered_at"),
            subjects.Holding("referrals.step", "referral__about", _("A step of help"), "made_at"),
            subjects.Holding("referrals.session", "referral__about", _("A session"), "held_on"),
        )
