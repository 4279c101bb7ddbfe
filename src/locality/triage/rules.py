"""What a decision must say, and whether it was in time. Pure."""

from datetime import datetime, timedelta

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.triage.words import Decided, NewScreening

LOOKING_LASTS = timedelta(minutes=10)


def require_whole(screening: NewScreening) -> None:
    """Refuse, saying what is missing, unless a decision says all that its kind must say."""
    if not screening.reason.strip():
        raise Refused("triage.say_why", "Say why you decide this. It is kept with the concern.")
    needs = {
        Decided.SIGNPOST: (screening.route.strip(), say("Say what you point the reporter to.")),
        Decided.URGENT: (screening.route.strip(), say("Say whom you have told, and how.")),
        Decided.LINK: (
            screening.case_id and screening.summary.strip(),
            say("Choose the case, and write what its team needs to know."),
        ),
        Decided.OPEN: (screening.opening, say("Say what the case is for and who leads it.")),
    }
    said, ask = needs[screening.decided]
    if not said:
        raise Refused("triage.not_whole", ask)


def is_in_time(decided_at: datetime, screen_by: datetime) -> bool:
    """Say whether a decision came before the clock ran out. The last moment is in time."""
    return decided_at <= screen_by


def is_looking(since: datetime, now: datetime) -> bool:
    """Say whether somebody who opened a concern then is still taken to be looking."""
    return now - since <= LOOKING_LASTS
