"""The intake domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """See README.md."""

    name = "locality.intake"
    label = "intake"
    verbose_name = _("Concerns")

    def ready(self) -> None:
        """Name the pages that show one record, for whoever asks who looked."""
        from locality.intake import keeping, urgent
        from locality.people.services import tell_in_emergency
        from locality.sharing.looks import doors
        from locality.sharing.subjects import doors as subjects

        keeping.answer_for()
        doors.record_page("intake:concern", _("A concern"))
        tell_in_emergency(urgent.concerns_about)

        of_concern = "receipt__concern__"
        subjects.hold(
            subjects.Holding(
                "intake.concern", "about", _("A concern somebody raised"), "noticed_on"
            ),
            subjects.Holding("intake.narrative", "concern__about", _("What was noticed")),
            subjects.Holding("intake.about", "person", _("How a concern describes you")),
            subjects.Holding(
                "intake.addition", "concern__about", _("Something added to a concern"), "added_at"
            ),
            subjects.Holding(
                "intake.reply", f"{of_concern}about", _("What whoever raised it was told"),
                "told_at", owner=f"{of_concern}owner",
            ),
            subjects.Holding(
                "intake.withdrawal", f"{of_concern}about", _("That a concern was taken back"),
                "withdrawn_at", owner=f"{of_concern}owner",
            ),
        )  # fmt: skip
        subjects.holds_nothing(
            intake__receipt="It says no more than the concern it is of.",
            intake__draft="Nobody but its writer sees it, and it is gone after 14 days.",
        )
