"""The door through which the locality's words reach a page in the reader's language.

Words of enumerations, of files such as purposes.toml and of refusals are kept in English.
scripts/translations.py gathers them; here they are looked up.
"""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext

from locality.kit.saying import Saying


def shown(said: object) -> str:
    """Say one of our words or sentences in the reader's language. Never for what people wrote."""
    if isinstance(said, Saying):
        return said.made_by(_translated, _value)
    return gettext(str(said)) if said else ""


shown_lazy = lazy(shown, str)


def first_up(said: object) -> str:
    """The same, with a capital: "To do"."""
    text = shown(said)
    return text[:1].upper() + text[1:]


first_up_lazy = lazy(first_up, str)


def choices(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """An enumeration's words as a form's choices, each with a capital."""
    return [(word.value, first_up_lazy(word)) for word in words]


def _translated(one: str, many: str, n: int) -> str:
    return ngettext(one, many, n) if many else gettext(one)


def _value(value: object) -> object:
    """Our own words inside a sentence are said too; names and numbers stay as they are."""
    return shown(value) if isinstance(value, Saying | StrEnum) else value
