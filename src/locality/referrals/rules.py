"""What may be done with a referral and by when. Pure: the day is always an argument."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from locality.kit.dates import BankHolidays, working_days_between
from locality.kit.errors import Refused
from locality.kit.saying import in_turn, say
from locality.pathways.words import Fit, HowFit, Pathway
from locality.referrals.words import (
    NEEDS_WORDS,
    NEXT_STATE,
    OVER,
    Declined,
    ReferralState,
    ReportPart,
    StepState,
)

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(17)  # an answer is late after 5pm of its last day


def next_state(state: ReferralState, event: str) -> ReferralState:
    """Say where `event` moves a referral, or refuse with `referrals.no_such_step`."""
    try:
        return NEXT_STATE[state, event]
    except KeyError:
        raise Refused(
            "referrals.no_such_step",
            say(
                "This referral is {state}, so you cannot {event} it. Nothing was changed.",
                state=state,
                event=event,
            ),
        ) from None


def require_under_way(state: ReferralState) -> None:
    """Refuse with `referrals.not_under_way` unless the provider has said yes and not ended it."""
    if state != ReferralState.ACCEPTED:
        raise Refused(
            "referrals.not_under_way",
            say(
                "This referral is {state}. Steps and sessions are written down while it is under "
                "way.",
                state=state,
            ),
        )


def require_live(state: ReferralState) -> None:
    """Refuse with `referrals.over` once a referral was declined, withdrawn or ended."""
    if state in OVER:
        raise Refused(
            "referrals.over",
            say("This referral is {state}: nobody else can be let in.", state=state),
        )


def require_day(held_on: date, *, first: date, today: date) -> None:
    """Refuse with `referrals.not_that_day` a session before the offer or still to come."""
    if not first <= held_on <= today:
        raise Refused(
            "referrals.not_that_day",
            say(
                "A session is written down once it was due, from {first:%d/%m/%Y} to today.",
                first=first,
            ),
        )


def require_fit(found: Fit) -> None:
    """Refuse with `referrals.does_not_fit` unless the person fits, saying every reason why not."""
    if found.how != HowFit.FITS:
        why_not = in_turn(r.says for r in found.reasons if r.how != HowFit.FITS)
        raise Refused("referrals.does_not_fit", why_not)


def require_words(declined: Declined, says: str) -> None:
    """Refuse with `referrals.say_more` where the reason alone helps nobody."""
    if declined in NEEDS_WORDS and not says.strip():
        raise Refused(
            "referrals.say_more",
            "Say a little more, so that whoever offered it knows what would help instead.",
        )


def require_why(why: str, of_what: str) -> None:
    """Refuse with `referrals.say_why` unless a reason is given."""
    if not why.strip():
        raise Refused("referrals.say_why", say("Say why {of_what}.", of_what=of_what))


def end_of(day: date) -> datetime:
    """Say until when an answer due on a day is on time: 5pm in London."""
    return datetime.combine(day, END_OF_DAY, LONDON)


def require_step_state(state: StepState, says: str) -> None:
    """Refuse unless a step is marked done, or not taken with a reason."""
    if state == StepState.TO_DO:
        raise Refused("referrals.step_still_to_do", "Say whether it was done or not taken.")
    if state == StepState.SKIPPED:
        require_why(says, say("this step was not taken"))


def require_follows(pathway: Pathway, key: str, then: str) -> str:
    """Give the key of what follows a step: the one chosen, or the first the pathway names.

    Refuses with `referrals.does_not_follow` when the pathway does not lead there.
    """
    step = pathway.step(key)
    if step is None:  # the pathway has changed since and no longer has this step
        return then or pathway.ends[0].key
    if then and then not in step.then:
        raise Refused(
            "referrals.does_not_follow",
            say("“{then}” does not follow “{step}”.", then=then, step=say(step.name)),
        )
    return then or step.then[0]


def end_report(pathway: Pathway, written: Mapping[str, str]) -> list[ReportPart]:
    """Put what was written under the pathway's headings, in their order.

    Refuses with `referrals.report_not_whole` when a heading has nothing under it.
    """
    parts = [ReportPart(h, written.get(h, "").strip()) for h in pathway.report_headings]
    if missing := [part.heading for part in parts if not part.says]:
        raise Refused(
            "referrals.report_not_whole",
            say("The end report says nothing yet under: {missing}.", missing=say(missing[0])),
        )
    return parts


def require_known_end(pathway: Pathway, how: str, grade: str) -> None:
    """Refuse with `referrals.no_such_end` unless the pathway can end so, with such a grade."""
    if pathway.end(how) is None or grade not in pathway.grades:
        raise Refused(
            "referrals.no_such_end",
            say("“{pathway}” does not end in that way.", pathway=say(pathway.name)),
        )


def read_until(pathway: Pathway, ended: date) -> date:
    """Say the last day on which the provider may read a referral that has ended."""
    return ended + timedelta(days=pathway.readable_for_days)


def over_at_once(today: date) -> date:
    """Say the last day of access when it ends now: yesterday."""
    return today - timedelta(days=1)


def median_working_days(answered: Sequence[tuple[date, date]], holidays: BankHolidays) -> int:
    """Give the middle number of working days from offer to answer, a half rounded up."""
    waited = [working_days_between(offered, when, holidays) for offered, when in answered]
    return int(median(waited) + 0.5)
