"""How what the front door decided ends: with the concern."""

from django.db.models import Q

from locality.sharing.retention.doors import Relation, answer
from locality.sharing.retention.words import Answer


def answer_for() -> None:
    """Answer for every relation of triage."""
    answer(
        triage__screening__concern=Answer.GOES,
        triage__screening__circle=Answer.KEEPS,
        triage__screening__case=Answer.KEEPS,  # it must name its case, so the concern goes first
        triage__waiting__concern=Relation(Answer.GOES, keeps_while=lambda today: Q()),  # undecided
        triage__waiting__circle=Answer.KEEPS,
        triage__looking__concern=Answer.GOES,
    )
