"""Which competencies a person's job asks for and the person lacks; said later on.

Jobs and their requirements belong to a feature that stands after this one. It
registers the functions that know; without them the catalogue offers no such filter.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime, timedelta

from .memory import Memory

FRESH = timedelta(minutes=1)
# person id, today -> competency code: a level; only of competencies that are missing
LevelsOf = Callable[[int, date], Mapping[str, int]]
_required: list[LevelsOf] = []
_reached: list[LevelsOf] = []


def register(required: LevelsOf, reached: LevelsOf | None = None) -> None:
    """Let functions say the gaps; the last registration counts.

    required  says the level the job asks for
    reached   says the level the person has; only where courses can bring more.
              Without it every course on a missing competency helps
    """
    _required[:] = [required]
    _reached[:] = [reached or (lambda *whose: dict.fromkeys(required(*whose), 0))]


def of(person_id: int, today: date) -> Mapping[str, int]:
    """Return the level asked for by competency code; empty when nobody knows."""
    return _required[0](person_id, today) if _required else {}


def reached(person_id: int, today: date) -> Mapping[str, int]:
    """Return the level reached by competency code, where a higher one is missing."""
    return _reached[0](person_id, today) if _reached else {}


_remembered: Memory[int, tuple[Hashable, datetime, Mapping[str, int]]] = Memory(2000)


def lately(person_id: int, done: Hashable, now: datetime) -> Mapping[str, int]:
    """Return `reached` as it was at most a minute ago, for every page of a list.

    done  what the person has finished; when that changes it is asked for anew
    now   in the person's time zone: what was learned may have run out today
    """
    kept = _remembered.get([person_id]).get(person_id)
    if kept and kept[0] == done and kept[1] <= now < kept[1] + FRESH:
        return kept[2]
    found = reached(person_id, now.date())
    _remembered.put({person_id: (done, now, found)})
    return found


def forget() -> None:
    """Empty this process's memory; tests call it between databases."""
    _remembered.clear()
