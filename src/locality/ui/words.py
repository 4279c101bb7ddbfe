"""The words of pages: what somebody has to do, as any domain may say it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that waits for somebody: a sentence, the verb that deals with it, and by when."""

    says: str
    verb: str
    url_name: str
    url_args: tuple[object, ...]
    due: date | datetime | None
    overdue: bool
    kind: str
