"""The words of intake: what arrives, and what somebody noticed."""

from enum import StrEnum


class Told(StrEnum):
    """What has been said to the person or family about raising this."""

    AGREED = "they know and agree"
    DISAGREED = "they know and do not agree"
    NOT_TOLD = "they have not been told"
    COULD_NOT_ASK = "it was not possible to ask"


class Why(StrEnum):
    """Why a concern is shared without agreement."""

    SOMEONE_AT_RISK = "asking would put somebody at risk"
    CHILD_AT_RISK = "a child may be at risk of harm"
    ADULT_CANNOT_DECIDE = "an adult at risk may not be able to decide about this"
    CRIME = "a serious crime may be prevented"
    OTHER = "another reason"


class Urgency(StrEnum):
    """How soon somebody must look."""

    TODAY = "today"
    SOON = "soon"
    ROUTINE = "routine"


class Stage(StrEnum):
    """What became of a concern, in words its reporter may read."""

    WAITING = "waiting to be looked at"
    LOOKED_AT = "looked at"
    SIGNPOSTED = "advice given"
    LINKED = "added to help already under way"
    HELPING = "help is being planned"
    URGENT = "passed on urgently"
    ENDED = "help has ended"
    WITHDRAWN = "withdrawn"


class AboutKind(StrEnum):
    """What a concern is about."""

    PERSON = "person"
    PLACE = "place"
