"""Sentences that a page can say in the reader's language, made where no language is known."""

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

Translate = Callable[[str, str, int], str]


class Saying(str):
    """A sentence in English that remembers what it was made of.

    It is text like any other. `ui.language.shown` says it in the language of the reader.
    """

    one: str
    many: str
    values: dict[str, Any]

    def made_by(self, translate: Translate, show: Callable[[Any], Any]) -> str:
        """Make it again: `translate` gives the sentence (one, many, how many), `show` a value."""
        values = {name: show(value) for name, value in self.values.items()}
        return _filled(translate(self.one, self.many, self.values.get("n", 1)), values)


def say(sentence: str, /, **values: Any) -> Saying:
    """Say a sentence, or one of our words, with each {name} in it filled in from `values`."""
    return say_many(sentence, "", **values)


def say_many(one: str, many: str, /, **values: Any) -> Saying:
    """Say `one` when the value `n` is 1, else `many`."""
    made = Saying(_filled(many if many and values.get("n") != 1 else one, values))
    made.one, made.many, made.values = one, many, values
    return made


def in_words(items: Iterable[str], last: str = "and") -> str:
    """Join as in a sentence: "a, b and c"; `last` is "and" or "or"."""
    *most, end = list(items) or [""]
    if not most:
        return end
    start = reduce(lambda a, b: say("{before}, {after}", before=a, after=b), most)
    if last == "or":
        return say("{before} or {after}", before=start, after=end)
    return say("{before} and {after}", before=start, after=end)


def in_turn(sentences: Iterable[str]) -> str:
    """Put whole sentences one after another."""
    return reduce(lambda a, b: say("{before} {after}", before=a, after=b), sentences)


def _filled(sentence: str, values: dict[str, Any]) -> str:
    return sentence.format(**values) if values else sentence
