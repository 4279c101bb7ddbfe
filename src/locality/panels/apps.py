"""The panels domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PanelsConfig(AppConfig):
    """See README.md."""

    name = "locality.panels"
    label = "panels"
    verbose_name = _("Panels")

    def ready(self) -> None:
        """Name the pages that show one record, for whoever asks who looked."""
        from locality.panels import keeping
        from locality.sharing.looks import doors
        from locality.sharing.subjects import doors as subjects

        keeping.answer_for()
        doors.record_page("panels:panel", _("A panel"))
        doors.record_page("panels:meeting", _("A meeting"))
        case = "case__about"
        subjects.hold(
            subjects.Holding("panels.item", case, _("What a panel was asked"), "put_forward_at"),
            subjects.Holding("panels.research", case, _("What an agency was asked to look up"),
                             "asked_at"),
            subjects.Holding("panels.return", case, _("What we found for a panel"),
                             gate="locality.returns_about"),
            subjects.Holding("panels.interest", case, _("An interest somebody declared"),
                             "declared_at"),
            subjects.Holding("panels.decision", case, _("What a panel decided"), "decided_at"),
        )  # fmt: skip
