"""How an agreement stands on a day. Pure."""

from datetime import date, timedelta

from locality.sharing.words import AgreementState, Standing

SOON = timedelta(days=90)  # how long before its end an agreement says so


def standing(state: AgreementState, *, starts: date, until: date, today: date) -> Standing:
    """Say where an agreement stands: its first and last day count."""
    if state == AgreementState.ENDED or until < today:
        return Standing.OVER
    if state != AgreementState.IN_FORCE:
        return Standing(state.value)
    return Standing.TO_COME if starts > today else Standing.IN_FORCE


def ends_soon(until: date, today: date) -> bool:
    """Say whether an agreement ends so soon that somebody must look at it now."""
    return today <= until <= today + SOON
