"""Say times the way people do: exact, in words, never as a negative number."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON = timedelta(hours=24)


def is_overdue(when: date | datetime, now: datetime) -> bool:
    """Say whether `when` has passed; a date without a time lasts until its midnight."""
    if isinstance(when, datetime):
        return _local(when) < _local(now)
    return when < _local(now).date()


def state(when: date | datetime, now: datetime) -> str:
    """Say `overdue`, `soon` (within a day) or `later`."""
    if is_overdue(when, now):
        return "overdue"
    return "soon" if _end(when) - _local(now) <= SOON else "later"


def due_in_words(when: date | datetime, now: datetime) -> str:
    """Say when something is due: "due tomorrow, Tuesday 24 March, 5pm"."""
    near, exact = due_parts(when, now)
    return f"{near}, {exact}" if exact else near


def due_parts(when: date | datetime, now: datetime) -> tuple[str, str]:
    """Say it in two: how near ("due tomorrow") and exactly when ("Tuesday 24 March, 5pm")."""
    if is_overdue(when, now):
        return _late(when, now), _("was due %(when)s") % {"when": moment_in_words(when, now)}
    days = (_day(when) - _local(now).date()).days
    if days == 0:
        return _due_today(when, now)
    return _days_off(days), moment_in_words(when, now)


def late_by(when: date | datetime, now: datetime) -> str:
    """Say how late, to follow the word "Overdue": "by 2 days", or nothing within the hour."""
    days = (_local(now).date() - _day(when)).days
    if days >= 1:
        return ngettext("by %(n)d day", "by %(n)d days", days) % {"n": days}
    hours = int((_local(now) - _end(when)).total_seconds() // 3600)
    return ngettext("by %(n)d hour", "by %(n)d hours", hours) % {"n": hours} if hours > 0 else ""


def ago_in_words(when: date | datetime, now: datetime) -> str:
    """Say how long ago something was: "3 days ago"; a future moment is "just now"."""
    days = (_local(now).date() - _day(when)).days
    if days > 1:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if days == 1:
        return _("yesterday")
    if not isinstance(when, datetime):
        return _("today")
    minutes = int((_local(now) - _local(when)).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}


def moment_in_words(when: date | datetime, now: datetime | None = None) -> str:
    """Say "Tuesday 24 March, 5pm"; the year too, unless it is this one."""
    this_year = now is not None and _day(when).year == _local(now).year
    day = date_format(_day(when), "l j F" if this_year else "l j F Y")
    return f"{day}, {time_in_words(when)}" if isinstance(when, datetime) else day


def date_in_words(when: date | datetime) -> str:
    """Say "24 March 2026"."""
    return date_format(_day(when), "j F Y")


def time_in_words(when: datetime | time) -> str:
    """Say "5pm", "5:30pm", "midday" or "midnight"."""
    clock = _local(when).time() if isinstance(when, datetime) else when
    if (clock.hour, clock.minute) == (0, 0):
        return _("midnight")
    if (clock.hour, clock.minute) == (12, 0):
        return _("midday")
    minutes = f":{clock.minute:02}" if clock.minute else ""
    half = _("am") if clock.hour < 12 else _("pm")
    return f"{clock.hour % 12 or 12}{minutes}{half}"


def _days_off(days: int) -> str:
    if days == 1:
        return _("due tomorrow")
    if days < 14:
        return ngettext("due in %(n)d day", "due in %(n)d days", days) % {"n": days}
    weeks = days // 7
    return ngettext("due in %(n)d week", "due in %(n)d weeks", weeks) % {"n": weeks}


def _due_today(when: date | datetime, now: datetime) -> tuple[str, str]:
    if not isinstance(when, datetime):
        return _("due today"), moment_in_words(when, now)
    minutes = int((_local(when) - _local(now)).total_seconds() // 60)
    if minutes >= 60:
        return _("due today"), time_in_words(when)
    if minutes < 1:
        return _("due now"), ""
    near = ngettext("due in %(n)d minute", "due in %(n)d minutes", minutes) % {"n": minutes}
    return near, _("today at %(time)s") % {"time": time_in_words(when)}


def _late(when: date | datetime, now: datetime) -> str:
    late = late_by(when, now)
    return _("overdue %(late)s") % {"late": late} if late else _("overdue")


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else timezone.make_aware(moment)


def _day(when: date | datetime) -> date:
    return _local(when).date() if isinstance(when, datetime) else when


def _end(when: date | datetime) -> datetime:
    """When a thing stops being on time: its moment, or the midnight after its day."""
    if isinstance(when, datetime):
        return _local(when)
    if when == date.max:
        return timezone.make_aware(datetime.combine(when, time(23, 59)))
    return timezone.make_aware(datetime.combine(when + timedelta(days=1), time()))
