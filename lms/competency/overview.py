"""What the competency page shows of a person, put together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lms.catalog import promising
from lms.catalog.shelf import GROUPS
from lms.kernel.i18n import N_

from . import queries, standing
from .standing import LEARNED_AT_MOST, Row, Standing

OTHERS = N_("Lainnya")
LEVEL_NAMES = {
    1: N_("Paham"),
    2: N_("Dasar"),
    3: N_("Menengah"),
    4: N_("Mumpuni"),
    5: N_("Ahli"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A course that brings a person further; `state` is done, ended (what it gave has
    run out: take it again), running or "".
    """

    card: promising.Card
    level: int  # that it is evidence for
    state: str


@dataclass(frozen=True, slots=True)
class Item:
    """A competency with all that speaks for it.

    advice  for a gap that no course closes: "assess" when the level asked is above
            what courses give, "none" when the catalogue has no course; else ""
    """

    row: Row
    meanings: dict[int, str] = field(default_factory=dict)
    shown: list[Any] = field(default_factory=list)
    evidence: list[queries.Learned] = field(default_factory=list)
    offers: tuple[Offer, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of competencies under one heading."""

    key: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All of the page; `beyond` holds what the job does not ask."""

    standing: Standing
    sections: tuple[Section, ...]
    beyond: tuple[Item, ...]


def of(person_id: int, today: date) -> Overview:
    """Return everything the page says about a person.

    today  by the calendar of the person's agency
    """
    found = standing.of(person_id, today)
    rows = (*found.rows, *found.beyond)
    meanings = queries.meanings(row.code for row in rows)
    shown = queries.shown_to(person_id)
    evidence = queries.evidence_of(person_id, today)
    cards = promising.courses_for([row.code for row in found.gaps])
    taken = queries.taken(person_id, today) if cards else {}

    def item(row: Row) -> Item:
        offers = offers_for(row, cards.get(row.code, ()), taken)
        return Item(
            row,
            meanings.get(row.code, {}),
            shown.get(row.code, []),
            evidence.get(row.code, []),
            offers,
            advice_for(row, offers),
        )

    items = {row.code: item(row) for row in rows}
    return Overview(
        found,
        sections_of(items[row.code] for row in found.rows),
        tuple(items[row.code] for row in found.beyond),
    )


def offers_for(
    row: Row, cards: Iterable[promising.Card], taken: dict[int, str]
) -> tuple[Offer, ...]:
    """Return the courses that bring a person further than now, the nearest last step
    first: those not finished before those that are.
    """
    offers = [
        Offer(card, min(card.level, LEARNED_AT_MOST), taken.get(card.course_id, ""))
        for card in cards
        if row.gap and min(card.level, LEARNED_AT_MOST) > row.reached
    ]
    return tuple(sorted(offers, key=lambda offer: offer.state == "done"))


def advice_for(row: Row, offers: tuple[Offer, ...]) -> str:
    """Return what to say when courses do not close the gap."""
    if not row.gap:
        return ""
    if row.required > LEARNED_AT_MOST and row.reached >= LEARNED_AT_MOST:
        return "assess"
    return "" if offers else "none"


def sections_of(items: Iterable[Item]) -> tuple[Section, ...]:
    """Group items in the order of the dictionary's groups; unknown groups last."""
    by_group: dict[str, list[Item]] = {key: [] for key in (*GROUPS, "")}
    for item in items:
        by_group[item.row.group if item.row.group in GROUPS else ""].append(item)
    return tuple(
        Section(key or "lain", GROUPS.get(key, OTHERS), tuple(found))
        for key, found in by_group.items()
        if found
    )
