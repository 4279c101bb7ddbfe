"""`{% load locality %}`: time in words, lists in sentences, links that keep their filters."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from locality.ui import clock
from locality.ui.paging import Sorting

register = template.Library()


@register.filter
def due(when: date | datetime | None, now: datetime | None = None) -> str:
    """Say when something is due, in words: {{ action.due|due }}."""
    return clock.due_in_words(when, now or timezone.now()) if when else _("no date set")


@register.filter
def due_near(when: date | datetime | None, now: datetime | None = None) -> str:
    """Say how near: "due tomorrow"; for late things "by 2 days", to follow the badge."""
    if not when:
        return ""
    now = now or timezone.now()
    late = clock.is_overdue(when, now)
    return clock.late_by(when, now) if late else clock.due_parts(when, now)[0]


@register.filter
def due_exact(when: date | datetime | None, now: datetime | None = None) -> str:
    """Say exactly when: "Tuesday 24 March, 5pm", or "was due …"."""
    return clock.due_parts(when, now or timezone.now())[1] if when else ""


@register.filter
def due_state(when: date | datetime | None, now: datetime | None = None) -> str:
    """Say `overdue`, `soon` or `later`; `none` without a date."""
    return clock.state(when, now or timezone.now()) if when else "none"


@register.filter
def overdue(when: date | datetime | None, now: datetime | None = None) -> bool:
    """Say whether it is late."""
    return bool(when) and clock.is_overdue(when, now or timezone.now())


@register.filter
def ago(when: date | datetime | None, now: datetime | None = None) -> str:
    """Say how long ago: {{ note.at|ago }} is "3 days ago"."""
    return clock.ago_in_words(when, now or timezone.now()) if when else ""


@register.filter
def human_date(when: date | datetime | None) -> str:
    """Say "24 March 2026"."""
    return clock.date_in_words(when) if when else ""


@register.filter
def human_moment(when: date | datetime | None) -> str:
    """Say "Tuesday 24 March 2026, 5pm"; a date has no time."""
    return clock.moment_in_words(when) if when else ""


@register.filter
def human_time(when: datetime | None) -> str:
    """Say "5pm"."""
    return clock.time_in_words(when) if when else ""


@register.filter
def machine_time(when: date | datetime | None) -> str:
    """Write a moment for a <time> element's datetime attribute."""
    if isinstance(when, datetime) and timezone.is_aware(when):
        when = timezone.localtime(when)
    return when.isoformat() if when else ""


@register.filter
def sentence_list(items: Iterable[object] | None, word: str = "") -> SafeString:
    """Join as in a sentence: "a, b and c"; another last word by argument."""
    parts = list(items or ())
    if len(parts) < 2:
        return format_html_join("", "{}", ((part,) for part in parts))
    start = format_html_join(", ", "{}", ((part,) for part in parts[:-1]))
    return format_html("{} {} {}", start, word or _("and"), parts[-1])


@register.filter
def initials(name: str | None) -> str:
    """Give the first letters of the first and last word of a name: "AK"."""
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def number(value: float | int | None) -> str:
    """Write a number with its thousands apart: "12,345"; nothing stays empty."""
    return "" if value is None else f"{value:,}"


@register.simple_tag(takes_context=True)
def page_link(context: Context, **changes: Any) -> str:
    """Write this page's query with some of it changed, keeping the other filters.

    {% page_link page=2 %}; a value of None takes a word out. Going to another order or filter
    goes back to the first page.
    """
    query = context["request"].GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def aria_sort(sorting: Sorting, key: str) -> str:
    """Say how a column is sorted, for its heading's aria-sort."""
    return sorting.aria(key)


@register.simple_tag
def next_sort(sorting: Sorting, key: str) -> str:
    """Say what the column's link asks for next."""
    return sorting.next(key)


@register.filter
def has_errors(forms: Any) -> bool:
    """Say whether a form (or any of a list of forms) has errors, without raising on none."""
    if not forms:
        return False
    many = [forms] if hasattr(forms, "errors") else forms
    return any(getattr(form, "is_bound", False) and bool(form.errors) for form in many)
