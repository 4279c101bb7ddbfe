"""Read a date or a time as people type it, and say exactly what is wrong when it is not one."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")
ENGLISH = "january february march april may june july august september october november december"
TIME = re.compile(r"(\d{1,2})(?:[:.\s]?(\d{2}))?\s*([ap])?\.?m?\.?")


@dataclass(frozen=True)
class Wrong:
    """What is wrong: a code for the message, and which boxes to mark."""

    code: str  # empty, missing, unreal or year
    parts: tuple[str, ...]


def read_date(boxes: Mapping[str, str]) -> date | Wrong:
    """Turn three typed boxes into a date; months may be words."""
    given = {part: _digits(boxes.get(part, "")) for part in PARTS}
    missing = tuple(part for part in PARTS if not given[part])
    if len(missing) == 3:
        return Wrong("empty", PARTS)
    if missing:
        return Wrong("missing", missing)
    month = _month(given["month"])
    if not re.fullmatch(r"[0-9]{4}", given["year"]):
        return Wrong("year", ("year",))
    if month is None or not re.fullmatch(r"[0-9]{1,2}", given["day"]):
        return Wrong(
            "unreal",
            PARTS
            if month is None and not _is_day(given["day"])
            else ("month",)
            if month is None
            else ("day",),
        )
    try:
        return date(int(given["year"]), month, int(given["day"]))
    except ValueError:
        return Wrong("unreal", PARTS)


def read_time(typed: str) -> time | None:
    """Turn "2pm", "14:00", "2.30 pm", "midday" into a time, or nothing."""
    words = {"midday": time(12), "noon": time(12), "midnight": time()}
    plain = _digits(typed).lower().strip()
    if plain in words:
        return words[plain]
    found = TIME.fullmatch(plain)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12 or not half and found[2] is None:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _digits(typed: str) -> str:
    """Any script's digits as 0-9."""
    return "".join(
        str(unicodedata.decimal(c)) if unicodedata.decimal(c, None) is not None else c
        for c in str(typed).strip()
    )


def _is_day(typed: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,2}", typed))


def _month(typed: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", typed):
        return int(typed) if 1 <= int(typed) <= 12 else None
    word = typed.lower().rstrip(".")
    for n, english in enumerate(ENGLISH.split(), start=1):
        if word in {english, english[:3], str(MONTHS[n]).lower(), str(MONTHS_3[n]).lower()}:
            return n
    return 9 if word == "sept" else None


PART_NAMES = {"day": _("a day"), "month": _("a month"), "year": _("a year")}
