"""Who demands that somebody finishes a course: features above may say it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Demand:
    """An office wants the course finished by a day."""

    office: str
    due_on: date
    is_late: bool


# person id, course id, now
Source = Callable[[int, int, datetime], Iterable[Demand]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Let `source` say who demands a course; works as a decorator."""
    if source not in _sources:
        _sources.append(source)
    return source


def of(person_id: int, course_id: int, now: datetime) -> tuple[Demand, ...]:
    """Return who demands a course of a person, the nearest deadline first."""
    found = [one for source in _sources for one in source(person_id, course_id, now)]
    return tuple(sorted(found, key=lambda one: one.due_on))
