"""Five steps of colour that tell the average gaps of a page apart. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

STEPS = 5
NARROWEST = 2  # tenths of a level: less is chance, not a difference


@dataclass(frozen=True, slots=True)
class Scale:
    """Steps from no gap up to the largest shown; `width` in tenths of a level."""

    width: int

    def step(self, tenths: int) -> int:
        """Return the step of a gap, 0 to 4; more is darker."""
        return min(tenths // self.width, STEPS - 1)

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """Return the first and the last tenth of each step, for the legend."""
        return [(n * self.width, (n + 1) * self.width - 1) for n in range(STEPS)]


def of(gaps: Iterable[int]) -> Scale:
    """Return the scale for these averages, in tenths of a level."""
    largest = max(gaps, default=0)
    return Scale(max(NARROWEST, largest // STEPS + 1))
