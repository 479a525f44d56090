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
    """Somebody who has a course to learn in a week; `is_last`: it is due then."""

    person_id: int
    name: str
    course_id: int
    wave: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday to Sunday.

    people   how many have something to learn
    is_full  more than half of the team learns at once
    """

    monday: date
    studies: tuple[Study, ...]
    people: int
    is_full: bool

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def of(
    names: Mapping[int, str], owed: Mapping[int, list[Owed]], today: date
) -> tuple[list[Study], list[Week]]:
    """Return what is late, and the weeks from this one to the last with a duty.

    names  person id -> name, in the order to show; a late duty is in no week
    """
    late: list[Study] = []
    plans: list[tuple[Owed, str]] = []
    for person_id, name in names.items():
        for duty in owed.get(person_id, ()):
            if duty.state == "late":
                late.append(_study(duty, name, is_last=True))
            elif duty.state != "done":
                plans.append((duty, name))
    this = today - timedelta(days=today.weekday())
    weeks = []
    for number in range(SHOWN):
        monday = this + timedelta(days=7 * number)
        if any(duty.due_on >= monday for duty, _name in plans):
            weeks.append(_week(monday, plans, len(names)))
    return late, weeks


def _week(monday: date, plans: Iterable[tuple[Owed, str]], team: int) -> Week:
    sunday = monday + timedelta(days=6)
    studies = tuple(
        _study(duty, name, is_last=duty.due_on <= sunday)
        for duty, name in plans
        if duty.starts_on <= sunday and duty.due_on >= monday
    )
    people = len({study.person_id for study in studies})
    return Week(monday, studies, people, team > 1 and people * 2 > team)


def _study(duty: Owed, name: str, is_last: bool) -> Study:
    return Study(duty.person_id, name, duty.course_id, duty.wave, is_last)
