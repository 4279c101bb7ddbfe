"""What of one row is given, and in which words. Pure."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.sharing.subjects.words import Choice, Exemption, Found, How, Part

LEFT_OUT = "[left out]"


def redacted(text: str, leave_out: Iterable[str]) -> str:
    """Leave some words out of a text wherever they stand, however their capitals are.

    Words that overlap are left out together, so that no piece of any is left.
    """
    spans = sorted(
        (found.start(), found.start() + len(words))
        for words in leave_out if words
        for found in re.finditer(f"(?={re.escape(words)})", text, re.IGNORECASE)
    )  # fmt: skip
    kept, done = [], 0
    for start, end in spans:
        if start > done or not kept:
            kept.append(text[done:start])
        done = max(done, end)
    return LEFT_OUT.join([*kept, text[done:]])


def missing(text: str, leave_out: Iterable[str]) -> list[str]:
    """Say which of some words are not in a text at all."""
    return [one for one in leave_out if not re.search(re.escape(one), text, re.IGNORECASE)]


def given(parts: Iterable[Part], choices: Mapping[str, Choice]) -> list[list[str]]:
    """Say what the person gets: each part that is not withheld, its label and its words."""
    told = []
    for part in parts:
        choice = choices[part.key]
        if choice.how != How.WITHHOLD:
            told.append([part.label, redacted(part.words, choice.leave_out)])
    return told


def require_choices(
    found: Found, choices: Mapping[str, Choice], exemptions: Collection[Exemption]
) -> None:
    """Refuse with `sharing.subject_choice` what decides not all, or does not say why."""
    known = {one.key for one in exemptions}
    for part in found.parts:
        choice = choices.get(part.key)
        if choice is None:
            raise Refused("sharing.subject_choice", say("Decide about “{part}”.", part=part.label))
        if choice.how != How.DISCLOSE and not (choice.reason in known and choice.says):
            raise Refused(
                "sharing.subject_choice",
                say("Say why not all of “{part}” is given.", part=part.label),
            )
        if (choice.how == How.REDACT) != bool(choice.leave_out) or missing(
            part.words, choice.leave_out
        ):
            raise Refused(
                "sharing.subject_choice",
                say("Say which words of “{part}” are left out, as they stand in it.",
                    part=part.label),
            )  # fmt: skip


def in_full(found: Found) -> dict[str, Choice]:
    """Give every part as it is."""
    return {part.key: Choice(How.DISCLOSE) for part in found.parts}


def none_of(found: Found, reason: str, says: str) -> dict[str, Choice]:
    """Give nothing, for one reason."""
    return {part.key: Choice(How.WITHHOLD, reason, says) for part in found.parts}


def told_reasons(choices: Iterable[Choice], exemptions: Iterable[Exemption]) -> list[str]:
    """Say which reasons the answer names: those that do no harm by being named."""
    used = {one.reason for one in choices if one.how != How.DISCLOSE}
    return [one.key for one in exemptions if one.told and one.key in used]


def seen_as(found: Found) -> str:
    """A mark of what a row said, so that a later change of it shows."""
    words = json.dumps([[part.key, part.words] for part in found.parts], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()
