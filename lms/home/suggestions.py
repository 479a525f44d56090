"""Which courses a person is advised to take, and why. Never because of a ranking."""

import time
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass

from lms.catalog import cards, shelf
from lms.catalog.cards import Card
from lms.catalog.shelf import Shelf, members
from lms.competency.standing import LEARNED_AT_MOST, Standing

from . import queries

SHOWN = 4
LOOKED_AT = SHOWN + 1  # one may stand in for the course to go on with
MOST_KEPT = 1000  # different gaps and families a process remembers the advice for
POPULAR_SECONDS = 600  # what many take changes slowly, and is the same for everybody
KEPT = 100  # candidates for each reason; who has taken more looks in the catalogue


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A course with its reason.

    reason  gap, family, popular, new
    area    what its subject is, for the motif of its cover
    closes  names of the competencies it raises, for the reason "gap"
    """

    course_id: int
    code: str
    title: str
    jp: int
    minutes: int
    items: int
    area: str
    reason: str
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """What a job asks and a person lacks; `size` in levels."""

    code: str
    name: str
    reached: int
    size: int


def of(standing: Standing, taken: Collection[int]) -> tuple[Suggestion, ...]:
    """Return what to take next: gaps, the family of jobs, then others.

    taken  ids of courses the person takes or has finished
    """
    found: dict[int, Suggestion] = {}
    for suggestion in _all(standing):
        if suggestion.course_id not in taken:
            found.setdefault(suggestion.course_id, suggestion)
        if len(found) == LOOKED_AT:
            break
    return tuple(found.values())


def _all(standing: Standing) -> Iterator[Suggestion]:
    """Yield candidates; who wants no more asks the database no more."""
    stock = shelf.current()
    gaps = tuple(
        Gap(row.code, row.name, row.reached, row.gap)
        for row in standing.gaps
        if row.reached < LEARNED_AT_MOST  # a course leads no further
    )
    if gaps:
        yield from _kept(stock, gaps, lambda: _closing(stock, gaps))
    if family := standing.family:
        yield from _kept(stock, family, lambda: _of_family(stock, family))
    yield from _kept(stock, ("popular", _period()), lambda: _popular(stock))
    yield from _kept(stock, "", lambda: _newest(stock))


_memory: tuple[Shelf | None, dict[Hashable, tuple[Suggestion, ...]]] = (None, {})


def _kept(
    stock: Shelf, name: Hashable, make: Callable[[], tuple[Suggestion, ...]]
) -> tuple[Suggestion, ...]:
    """Return advice made before from the same state of the catalogue, or make it."""
    global _memory  # noqa: PLW0603  (one per process, replaced whole)
    known, advice = _memory
    if known is not stock:
        advice = {}
        _memory = (stock, advice)
    found = advice.get(name)
    if found is None:
        if len(advice) >= MOST_KEPT:
            advice.clear()
        found = advice[name] = make()
    return found


def _closing(stock: Shelf, gaps: tuple[Gap, ...]) -> tuple[Suggestion, ...]:
    """Return courses that narrow a gap, those that narrow the most first."""
    found = []
    for card in _cards(stock, stock.raising({gap.code: gap.reached for gap in gaps})):
        closed = [g for g in gaps if card.promises.get(g.code, 0) > g.reached]
        largest = max(gap.size for gap in closed)
        names = tuple(gap.name for gap in closed)
        found.append((-len(closed), -largest, _as(card, "gap", names)))
    found.sort(key=lambda one: one[:2])  # stable: else by title, as on the shelf
    return tuple(suggestion for *_order, suggestion in found[:KEPT])


def _of_family(stock: Shelf, family: str) -> tuple[Suggestion, ...]:
    found = _cards(stock, stock.having("family", family))
    return tuple(_as(card, "family") for card in found[:KEPT])


def _period() -> int:
    """Return a number that changes when what is popular is counted anew."""
    return int(time.monotonic() // POPULAR_SECONDS)


def _popular(stock: Shelf) -> tuple[Suggestion, ...]:
    popular = [i for i in queries.popular_courses() if i in stock.places]
    releases = (stock.releases[stock.places[i]] for i in popular)
    return tuple(_as(card, "popular") for card in cards.of(releases))


def _newest(stock: Shelf) -> tuple[Suggestion, ...]:
    ranks = stock.ranks["newest"]
    order = sorted(range(len(stock.releases)), key=lambda place: ranks[place])[:KEPT]
    return tuple(_as(c, "new") for c in cards.of(stock.releases[n] for n in order))


def _cards(stock: Shelf, courses: int) -> list[Card]:
    return cards.of(stock.releases[place] for place in members(courses))


def _as(card: Card, reason: str, closes: Iterable[str] = ()) -> Suggestion:
    return Suggestion(
        course_id=card.course_id,
        code=card.code,
        title=card.title,
        jp=card.jp,
        minutes=card.minutes,
        items=card.items,
        area=card.area,
        reason=reason,
        closes=tuple(closes),
    )
