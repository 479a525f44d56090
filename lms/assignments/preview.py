"""Whom an assignment would mean, before it is made. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select

from lms.accounts.models import Person, Unit, full_name
from lms.db import db
from lms.records.models import Completion

from . import rules, telling, waves
from .models import Assignment, Exemption
from .rules import Rule, Terms

UNITS, PEOPLE = 30, 40  # shown; the rest is counted


@dataclass(frozen=True, slots=True)
class UnitCount:
    """People of one unit, and how many of them each wave gets."""

    name: str
    people: int
    waves: list[int]


@dataclass(frozen=True, slots=True)
class Meant:
    """One of the people meant."""

    uid: str
    name: str
    unit: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that is shown before saving.

    done       have finished the course already
    let_off    are exempted from another assignment of the same course
    units      the largest first, `more_units` besides
    first      the first by name
    """

    total: int
    done: int
    let_off: int
    waves: list[int]
    units: Sequence[UnitCount]
    more_units: int
    first: Sequence[Meant]


def of(course_id: int, rule: Rule, terms: Terms) -> Preview:
    """Count and name the people a rule means now."""
    counted = db.session.execute(
        rules.people(rule, Unit.id, func.count())
        .join(Unit, Unit.id == Person.unit_id)
        .group_by(Unit.id, Unit.name)
        .order_by(func.count().desc(), Unit.name)
    ).all()
    first = _first(rule, _done(course_id, terms))
    shown = {number for number, _people in counted[:UNITS]}
    names = telling.unit_labels(shown | {row.unit_id for row in first})
    units = [
        UnitCount(names.get(number, ""), people, waves.sizes(people, terms.waves))
        for number, people in counted
    ]
    per_wave = [sum(of_wave) for of_wave in zip(*(u.waves for u in units), strict=True)]
    done = _done(course_id, terms)
    let_off = (
        select(Exemption.person_id)
        .join(Assignment, Assignment.id == Exemption.assignment_id)
        .where(
            Assignment.course_id == course_id,
            Assignment.ended_at.is_(None),
            Exemption.ended_at.is_(None),
        )
    )
    return Preview(
        total=sum(unit.people for unit in units),
        done=_count(rule, Person.id.in_(done)),
        let_off=_count(rule, Person.id.in_(let_off)),
        waves=per_wave,
        units=units[:UNITS],
        more_units=max(0, len(units) - UNITS),
        first=[_meant(row, names) for row in first],
    )


def chosen(rule: Rule, uids: Sequence[str]) -> list[int]:
    """Return the ids of those among the people meant; others are passed over."""
    if not uids:
        return []
    return list(
        db.session.scalars(
            rules.people(rule, Person.id).where(Person.uid.in_(uids[:PEOPLE]))
        )
    )


def _count(rule: Rule, condition) -> int:
    return db.session.scalar(rules.people(rule, func.count()).where(condition)) or 0


def _done(course_id: int, terms: Terms) -> Select:
    found = select(Completion.person_id).where(
        Completion.course_id == course_id, Completion.state == "valid"
    )
    if terms.counts_from:
        found = found.where(Completion.finished_on >= terms.counts_from)
    return found


def _first(rule: Rule, done: Select) -> Sequence[Row]:
    return db.session.execute(
        rules.people(
            rule,
            Person.uid,
            Person.title_front,
            Person.name,
            Person.title_back,
            Person.unit_id,
            Person.id.in_(done).label("is_done"),
        )
        .order_by(Person.name, Person.id)
        .limit(PEOPLE)
    ).all()


def _meant(row: Row, units: dict[int, str]) -> Meant:
    return Meant(
        uid=row.uid,
        name=full_name(row.title_front, row.name, row.title_back),
        unit=units[row.unit_id],
        is_done=bool(row.is_done),
    )
