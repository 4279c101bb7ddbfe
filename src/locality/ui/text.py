"""Clean typed text: one spelling of each letter, no invisible control characters."""

import re
import unicodedata

UNWANTED = {"Cc", "Cs"}  # controls and half characters; newer emoji are unknown, not unwanted
LINE_ENDS = re.compile("\r\n|\r|\x85|\u2028|\u2029")


def cleaned(text: str, *, lines: bool) -> str:
    """Normalise to NFC, with \\n for every line end; without `lines`, to one line.

    Right-to-left text, emoji and markup are text like any other and stay as they are.
    """
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))
    return text if lines else text.replace("\n", " ").replace("\t", " ")


def unwanted(text: str) -> list[str]:
    """List the characters that may not be kept, in order, each once."""
    found = (c for c in text if c not in "\n\t" and unicodedata.category(c) in UNWANTED)
    return list(dict.fromkeys(found))


def where(text: str, character: str) -> str:
    """Give the few words before a character, so that a person can find it."""
    before = text[: text.index(character)]
    return " ".join(before.split()[-3:])
