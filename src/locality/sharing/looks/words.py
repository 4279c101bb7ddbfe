"""The words of looks: one look at a person, what stands out about it, and from what on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from locality.sharing.words import Sign


class Pair(NamedTuple):
    """Somebody who looked at one person's page: the first such look of the days asked about."""

    look: UUID
    at: datetime
    post: UUID
    looker: str
    person: UUID


@dataclass(frozen=True, slots=True)
class Unusual:
    """One look that stands out, by which sign, and why in a sentence."""

    sign: Sign
    look: UUID
    at: datetime
    post: UUID
    why: str


@dataclass(frozen=True, slots=True)
class Limits:
    """From what on a look stands out: unusual.toml, with who decided and until when."""

    days: int
    usual_days: int
    night_begins: time
    night_ends: time
    night_share: float
    many_people: int
    far_more_times: float
    far_more_least: int
    source: str
    review_by: date


# A domain above says which of these looks at people stand out, by what it alone knows.
Pointer = Callable[[Sequence[Pair]], list[Unusual]]
# A domain above says what to call those of these records that show.
Namer = Callable[[Sequence[UUID]], dict[UUID, str]]
