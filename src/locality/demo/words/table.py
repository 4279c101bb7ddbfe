"""Many rows of one kind, kept as columns so that a borough fits in memory and in a minute."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, Protocol, TypeVar

Row = TypeVar("Row")


class Column(Protocol):
    """Values in order: a list, a tuple or an array."""

    def __len__(self) -> int: ...
    def __getitem__(self, at: int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Columns named as the fields of `row`, all of one length."""

    row: type[Row]
    columns: Mapping[str, Column]

    def __post_init__(self) -> None:
        if tuple(self.columns) != self.names:
            raise ValueError(f"{self.row.__name__} has {self.names}, not {tuple(self.columns)}")
        if len({len(column) for column in self.columns.values()}) > 1:
            raise ValueError(f"the columns of {self.row.__name__} differ in length")

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, in the order of every row."""
        return tuple(field.name for field in fields(self.row))  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give each row as a tuple, ready for COPY."""
        return zip(*self.columns.values(), strict=True)

    def __iter__(self) -> Iterator[Row]:
        return (self.row(*values) for values in self.rows())


def joined(table: Table[Row], more: Sequence[Row]) -> Table[Row]:
    """Add rows made one by one to the end of a table."""
    return Table(
        table.row,
        {
            name: [*column, *(getattr(one, name) for one in more)]
            for name, column in table.columns.items()
        },
    )


def table_of(row: type[Row], found: Sequence[Row]) -> Table[Row]:
    """Turn rows made one by one into a table."""
    names = [field.name for field in fields(row)]  # type: ignore[arg-type]
    return Table(row, {name: [getattr(one, name) for one in found] for name in names})
