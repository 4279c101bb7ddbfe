"""Who may see what: the lowest domain with tables."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    """Agencies, agreements, acting, disclosure and audit."""

    name = "locality.sharing"
    label = "sharing"
    verbose_name = _("Sharing")

    def ready(self) -> None:
        """Say what sharing itself holds about the people who are helped."""
        from locality.sharing.retention.own import answer_for
        from locality.sharing.subjects.doors import Holding, hold, holds_nothing

        answer_for()
        hold(
            Holding("sharing.conflict", "subject", _("That somebody is kept from what is yours"),
                    "declared_at", owner="agency"),
            Holding("sharing.consent", "person", _("What they were asked and said"), "taken_at"),
            Holding("sharing.hold", "subject", _("That what is about you must be kept"),
                    "declared_at", owner="agency"),
            Holding(
                "sharing.emergencyaccess", "subjects", _("A use of emergency access"), "given_at",
                owner="agency", leave_out=frozenset({"owners"}),
            ),
        )  # fmt: skip
        staff = "It is about whoever works here."
        theirs = "It is of their own request."
        trail = "The trail shows that nothing was rewritten: it says no more than what it is about."
        holds_nothing(
            sharing__user=staff, sharing__post=staff, sharing__party=staff, sharing__signin=staff,
            sharing__lookreview=staff, sharing__emergencyreview=staff,
            sharing__apart="It keeps two people apart: telling either would undo that.",
            sharing__workswith="It says no more than the case or the referral that it is of.",
            sharing__agreementstep="It is about an agreement.",
            sharing__disposal="It says when the time of a record is over, which is told itself.",
            sharing__disposalstep="It is about how long a record is kept, which is told itself.",
            sharing__consultation=trail, sharing__auditentry=trail,
            sharing__disclosure="It is told with what was disclosed.",
            sharing__subjectrequest=theirs, sharing__subjectstep=theirs,
            sharing__subjectitem=theirs, sharing__subjectanswer=theirs,
            sharing__subjectcorrection=theirs,
        )  # fmt: skip
