"""A report as a whole: its sections, its words, who answers for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from locality.impact.words.figures import Chart, Figures, Finding, Table


class State(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    FINAL = "final"


class SectionKey(StrEnum):
    """The sections a board expects, in its usual order."""

    PURPOSE = "purpose"
    RECOMMENDATIONS = "recommendations"
    DETAIL = "detail"
    TRUST = "trust"
    COMMUNITIES = "communities"
    HARM = "harm"
    UNKNOWN = "unknown"
    JOINT_WORKING = "joint_working"
    STRATEGY = "strategy"
    BACKGROUND = "background"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Words an officer writes. Version 0 has never been written."""

    key: str
    heading: str
    prompt: str
    text: str = ""
    version: int = 0
    listed: bool = False
    kind: Literal["text"] = "text"

    @property
    def own_heading(self) -> str:
        """The heading printed above it: a priority's name; elsewhere its section has one."""
        return self.heading if self.key.startswith("priority.") else ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text split at blank lines, or at every line where it is a numbered list."""
        lines = self.text.replace("\r\n", "\n").replace("\r", "\n").strip()
        gap = "\n" if self.listed else "\n\n"
        return tuple(part.strip("\n") for part in lines.split(gap) if part.strip())


@dataclass(frozen=True, slots=True)
class Note:
    """A plain sentence or a short list that nobody edits."""

    text: str
    points: tuple[str, ...] = ()
    kind: Literal["note"] = "note"


Part = Figures | Finding | Table | Chart | TextBlock | Note


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered section. Level 2 stands beneath the level 1 before it."""

    key: str
    number: str
    heading: str
    level: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """Who answers for a report: a post and its agency."""

    post: str
    agency: str


@dataclass(frozen=True, slots=True)
class BoardReport:
    """A whole report, ready to be drawn as a page, a PDF or a Word file."""

    title: str
    board: str
    area: str
    period: str
    prepared_on: date
    state: State
    author: Author
    how_to_read: str
    sections: tuple[Section, ...]
