"""Small-number suppression: how a published count or table is kept from pointing at a person.

A count from 1 to threshold - 1 is *small*. It is shown as “fewer than 5” (primary
suppression). In a table with totals, other cells are withheld (secondary suppression) until
nobody who solves the table's sums can tell a small count more closely than that.

What this does not do: stop somebody who subtracts one published table from another whose
period or area overlaps it, or who already knows some of the people counted.
"""

import heapq
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from locality.kit.errors import BadInput

Counts = Sequence[Sequence[int]]
Place = tuple[int, int]
UNLIMITED = 10**12


@dataclass(frozen=True, slots=True)
class Rule:
    """The locality's own choice of threshold, with who answers for it and until when."""

    threshold: int
    round_to: int
    owner: str
    source: str
    review_by: date

    def __post_init__(self) -> None:
        if self.threshold < 2 or self.round_to < 1:
            raise BadInput("threshold must be 2 or more and round_to 1 or more")


def read_rule(text: str) -> Rule:
    """Read a rule from TOML (see disclosure.toml for the form)."""
    try:
        return Rule(**tomllib.loads(text))
    except (TypeError, tomllib.TOMLDecodeError) as wrong:
        raise BadInput(f"this is not a disclosure rule: {wrong}") from wrong


@cache
def shipped_rule() -> Rule:
    """The rule that comes with the project."""
    return read_rule(files("locality.kit").joinpath("disclosure.toml").read_text(encoding="utf-8"))


class Showing(StrEnum):
    """How one cell is published."""

    SHOWN = "shown"
    FEWER = "fewer"  # from 1 to threshold - 1
    WITHHELD = "withheld"  # hidden so that a small count beside it cannot be worked out


def is_small(count: int, rule: Rule) -> bool:
    """Say whether a count must not be shown. None is not small: it is nobody."""
    if count < 0:
        raise BadInput(f"a count cannot be {count}")
    return 0 < count < rule.threshold


def is_share_safe(part: int, whole: int, rule: Rule) -> bool:
    """Say whether part, rest and whole are all free of small counts, so a share may be shown."""
    return not any(is_small(count, rule) for count in (part, whole - part, whole))


def rounded(count: int, rule: Rule) -> int:
    """Round a count to the nearest `round_to`, halves upwards."""
    if count < 0:
        raise BadInput(f"a count cannot be {count}")
    return (2 * count + rule.round_to) // (2 * rule.round_to) * rule.round_to


def with_totals(counts: Counts) -> list[list[int]]:
    """Add each row's total, each column's total and the grand total."""
    if not counts or not counts[0] or len({len(row) for row in counts}) != 1:
        raise BadInput("a table needs rows of one length")
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def protect(counts: Counts, rule: Rule) -> list[list[Showing]]:
    """Say how to publish every cell of a table and of its totals (last row, last column).

    A reader is taken to know that “fewer” means 1 to threshold - 1, that a withheld inner
    cell is `threshold` or more and a withheld total 0 or more, and to solve all sums
    exactly. For every small cell or total the counts they cannot rule out still span at
    least threshold - 2, as “fewer” itself does. Noughts are shown.

    Cells are withheld cheapest first (by count; totals last). Not always the fewest
    possible, which is a hard problem. Cost: a few shortest paths for each small cell.
    Source: the network method, Castro (2012), European Journal of Operational Research
    216, 257-269: such a table is a circulation in which every cell is one arc.
    """
    table = _Table(with_totals(counts), rule.threshold)
    while exposed := table.first_exposed():
        table.hide_around(exposed)
    return table.showing


def span(counts: Counts, showing: Sequence[Sequence[Showing]], place: Place, rule: Rule) -> Place:
    """Give the least and the most that a reader can prove about one cell or total."""
    table = _Table(with_totals(counts), rule.threshold, [list(row) for row in showing])
    value = table.values[place[0]][place[1]]
    low, high = table.bounds(place)
    return (
        value - table.room(place, -1, value - low),
        value + table.room(place, +1, high - value),
    )


@dataclass(slots=True)
class _Table:
    """A table as a circulation: rows feed columns, columns feed the total row, and back.

    Nodes: row i is i; column j is -1 - j; the last of each belongs to the totals. Inner
    cells run from their row to their column, totals the other way, so that at every node
    what flows in flows out. Changing one cell means changing a cycle of cells.
    """

    values: list[list[int]]
    threshold: int
    showing: list[list[Showing]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.showing:
            self.showing = [
                [Showing.FEWER if 0 < v < self.threshold else Showing.SHOWN for v in row]
                for row in self.values
            ]

    def places(self) -> list[Place]:
        return [(i, j) for i in range(len(self.values)) for j in range(len(self.values[0]))]

    def is_total(self, place: Place) -> bool:
        return place[0] == len(self.values) - 1 or place[1] == len(self.values[0]) - 1

    def ends(self, place: Place) -> tuple[int, int]:
        """The nodes a cell runs from and to."""
        row, column = place[0], -1 - place[1]
        last_row, last_column = place[0] == len(self.values) - 1, -column == len(self.values[0])
        return (row, column) if last_row == last_column else (column, row)

    def bounds(self, place: Place) -> tuple[int, int]:
        """What a reader knows of a cell before doing any sums."""
        value, how = self.values[place[0]][place[1]], self.showing[place[0]][place[1]]
        if how is Showing.SHOWN:
            return value, value
        if how is Showing.FEWER:
            return 1, self.threshold - 1
        return (0 if self.is_total(place) else self.threshold), UNLIMITED

    def first_exposed(self) -> Place | None:
        """Find a small cell or total that sums would tell too closely."""
        for place in self.places():
            value = self.values[place[0]][place[1]]
            if 0 < value < self.threshold and self.is_exposed(place):
                return place
        return None

    def is_exposed(self, place: Place) -> bool:
        """Say whether what a reader can prove of a cell spans less than threshold - 2."""
        wanted, value = self.threshold - 2, self.values[place[0]][place[1]]
        low, high = self.bounds(place)
        down = self.room(place, -1, min(wanted, value - low))
        return down + self.room(place, +1, min(wanted - down, high - value)) < wanted

    def room(self, place: Place, way: int, wanted: int) -> int:
        """Say how far a cell could move (up to `wanted`) without breaking any sum."""
        return self._push(place, way, wanted, may_hide=False)

    def hide_around(self, place: Place) -> None:
        """Withhold the cheapest cells that let an exposed cell move as far as it must."""
        value, before = self.values[place[0]][place[1]], [list(row) for row in self.showing]
        low, high = self.bounds(place)
        for way, wanted in ((-1, value - low), (+1, high - value)):
            self._push(place, way, min(wanted, self.threshold - 2), may_hide=True)
        if self.showing == before:
            self._hide_totals(place)

    def _hide_totals(self, place: Place) -> None:
        """The last resort, and always enough: without its totals a row and column say nothing."""
        for i, j in ((place[0], -1), (-1, place[1]), (-1, -1)):
            self.showing[i][j] = Showing.WITHHELD

    def _push(self, place: Place, way: int, wanted: int, *, may_hide: bool) -> int:
        """Move a cell by augmenting along cheapest cycles; withhold their cells if allowed."""
        moved: dict[Place, int] = {}
        tail, head = self.ends(place)[::way]
        done = 0
        while done < wanted and (cycle := self._cycle(head, tail, place, moved, may_hide)):
            step = min(wanted - done, *(room for _, _, room in cycle))
            for cell, direction, _ in cycle:
                moved[cell] = moved.get(cell, 0) + direction * step
                if may_hide and self._cost(cell):
                    self.showing[cell[0]][cell[1]] = Showing.WITHHELD
            done += step
        return done

    def _cost(self, place: Place) -> int:
        """What withholding a cell would lose: nothing if it is hidden already."""
        how, value = self.showing[place[0]][place[1]], self.values[place[0]][place[1]]
        if how is Showing.WITHHELD or (how is Showing.FEWER and not self.is_total(place)):
            return 0
        return 1 + value + (self.values[-1][-1] + 1) * (10 if self.is_total(place) else 0)

    def _arcs(
        self, skip: Place, moved: dict[Place, int], may_hide: bool
    ) -> dict[int, list[tuple[int, int, Place, int, int]]]:
        """From each node: (next node, cost, cell, direction, how far the cell could move)."""
        arcs: dict[int, list[tuple[int, int, Place, int, int]]] = {}
        for cell in self.places():
            if cell == skip or not (reach := self._reach(cell, may_hide)):
                continue
            now = self.values[cell[0]][cell[1]] + moved.get(cell, 0)
            cost, (start, end) = self._cost(cell) if may_hide else 0, self.ends(cell)
            if now < reach[1]:
                arcs.setdefault(start, []).append((end, cost, cell, +1, reach[1] - now))
            if now > reach[0]:
                arcs.setdefault(end, []).append((start, cost, cell, -1, now - reach[0]))
        return arcs

    def _reach(self, cell: Place, may_hide: bool) -> Place | None:
        """The least and most a cell may be moved to; None where it must stay as it is shown."""
        if may_hide and self.is_total(cell):
            return 0, UNLIMITED
        if self.showing[cell[0]][cell[1]] is not Showing.SHOWN:
            return self.bounds(cell)
        value = self.values[cell[0]][cell[1]]
        return (self.threshold, UNLIMITED) if may_hide and value >= self.threshold else None

    def _cycle(
        self, start: int, end: int, skip: Place, moved: dict[Place, int], may_hide: bool
    ) -> list[tuple[Place, int, int]]:
        """Dijkstra: the cheapest way from `start` to `end`, as (cell, direction, room)."""
        arcs = self._arcs(skip, moved, may_hide)
        came: dict[int, tuple[int, tuple[Place, int, int]]] = {}
        queue, best = [(0, start)], {start: 0}
        while queue:
            paid, here = heapq.heappop(queue)
            for there, cost, cell, direction, room in arcs.get(here, ()):
                if paid + cost < best.get(there, UNLIMITED * 10**6):
                    best[there] = paid + cost
                    came[there] = here, (cell, direction, room)
                    heapq.heappush(queue, (paid + cost, there))
        return _way_back(came, start, end)


def _way_back(
    came: dict[int, tuple[int, tuple[Place, int, int]]], start: int, end: int
) -> list[tuple[Place, int, int]]:
    steps = []
    while end != start:
        if end not in came:
            return []
        end, step = came[end]
        steps.append(step)
    return steps


def protect_list(counts: Sequence[int], rule: Rule) -> list[Showing]:
    """Say how to publish a list of counts and, last, their total."""
    return [row[0] for row in protect([[count] for count in counts], rule)]
