"""What is measured, and how a measurement is written down. `make bench` runs every module."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, what came out, what it should be, and how it was got."""

    what: str
    figure: str
    aim: str = ""
    how: str = ""
