"""Courses that raise a competency: what people are advised to take."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import cards, shelf
from .shelf import members


@dataclass(frozen=True, slots=True)
class Card:
    """A live course as advice shows it.

    level  the one it promises
    area   what its subject is, for the motif of its cover
    """

    course_id: int
    code: str
    title: str
    summary: str
    jp: int
    minutes: int
    level: int
    area: str = ""


def courses_for(codes: Iterable[str]) -> dict[str, list[Card]]:
    """Return the courses that promise each competency; codes without any are absent.

    Only courses that new people may take; the higher level first, then by title.
    """
    stock = shelf.current()
    wanted = list(dict.fromkeys(codes))
    places = list(members(stock.having_any("competency", wanted)))
    found: dict[str, list[Card]] = {}
    for card in cards.of(stock.releases[place] for place in places):
        for code in card.promises.keys() & wanted:
            found.setdefault(code, []).append(_promising(card, card.promises[code]))
    for advised in found.values():
        advised.sort(key=lambda card: -card.level)
    return found


def _promising(card: cards.Card, level: int) -> Card:
    return Card(
        course_id=card.course_id,
        code=card.code,
        title=card.title,
        summary=card.summary,
        jp=card.jp,
        minutes=card.minutes,
        level=level,
        area=card.area,
    )
