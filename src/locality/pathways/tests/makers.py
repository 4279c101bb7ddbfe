"""Pathways for tests, as simple as the words allow."""

from datetime import date

from locality.pathways.words import (
    Agreement,
    Before,
    Checked,
    Clock,
    Eligibility,
    End,
    Example,
    Facts,
    HowFit,
    Pathway,
    Sessions,
    Source,
    StartsAt,
    Step,
    Stop,
)

NEEDS = ("education", "housing", "money")
AREAS = ("Northside", "Southside")


def a_step(key: str, then: tuple[str, ...], **changes: object) -> Step:
    return Step(**{
        "key": key, "name": key.capitalize(), "who": "worker", "within": Clock(working_days=5),
        "then": then, "evidence": "A note", "starts_at": StartsAt.ACCEPTANCE, **changes,
    })  # fmt: skip


def a_pathway(**changes: object) -> Pathway:
    """A pathway without faults, changed as told."""
    return Pathway(**{
        "key": "help", "name": "Help", "says": "Some help.", "owner": "somebody",
        "version": "1", "review_by": date(2027, 3, 31), "purposes": ("early help",),
        "gateways": ("public task",), "provided_by": ("council",),
        "sources": (Source("The Act", Checked.OFFICIAL, date(2027, 3, 31)),),
        "eligible": Eligibility(any_need=frozenset({"education"}), at_least=5, below=18),
        "agreement": Agreement(True, "a parent", "Ask again later."),
        "before": (Before("safe", "it is safe"),),
        "stops": (Stop("harm", "there is harm", "Call 999."),),
        "answer_within": Clock(working_days=2),
        "steps": (a_step("meet", ("done", "gone")),),
        "ends": (End("done", "Done"), End("gone", "Gone")),
        "sessions": Sessions(1, 2, "every week"), "outcomes": ("Better",),
        "grades": ("reached", "not reached"), "report_headings": ("What we did",),
        "readable_for_days": 28,
        "examples": (
            Example("fits", Facts(9, frozenset({"education"}), None, True, frozenset({"safe"})),
                    HowFit.FITS),
            Example("too old", Facts(18), HowFit.DOES_NOT_FIT),
        ),
        **changes,
    })  # fmt: skip
