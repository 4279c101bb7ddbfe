"""How one use of emergency access stands. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """How long it lasts and how soon it is looked at: limits.toml, with who decided."""

    minutes: int
    review_hours: int
    source: str
    review_by: date
    confirmed: bool


def review_due(given_at: datetime, limits: Limits) -> datetime:
    """Say by when somebody must have looked at it."""
    return given_at + timedelta(hours=limits.review_hours)


def is_live(*, until: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Say whether it still opens anything, as far as the time of day goes."""
    return revoked_at is None and now < until
