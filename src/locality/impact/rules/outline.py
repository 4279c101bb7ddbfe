"""The order of a board report, the words an officer writes in it, and whether it may be signed."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from locality.impact.words import Priority, SectionKey, State, Strategy, TextBlock
from locality.kit.errors import Refused
from locality.kit.saying import say

# (section, level, heading, prompt for its words, must be written before it is signed)
ORDER: tuple[tuple[SectionKey, int, str, str, bool], ...] = (
    (
        SectionKey.PURPOSE, 1, "Purpose",
        "Say in two or three sentences what the board is being asked to consider, and why now.",
        True,
    ),
    (
        SectionKey.RECOMMENDATIONS, 1, "Recommendations",
        "One recommendation on each line, each beginning with a verb. They are numbered for you.",
        True,
    ),
    (SectionKey.DETAIL, 1, "Report detail", "", False),
    (
        SectionKey.TRUST, 2, "Building trust and confidence",
        "What partners did so that people are heard and treated fairly, and what they said of it.",
        False,
    ),
    (
        SectionKey.COMMUNITIES, 2, "Strengthening communities and growing the economy",
        "What was done with residents, traders and places, and what the figures below mean.",
        False,
    ),
    (
        SectionKey.HARM, 2, "Protecting people from harm",
        "What was done for the people most at risk, and what the figures below mean.",
        False,
    ),
    (SectionKey.UNKNOWN, 2, "What is not known", "", False),
    (
        SectionKey.JOINT_WORKING, 1, "Implications for joint working",
        "What this asks of each partner: people, money, information and agreements.",
        True,
    ),
    (SectionKey.STRATEGY, 1, "Contribution to the strategy’s priorities", "", False),
    (
        SectionKey.BACKGROUND, 1, "Background papers",
        "Papers the board may want to read, one on each line. The sources of the figures are "
        "listed for you.",
        False,
    ),
    (SectionKey.AUTHOR, 1, "Author", "", False),
)  # fmt: skip
LISTED = {SectionKey.RECOMMENDATIONS, SectionKey.BACKGROUND}
PRIORITY_PROMPT = "How the work in this report contributes to this priority, and what is next."


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for words: where it stands and whether the report needs it."""

    section: SectionKey
    block: TextBlock
    needed: bool


def slots(strategy: Strategy) -> tuple[Slot, ...]:
    """List every place for words in a report against this strategy, in reading order."""
    found: list[Slot] = []
    for section, _, heading, prompt, needed in ORDER:
        if section is SectionKey.STRATEGY:
            found += [Slot(section, _priority_block(p), False) for p in strategy.priorities]
        elif prompt:
            block = TextBlock(section, heading, prompt, listed=section in LISTED)
            found.append(Slot(section, block, needed))
    return tuple(found)


def _priority_block(priority: Priority) -> TextBlock:
    return TextBlock(f"priority.{priority.key}", priority.name, PRIORITY_PROMPT)


def filled(
    strategy: Strategy, written: Mapping[str, tuple[str, int]]
) -> dict[SectionKey, list[TextBlock]]:
    """Put what was written (text and version by key) into its places, by section."""
    by_section: dict[SectionKey, list[TextBlock]] = {section: [] for section, *_ in ORDER}
    for slot in slots(strategy):
        text, version = written.get(slot.block.key, ("", 0))
        by_section[slot.section].append(replace(slot.block, text=text, version=version))
    return by_section


def numbers(levels: Sequence[int]) -> list[str]:
    """Number headings of level 1 and 2: 1, 2, 2.1, 2.2, 3."""
    found, main, sub = [], 0, 0
    for level in levels:
        main, sub = (main + 1, 0) if level == 1 else (main, sub + 1)
        found.append(f"{main}" if level == 1 else f"{main}.{sub}")
    return found


def require_words(strategy: Strategy, written: Mapping[str, tuple[str, int]]) -> None:
    """Refuse with `impact.not_written` while a part the board needs has no words."""
    empty = [
        slot.block.heading
        for slot in slots(strategy)
        if slot.needed and not written.get(slot.block.key, ("", 0))[0].strip()
    ]
    if empty:
        raise Refused(
            "impact.not_written",
            say(
                "Write something under {empty} first: the board cannot take the report without it.",
                empty=_listed(empty),
            ),
        )


def require_current(seen: int, current: int, who: str, when: str) -> None:
    """Refuse with `impact.changed_meanwhile` to write over words the writer has not seen."""
    if seen != current:
        raise Refused(
            "impact.changed_meanwhile",
            say(
                "{who} changed these words {when}, after you opened them. Read their words, then "
                "put yours in.",
                who=who,
                when=when,
            ),
        )


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def require_draft(state: State) -> None:
    """Refuse with `impact.signed` to change a report that has been signed."""
    if state is not State.DRAFT:
        raise Refused(
            "impact.signed",
            "This report has been signed and does not change. Start a new report to say more.",
        )


def strange_characters(text: str) -> list[str]:
    """Name the characters that no document can hold: controls and unpaired or unused codes."""
    found = dict.fromkeys(
        letter
        for letter in text
        if (unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\r\t")
        or ord(letter) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(letter) <= 0xFDEF
    )
    return [f"U+{ord(letter):04X}" for letter in found]
