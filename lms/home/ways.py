"""How the JP that are missing can be got: which courses bring how many. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Way:
    """A course that brings JP this year; `is_running`: the person takes it already."""

    code: str
    title: str
    jp: int
    is_running: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """What running courses bring, and what suggested ones would add to it.

    suggested  only as many as the rest needs; () when the running ones are enough
    """

    running: tuple[Way, ...] = ()
    suggested: tuple[Way, ...] = ()

    @property
    def running_jp(self) -> int:
        return sum(way.jp for way in self.running)

    @property
    def suggested_jp(self) -> int:
        return sum(way.jp for way in self.suggested)

    @property
    def shown(self) -> tuple[Way, ...]:
        return (*self.running, *self.suggested)[:SHOWN]

    def is_enough(self, missing: int) -> bool:
        """Say whether all of it together reaches the target."""
        return self.running_jp + self.suggested_jp >= missing


def of(missing: int, running: Iterable[Way], suggested: Iterable[Way]) -> Ways:
    """Return how to get the missing JP; nothing when none are missing."""
    if missing <= 0:
        return Ways()
    begun = tuple(way for way in running if way.jp)
    left = missing - sum(way.jp for way in begun)
    more: list[Way] = []
    for way in suggested:
        if left <= 0:
            break
        if way.jp:
            more.append(way)
            left -= way.jp
    return Ways(begun, tuple(more))
