"""Draw docs/states from the tables that say what may follow what. `python -m scripts.states`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from locality.cases import words as cases
from locality.panels import words as panels
from locality.referrals import words as referrals
from locality.sharing import words as sharing
from scripts.install import ROOT

FOLDER = ROOT / "docs" / "states"
Moves = Mapping[tuple[StrEnum, str], StrEnum]


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of record: what it is called, which states it has, and how it moves."""

    name: str
    states: type[StrEnum]
    moves: Moves
    source: str


PAGES = {
    "cases": (
        Table("A case", cases.CaseState, cases.NEXT_STATE, "cases/words.py"),
        Table("An action of a plan", cases.ActionState, cases.NEXT_ACTION, "cases/words.py"),
    ),
    "panels": (
        Table("A panel’s meeting", panels.MeetingState, panels.NEXT_STATE, "panels/words.py"),
    ),
    "referrals": (
        Table("A referral", referrals.ReferralState, referrals.NEXT_STATE, "referrals/words.py"),
    ),
    "sharing": (
        Table(
            "An agreement", sharing.AgreementState, sharing.NEXT_AGREEMENT_STATE, "sharing/words.py"
        ),
    ),
}


def page(title: str, tables: tuple[Table, ...]) -> str:
    """Write one page: a diagram of each table, and the same in words."""
    parts = [
        f"# States of {title}",
        "Drawn from the code by `python -m scripts.states`; a test fails when it is out of date. "
        "A move that is not here is refused.",
    ]
    for table in tables:
        parts += [
            f"## {table.name}",
            f"From [{table.source}](../../src/locality/{table.source}).",
            diagram(table),
            in_words(table),
        ]
    return "\n\n".join(parts) + "\n"


def diagram(table: Table) -> str:
    """Draw a table as a mermaid state diagram. It begins in the first state declared."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state}" as {state.name}' for state in table.states]
    lines.append(f"    [*] --> {next(iter(table.states)).name}")
    lines += [f"    {a.name} --> {b.name}: {event}" for (a, event), b in table.moves.items()]
    lines += [f"    {state.name} --> [*]" for state in table.states if _is_last(table, state)]
    return "\n".join([*lines, "```"])


def in_words(table: Table) -> str:
    """Say the same as a table that can be read aloud."""
    rows = ["| from | what happens | to |", "|---|---|---|"]
    rows += [f"| {a} | {event} | {b} |" for (a, event), b in table.moves.items()]
    return "\n".join(rows)


def _is_last(table: Table, state: StrEnum) -> bool:
    return all(start != state for start, _event in table.moves)


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, tables in PAGES.items():
        (FOLDER / f"{name}.md").write_text(page(name, tables), encoding="utf-8")


if __name__ == "__main__":
    main()
