"""What the columns of an export are: names, kinds, widths. Pure."""

from dataclasses import dataclass
from functools import cached_property

KINDS = ("text", "number", "date", "hundredths")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    kind   text, number (whole), date, hundredths (whole numbers, written as decimals:
           7_345 -> 73.45; scores in basis points are such)
    free   a text that people or other systems wrote: guarded against formulas
    width  in a sheet, in signs; 0 = as the name is long
    """

    name: str
    kind: str = "text"
    free: bool = False
    width: int = 0


@dataclass(frozen=True)
class Shape:
    """The columns of a kind of export. Names and order are a promise."""

    name: str
    columns: tuple[Column, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def free(self) -> tuple[int, ...]:
        return tuple(n for n, column in enumerate(self.columns) if column.free)

    def of_kind(self, kind: str) -> tuple[int, ...]:
        """Return the places of the columns of one kind."""
        return tuple(n for n, c in enumerate(self.columns) if c.kind == kind)


def columns(
    names: str,
    *,
    free: str = "",
    numbers: str = "",
    dates: str = "",
    hundredths: str = "",
    widths: dict[str, int] | None = None,
) -> tuple[Column, ...]:
    """Return columns from lists of names, parted by spaces."""
    kinds = {
        **dict.fromkeys(numbers.split(), "number"),
        **dict.fromkeys(dates.split(), "date"),
        **dict.fromkeys(hundredths.split(), "hundredths"),
    }
    guarded, wide = set(free.split()), widths or {}
    return tuple(
        Column(name, kinds.get(name, "text"), name in guarded, wide.get(name, 0))
        for name in names.split()
    )
