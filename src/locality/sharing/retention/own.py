"""How records of sharing itself end: circles, disclosures, conflicts go with what they serve."""

from datetime import date

from django.db.models import Q

from locality.sharing.retention.doors import ANY, Relation, answer, leave_alone
from locality.sharing.retention.going import PERSON
from locality.sharing.retention.words import Answer
from locality.sharing.subjects.words import ENDS
from locality.sharing.words import CircleKind


def answer_for() -> None:
    """Answer for every relation of sharing."""
    leave_alone(
        "It says who may do what, and nothing about anybody who is helped.",
        "sharing.agency", "sharing.role", "sharing.purpose", "sharing.agreement",
        "sharing.agreementstep", "sharing.party", "sharing.coverage",
    )  # fmt: skip
    leave_alone(
        "It is about whoever works here, and what they did names them.",
        "sharing.user", "sharing.post",
    )  # fmt: skip
    leave_alone(
        "The trail stays whole, so that it shows when it was rewritten; details are erased apart.",
        "sharing.auditentry", "sharing.consultation", "sharing.signin", "sharing.lookreview",
        "sharing.emergencyaccess", "sharing.emergencyreview",
    )  # fmt: skip
    leave_alone(
        "Two people stay apart until somebody ends it; no schedule does.", "sharing.apart"
    )  # fmt: skip
    leave_alone(
        "It shows how somebody's right was answered; no schedule for it is agreed yet.",
        "sharing.subjectrequest", "sharing.subjectreader", "sharing.subjectstep",
        "sharing.subjectitem", "sharing.subjectanswer",
    )  # fmt: skip
    leave_alone(
        "It says that something must be kept, and ends when a lead lifts it; no schedule ends it.",
        "sharing.hold",
    )  # fmt: skip
    leave_alone(
        "It shows by whose word a record went, and then names nobody.",
        "sharing.ownschedule", "sharing.disposal", "sharing.disposalstep",
    )  # fmt: skip
    leave_alone(
        "It shows what somebody agreed to or refused; no schedule for it is agreed yet.",
        "sharing.consent",
    )  # fmt: skip
    a_request_is_open = Relation(Answer.KEEPS, ANY, lambda _: ~_ended("request__"))
    answer(
        sharing__member__circle=Answer.GOES,
        sharing__workswith__circle=Answer.GOES,
        sharing__workswith__person=Relation(Answer.STAYS, PERSON),
        sharing__disclosure__circle=Answer.GOES,
        sharing__received__disclosure=Answer.GOES,
        sharing__disclosure__recipients=Relation(Answer.STAYS, "sharing.post"),
        sharing__disclosed__recipients=Relation(Answer.STAYS, "sharing.post"),
        sharing__consent__person=Relation(Answer.KEEPS, PERSON, counts),
        sharing__disclosed__disclosure=Answer.GOES,
        sharing__disclosed__circle=Answer.GOES,
        sharing__disclosed__item=Relation(Answer.GOES, ANY, runs),
        sharing__conflict__subject=Relation(Answer.GOES, ANY),
        sharing__apart__protected=Relation(Answer.KEEPS, PERSON, lambda _: Q(ended_at=None)),
        sharing__apart__feared=Relation(Answer.KEEPS, PERSON, lambda _: Q(ended_at=None)),
        sharing__hold__subject=Relation(Answer.FREEZES, ANY, lambda _: Q(lifted_at=None)),
        sharing__subjectrequest__subjects=Relation(Answer.FREEZES, PERSON, lambda _: ~_ended("")),
        sharing__subjectitem__item=a_request_is_open,
        sharing__subjectanswer__item=a_request_is_open,
        sharing__subjectcorrection__item=Relation(Answer.GOES, ANY),
    )  # fmt: skip


def counts(today: date) -> Q:
    """Say which consents count on a day: what rests on one is not over."""
    return Q(ended_at=None, until__gte=today)


def runs(today: date) -> Q:
    """Say which disclosed items somebody still sees, on a day.

    What came to a front door is over with its decision, and nothing undecided is ever due.
    """
    return (
        Q(withdrawn_at=None)
        & (Q(until=None) | Q(until__gte=today))
        & (Q(circle__closed_on=None) | Q(circle__closed_on__gte=today))
        & ~Q(circle__kind=CircleKind.FRONT_DOOR)
    )


def _ended(way: str) -> Q:
    return Q(**{f"{way}steps__step__in": [one.value for one in ENDS]})
