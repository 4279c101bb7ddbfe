"""The triage domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TriageConfig(AppConfig):
    """See README.md."""

    name = "locality.triage"
    label = "triage"
    verbose_name = _("The queue")

    def ready(self) -> None:
        """Name the pages that show one record, for whoever asks who looked."""
        from locality.sharing.looks import doors
        from locality.sharing.subjects import doors as subjects
        from locality.triage import keeping

        keeping.answer_for()
        doors.record_page("triage:concern", _("A concern in the queue"))
        subjects.hold(
            subjects.Holding(
                "triage.screening", "concern__about", _("What was decided about a concern"),
                "decided_at", gate="locality.screenings_about",
            )
        )  # fmt: skip
