"""How cases end: when they are closed, with everything beneath them."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from locality.cases.words import CaseState
from locality.sharing.retention.doors import Relation, Root, answer, ends
from locality.sharing.retention.going import PERSON
from locality.sharing.retention.words import Answer

LEAVES = frozenset({"opened_at", "closed_at", "closing", "category"})
PARTS = ("edit", "subject", "need", "goal", "action", "review", "note", "request")


def answer_for() -> None:
    """Answer for every relation of cases."""
    ends(
        Root(
            "cases.case",
            _("A case and all that belongs to it"),
            lambda: F("closed_at"),
            "about",
            leaves=LEAVES,
        )
    )
    still_open = Relation(Answer.KEEPS, "intake.concern", lambda today: Q(state=CaseState.OPEN))
    answer(**{f"cases__{part}__case": Answer.GOES for part in PARTS})
    answer(
        cases__case__circle=Answer.CARRIES,
        cases__case__before=Answer.KEEPS,
        cases__case__about=Relation(Answer.KEEPS, PERSON),
        cases__case__concerns=still_open,
        cases__subject__person=Answer.KEEPS,
        cases__subject__household=Answer.KEEPS,
        cases__subject__place=Relation(Answer.STAYS, "places.place"),
        cases__goal__need=Answer.GOES,
        cases__action__goal=Answer.GOES,
        cases__note__request=Answer.GOES,
        cases__telling__record=Answer.GOES,
        cases__telling__circle=Answer.CARRIES,
        cases__request__circle=Answer.GOES,
        cases__request__disclosure=Answer.GOES,
    )
