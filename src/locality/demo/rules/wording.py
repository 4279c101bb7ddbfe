"""How a story may be told: kindly, and without naming a person by their worst day."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

UNKIND = re.compile(
    r"\b(?:is|was|as) an? (?:victim|offender|addict|alcoholic|perpetrator|abuser|absconder"
    r"|criminal)\b"
    r"|\b(?:hard to reach|attention.?seeking|non-?complian\w+|failed to engage|refuses to engage"
    r"|chaotic|dysfunctional|troubled|known to services|frequent flyer"
    r"|put (?:him|her)self at risk)\b",
    re.IGNORECASE,
)


def texts(thing: object) -> Iterator[str]:
    """Give every piece of text in a written thing, however deep."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        yield from texts(tuple(thing.values()))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from texts(one)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))


def unkind(thing: object) -> Iterator[str]:
    """Give every phrase that makes somebody into what happened to them."""
    for text in texts(thing):
        yield from (f"“{found.group()}” is not how we speak" for found in UNKIND.finditer(text))
