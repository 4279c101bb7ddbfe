"""Set a document as a tagged, accessible PDF (PDF/UA-1) with typst.

Everything typed by people travels as data, never as markup: typst reads it from JSON and
sets it as plain strings, so nothing in it can be a command.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import typst

UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
DELETE = "\x7f"
TRIES = 20


def pdf(template: Path, name: str, data: Mapping[str, object], day: date) -> bytes:
    """Set `data`, which the template reads as sys.inputs.<name>, as a PDF dated `day`.

    PDF/UA forbids a character that no font on this machine can draw: such a character is
    printed as its name instead, such as [GURMUKHI LETTER PA], so that nothing is lost.
    """
    text = json.dumps(data, ensure_ascii=False)
    for _ in range(TRIES):
        try:
            return typst.compile(
                template, sys_inputs={name: text}, pdf_standards="ua-1",
                timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
            )  # fmt: skip
        except typst.TypstError as wrong:
            strange = _unprintable(wrong)
            if not strange & set(text):
                raise
            text = text.translate({ord(letter): _spelt(letter) for letter in strange})
    raise RuntimeError(f"after {TRIES} tries there are still characters no font can draw")


def _unprintable(wrong: typst.TypstError) -> set[str]:
    """The characters typst names. It names whole clusters: ASCII in them can be drawn."""
    found = "".join(UNPRINTABLE.findall(wrong.diagnostic))
    letters = ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), found)
    return {letter for letter in letters if not letter.isascii() or letter == DELETE}


def _spelt(letter: str) -> str:
    return f"[{unicodedata.name(letter, f'character U+{ord(letter):04X}')}]"
