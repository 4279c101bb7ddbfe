"""The people domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """See README.md."""

    name = "locality.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Tell the governance lead's pages what people are called and whose name is whose."""
        from locality.people import asking, keeping, looking, reads
        from locality.sharing.looks import doors
        from locality.sharing.subjects import doors as subjects

        keeping.answer_for()
        doors.record_page("people:person", _("A person"), person=True)
        doors.call_by_name(looking.called)
        doors.point_out(looking.own_name)

        subjects.correct_with("people.record", asking.correct)
        subjects.find_people(subjects.Finder(asking.candidates, reads.same_people))
        subjects.hold(
            subjects.Holding(
                "people.record", "person", _("Who you are, as we recorded it"), "recorded_on",
                leave_out=frozenset({"given_key", "family_key"}),
            ),
            subjects.Holding("people.contact", "person", _("How to reach you")),
            subjects.Holding("people.encounter", "person", _("A time we had to do with you"), "on"),
            subjects.Holding("people.household", "people__person", _("Your household")),
            subjects.Holding(
                "people.sameperson", "record__person",
                _("That two records are of you"), "decided_at", owner="record__owner",
            ),
        )  # fmt: skip
