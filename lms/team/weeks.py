"""Who studies in which week, so that the counter is not empty. Pure.

source  R36: people may learn in waves; the superior sees who studies when
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lms.assignments.standing import Owed

SHOWN = 10  # weeks


@dataclass(frozen=True, slots=True)
class Study:
    """Somebody with something to learn in a week; `is_last`: some of it is due then."""

    person_id: int
    name: str
    duties: tuple[Owed, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday to Sunday; `is_full`: more than half of the team learns at once."""

    monday: date
    studies: tuple[Study, ...]
    is_full: bool

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def of(
    names: Mapping[int, str], owed: Mapping[int, list[Owed]], today: date
) -> tuple[tuple[Study, ...], list[Week]]:
    """Return what is late, and the weeks from this one to the last with a duty.

    names  person id -> name, in the order to show; a late duty is in no week
    """
    late = _studies(names, owed, lambda duty: duty.state == "late", today)
    monday = today - timedelta(days=today.weekday())
    ends = [
        duty.due_on
        for person_id in names
        for duty in owed.get(person_id, ())
        if duty.state in ("running", "todo")
    ]
    weeks = []
    while ends and monday <= max(ends) and len(weeks) < SHOWN:
        weeks.append(_week(monday, names, owed))
        monday += timedelta(days=7)
    return late, weeks


def _week(
    monday: date, names: Mapping[int, str], owed: Mapping[int, list[Owed]]
) -> Week:
    sunday = monday + timedelta(days=6)

    def is_now(duty: Owed) -> bool:
        is_open = duty.state in ("running", "todo")
        return is_open and duty.starts_on <= sunday and duty.due_on >= monday

    studies = _studies(names, owed, is_now, sunday)
    is_full = len(names) > 1 and len(studies) * 2 > len(names)
    return Week(monday, studies, is_full)


def _studies(names, owed, wanted, last: date) -> tuple[Study, ...]:
    found: Iterable[tuple[int, str, tuple[Owed, ...]]] = (
        (person_id, name, tuple(filter(wanted, owed.get(person_id, ()))))
        for person_id, name in names.items()
    )
    return tuple(
        Study(person_id, name, duties, min(d.due_on for d in duties) <= last)
        for person_id, name, duties in found
        if duties
    )
