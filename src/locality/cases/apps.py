"""The cases domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """See README.md."""

    name = "locality.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        """Tell the governance lead's pages whom a colleague's work joins them to."""
        from locality.cases import keeping, looking, urgent
        from locality.people.services import tell_in_emergency
        from locality.sharing.looks import doors
        from locality.sharing.subjects import doors as subjects

        keeping.answer_for()
        doors.record_page("cases:case", _("A case"))
        doors.call_by_name(looking.called)
        doors.point_out(looking.no_tie)
        tell_in_emergency(urgent.cases_about)
        case = "case__about"
        subjects.hold(
            subjects.Holding("cases.case", "about", _("A case that helps you"), "opened_at"),
            subjects.Holding("cases.edit", case, _("What a case said before"), "made_at"),
            subjects.Holding("cases.subject", "person", _("Your part in a case")),
            subjects.Holding("cases.need", case, _("A need"), "made_at"),
            subjects.Holding("cases.goal", case, _("A goal"), "made_at"),
            subjects.Holding("cases.action", case, _("Something somebody does"), "made_at"),
            subjects.Holding("cases.review", case, _("A review of how it goes"), "held_on"),
            subjects.Holding("cases.request", case, _("A question we asked"), "asked_at"),
            subjects.Holding(
                "cases.telling", "record__person", _("What we told somebody about you"), "made_at"
            ),
            subjects.Holding(
                "cases.note", case, _("A note"), "happened_on", gate="locality.notes_about"
            ),
        )
