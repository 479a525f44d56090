"""A rubric: criteria with weights, each with levels of what may be seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a criterion: its value, and what is seen there."""

    value: int
    text: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of a rubric. `weight` percent of the whole; levels in file order."""

    code: str
    title: str
    weight: int
    levels: tuple[Level, ...]
    line: int = 1
