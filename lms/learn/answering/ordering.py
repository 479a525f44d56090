"""Ordering: a list whose rows are moved up and down.

answer  [1, 3, 2, 4]  option numbers in the order given; None = never touched
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lms.courseware.sanitize import plain

from . import places
from .mistakes import AnswerUnreadable

if TYPE_CHECKING:
    from . import Asked


@dataclass(frozen=True, slots=True)
class Step:
    """One row. `up` and `down` are the whole order once it has moved, "" = cannot."""

    place: int
    html: str
    text: str
    up: str
    down: str


@dataclass(frozen=True, slots=True)
class Ordering:
    """order  as sent, "" while nobody has touched it; `here` is what the page shows."""

    steps: tuple[Step, ...]
    order: str
    here: str


@dataclass(frozen=True, slots=True)
class Told:
    """One row as given; `is_in_row` = it follows those before it as it should."""

    html: str
    is_in_row: bool


@dataclass(frozen=True, slots=True)
class Orders:
    given: tuple[Told, ...]
    right: tuple[str, ...]


def show(asked: "Asked", answer: Any, sent: Sequence[str] | None) -> Ordering:
    texts = _options(asked.body)
    numbers = _sent(asked, sent) or _held(asked, answer)
    now = [asked.shown.index(number) for number in numbers or asked.shown]
    steps = tuple(
        Step(
            place,
            texts[asked.shown[place]],
            plain(texts[asked.shown[place]]),
            _moved(now, at, at - 1),
            _moved(now, at, at + 1),
        )
        for at, place in enumerate(now)
    )
    here = places.write_order(now)
    return Ordering(steps, here if numbers else "", here)


def read(asked: "Asked", sent: Sequence[str]) -> list[int] | None:
    if not any(sent):
        return None
    if len(sent) != 1:
        raise AnswerUnreadable
    order = places.read_order(sent[0], len(asked.shown))
    return [asked.shown[place] for place in order]


def tell(asked: "Asked", key: Mapping[str, Any], answer: Any) -> Orders:
    texts = _options(asked.body)
    right = key["order"]
    given = _held(asked, answer)
    kept = in_row([right.index(number) for number in given])
    return Orders(
        tuple(Told(texts[number], at in kept) for at, number in enumerate(given)),
        tuple(texts[number] for number in right),
    )


def in_row(ranks: Sequence[int]) -> set[int]:
    """Return where the longest rising run of these numbers stands, gaps allowed."""
    tails: list[int] = []  # smallest end of a run of each length
    at_end: list[int] = []  # and where it stands
    before: dict[int, int | None] = {}
    for at, rank in enumerate(ranks):
        length = bisect_left(tails, rank)
        before[at] = at_end[length - 1] if length else None
        tails[length : length + 1] = [rank]
        at_end[length : length + 1] = [at]
    found: set[int] = set()
    at_now = at_end[-1] if at_end else None
    while at_now is not None:
        found.add(at_now)
        at_now = before[at_now]
    return found


def _sent(asked: "Asked", sent: Sequence[str] | None) -> list[int]:
    """Return the order sent; [] when it cannot be read: what is held is shown then."""
    try:
        return read(asked, sent or ()) or []
    except AnswerUnreadable:
        return []


def _held(asked: "Asked", answer: Any) -> list[int]:
    """Return the order held; [] when there is none of these options."""
    is_whole = isinstance(answer, list) and sorted(answer) == sorted(asked.shown)
    return list(answer) if is_whole else []


def _moved(order: Sequence[int], at: int, to: int) -> str:
    if not 0 <= to < len(order):
        return ""
    changed = list(order)
    changed[at], changed[to] = changed[to], changed[at]
    return places.write_order(changed)


def _options(body: Mapping[str, Any]) -> dict[int, str]:
    return {option["number"]: option["html"] for option in body["options"]}
