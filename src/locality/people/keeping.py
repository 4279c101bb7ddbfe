"""How records of people end: after the last time an agency had to do with them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Case, Exists, F, Max, OuterRef, Subquery, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from locality.people.models import Encounter, Living, Record
from locality.sharing.retention.doors import Root, answer, ends, know_births, leave_alone
from locality.sharing.retention.words import Answer


def answer_for() -> None:
    """Answer for every relation of people."""
    ends(
        Root(
            "people.record",
            _("An agency’s record of a person"),
            _last_met,
            "person",
            stands_for=True,
        ),
        Root("people.household", _("A household"), _left),
    )
    leave_alone("It is an identifier alone, and says nothing about anybody.", "people.person")
    answer(
        people__record__person=Answer.STAYS,
        people__contact__record=Answer.GOES,
        people__contact__person=Answer.STAYS,
        people__encounter__record=Answer.GOES,
        people__encounter__person=Answer.STAYS,
        people__living__household=Answer.GOES,
        people__living__person=Answer.STAYS,
        people__sameperson__record=Answer.GOES,
        people__sameperson__was=Answer.STAYS,
        people__sameperson__now=Answer.STAYS,
        people__sameperson__undoes=Answer.GOES,
    )
    know_births(births)


def births(people: Sequence[UUID], using: str) -> dict[UUID, date]:
    """Say when people were born: the latest of what agencies' records say, so that all is kept."""
    born = Record.objects.using(using).filter(person__in=people, born__isnull=False)
    youngest = born.order_by().values("person").annotate(day=Max("born"))
    return dict(youngest.values_list("person", "day"))


def _last_met() -> Greatest:
    met = Encounter.objects.filter(record=OuterRef("pk")).order_by("-on").values("on")[:1]
    return Greatest(F("recorded_on"), Subquery(met))


def _left() -> Case:
    there = Living.objects.filter(household=OuterRef("pk"))
    return Case(
        When(~Exists(there.filter(until=None)),
             then=Subquery(there.order_by("-until").values("until")[:1])),
        default=None,
    )  # fmt: skip
