"""Text in columns: what it may hold, and what a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterator

from locality.kit.errors import BadInput
from locality.kit.saying import say
from locality.kit.uploads.words import CELLS, FORMULA_STARTS, LONGEST_CELL, LONGEST_LINE

NUMBER = re.compile(r"[+-]?\d[\d,. ]*%?|[+-]?\d+(\.\d+)?[eE][+-]?\d{1,3}", re.ASCII)
NOT_WRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would run it; a number with its sign is none."""
    text = cell.lstrip(" \u00a0\ufeff")
    if not text.startswith(FORMULA_STARTS) or NUMBER.fullmatch(text.strip()):
        return False
    return any(letter.isalnum() for letter in text)  # a dash alone says that there is nothing


def require_sound(content: bytes) -> None:
    """Refuse what is no text in UTF-8, and lines, cells or formulas that nobody needs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("This is not text in UTF-8: save it as UTF-8 and send it again.") from None
    if NOT_WRITTEN.search(text) or text.lstrip()[:1] == "<":
        raise BadInput("This is not text in columns: save it as CSV (UTF-8) and send it again.")
    seen = 0
    for line, row in _rows(text):
        seen += len(row)
        if seen > CELLS:
            raise BadInput(say("There are more than {most} cells: send less.", most=f"{CELLS:,}"))
        for cell in row:
            require_cell(cell, say("line {line}", line=line))


def require_cell(cell: str, where: str) -> None:
    """Refuse a cell that is too long or that a spreadsheet would run."""
    if len(cell) > LONGEST_CELL:
        raise BadInput(say("A cell is too long ({where}): shorten it.", where=where))
    if is_formula(cell):
        raise BadInput(
            say("A cell begins like a formula ({where}): write it as plain text.", where=where)
        )


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text[:LONGEST_CELL].partition("\n")[0]
    apart = max(",;\t", key=first.count)
    reader = csv.reader(_short(io.StringIO(text, newline="")), strict=True, delimiter=apart)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        raise BadInput(
            say("Quotation marks do not match (line {line}): mend it and send the file again.",
                line=reader.line_num)
        ) from None  # fmt: skip


def _short(lines: io.StringIO) -> Iterator[str]:
    while line := lines.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise BadInput("A line is far too long: is a line break missing?")
        yield line
