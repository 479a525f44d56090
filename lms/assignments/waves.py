"""In which wave people learn, so that a counter is never empty. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of learning."""

    starts_on: date
    due_on: date


def sizes(people: int, waves: int) -> list[int]:
    """Return how many people each wave gets: they differ by at most one."""
    share, rest = divmod(people, waves)
    return [share + (number <= rest) for number in range(1, waves + 1)]


def spread(
    person_ids: Iterable[int], taken: Mapping[int, int], waves: int
) -> dict[int, int]:
    """Return person id -> wave: each newcomer of a unit goes to the smallest one.

    taken  people of the unit already in each wave; those stay where they are
    Among waves of one size the first; by person id, so that it comes out the same.
    """
    counts = {number: taken.get(number, 0) for number in range(1, waves + 1)}
    placed = {}
    for person_id in sorted(person_ids):
        number = min(counts, key=lambda n: (counts[n], n))
        counts[number] += 1
        placed[person_id] = number
    return placed


def days(first: Days, wave: int, wave_days: int) -> Days:
    """Return the days of a wave: each starts and is due `wave_days` after the last."""
    later = timedelta(days=wave_days * (wave - 1))
    return Days(first.starts_on + later, first.due_on + later)


def joining(planned: Days, today: date, grace_days: int) -> Days:
    """Return the days of somebody who comes when it is running already."""
    least = today + timedelta(days=grace_days)
    return Days(max(planned.starts_on, today), max(planned.due_on, least))
