"""How what panels say about a case ends: with the case."""

from locality.sharing.retention.doors import answer, leave_alone
from locality.sharing.retention.words import Answer

OF_A_CASE = ("item", "research", "return", "interest", "decision", "agreedaction")


def answer_for() -> None:
    """Answer for every relation of panels."""
    leave_alone(
        "It says when a panel meets and who was there, and nothing about anybody who is helped.",
        "panels.panel", "panels.meeting", "panels.present",
    )  # fmt: skip
    answer(**{f"panels__{kind}__case": Answer.GOES for kind in OF_A_CASE})
    answer(
        panels__panel__circle=Answer.KEEPS,
        panels__research__item=Answer.GOES,
        panels__return__research=Answer.GOES,
        panels__interest__item=Answer.GOES,
        panels__decision__item=Answer.GOES,
        panels__agreedaction__decision=Answer.GOES,
        panels__agreedaction__action=Answer.GOES,
    )
