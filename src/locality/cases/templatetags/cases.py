"""`{% load cases %}`: look something up by its key, and name kinds of information."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import template

from locality.sharing.words import Category

register = template.Library()


@register.filter
def named(names: Mapping[Any, Any], key: object) -> Any:
    """Look something up by its key: {{ headings|named:need.heading }}."""
    return names.get(key, "")


@register.filter
def attribute(thing: object, name: str) -> Any:
    """Give one part of what was looked up: {{ laws|named:key|attribute:"name" }}."""
    return getattr(thing, name, "")


@register.filter
def kind(category: int) -> str:
    """Name a kind of information, with a capital."""
    says = Category(category).says
    return says[:1].upper() + says[1:]


@register.filter
def kinds_of(items: Iterable[Any]) -> list[Category]:
    """The kinds of information in a disclosure's items."""
    return sorted({Category(item.category) for item in items})


@register.filter
def includes(items: Iterable[Any], record: UUID) -> bool:
    """Say whether a disclosure's items include one record."""
    return any(item.item == record for item in items)


@register.filter
def ungraded(goals: Iterable[Any]) -> bool:
    """Say whether a goal has no grade yet."""
    return any(not goal.grade for goal in goals)
