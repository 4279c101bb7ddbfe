"""The impact domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    """See README.md."""

    name = "locality.impact"
    label = "impact"
    verbose_name = _("Board reports")

    def ready(self) -> None:
        """Say that a report holds nothing about anybody who is helped."""
        from locality.sharing.retention.doors import leave_alone
        from locality.sharing.subjects.doors import holds_nothing

        leave_alone(
            "It is about an area, and names nobody who is helped.",
            "impact.report", "impact.block", "impact.blockversion",
        )  # fmt: skip
        holds_nothing(impact__blockversion="A report is about an area, and names nobody.")
