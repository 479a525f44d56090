"""Places of lines and columns in charts drawn by the server. Pure."""

from dataclasses import dataclass

from .figure_parts import limits

HIGH = 180  # pixels of the plot
WIDE = 1000  # of the inner picture, which stretches


@dataclass(frozen=True, slots=True)
class Line:
    """A line chart of months: this year and the year before.

    points, before  "x,y x,y …" in the inner picture; area closes the first
    ticks           (value, y from the top)
    last            (value, y) at the end of this year's line
    last_before     the same of the year before, at the same month
    month           number of the last month drawn
    """

    points: str
    area: str
    before: str
    ticks: list[tuple[int, int]]
    last: tuple[int, int]
    last_before: tuple[int, int]
    month: int


def line(months: list[tuple[int, int, int]], scope) -> Line:
    """Draw the months that have begun, of both years."""
    until = scope.today.month if scope.is_this_year else 12
    top = _top(max([*(n for _m, n, _b in months), *(b for _m, _n, b in months)]))

    def at(month: int, value: int) -> str:
        return f"{(month - 1) * WIDE / 11:.0f},{_y(value, top)}"

    shown = months[:until]
    points = " ".join(at(m, n) for m, n, _b in shown)
    end = (until - 1) * WIDE / 11
    return Line(
        points=points,
        area=f"0,{HIGH} {points} {end:.0f},{HIGH}",
        before=" ".join(at(m, b) for m, _n, b in shown),
        ticks=[(value, _y(value, top)) for value in (0, top // 2, top)],
        last=(shown[-1][1], _y(shown[-1][1], top)),
        last_before=(shown[-1][2], _y(shown[-1][2], top)),
        month=until,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column: counted, from `low` to `high` JP (None = open), percent places."""

    count: int
    low: int | None
    high: int | None
    x: str
    middle: str
    y: int
    height: int
    is_goal: bool


def columns(progress) -> list[Column]:
    """Draw the people by quarter of their target; the last column is the goal."""
    most = max(progress.bands) or 1
    found = []
    for place, count in enumerate(progress.bands):
        height = count * (HIGH - 2) // most
        low, high = limits(place, progress.target) if progress.target else (None, None)
        found.append(
            Column(
                count, low, high, f"{place * 20 + 1.5:.1f}%", f"{place * 20 + 10}%",
                208 - height, height, place == len(progress.bands) - 1,
            )
        )  # fmt: skip
    return found


def _y(value: int, top: int) -> int:
    return HIGH - value * HIGH // top


def _top(most: int) -> int:
    """Return a round even number at or above `most`: 2, 4, 10, 20, 40, 100 …"""
    scale = 1
    while True:
        for first in (2, 4, 10):
            if first * scale >= most:
                return first * scale
        scale *= 10
