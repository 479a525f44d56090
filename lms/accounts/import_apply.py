"""Carry out a planned import of people, in the caller's transaction."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from lms.audit import log
from lms.db import db
from lms.kernel import ids

from . import people, units
from .models import Job, Person, Placement, Unit
from .people_import import CHUNK, Change, Key, Plan

KINDS = ("office", "division")  # by depth below the agency; deeper ones are sections


class PlanHasErrors(ValueError):
    """A plan with errors must not be carried out."""


def apply(made: Plan, today: date, now: datetime, by=None) -> None:
    """Write everything `made` says; raises before writing when it holds errors.

    by  SignedIn; None = the command line
    """
    if made.has_errors:
        raise PlanHasErrors
    todo = [c for c in made.changes if c.kind != "same"]
    _make_units(todo, today)
    _make_jobs(todo)
    _free_emails(todo)
    persons = _load(c.person_id for c in todo if c.person_id)
    for change in todo:
        if change.person_id is None:
            persons[change.key] = _new(change, now)
    db.session.add_all(persons.values())
    db.session.flush()  # gives the new ones their ids
    _write(todo, persons, today, now)
    for change in todo:
        if change.kind == "deactivated":
            people.deactivate(persons[change.key], today=today, now=now, by=by)
    log.record(
        "people.imported",
        actor_id=by.id if by else None,
        object_kind="people",
        object_id="",
        facts=made.counts,
        now=now,
    )


def _make_units(todo: list[Change], today: date) -> None:
    """Make each missing unit once, from the top down."""
    made: dict[tuple[int, str], Unit] = {}
    for change in todo:
        if isinstance(change.unit, int):
            continue
        start, *names = change.unit
        at = db.session.get_one(Unit, start)
        for name in names:
            key = (at.id, name.casefold())
            if key not in made:
                depth = at.path.count("/") - 2  # 0 = the agency itself
                kind = KINDS[depth] if depth < len(KINDS) else "section"
                made[key] = units.make(at, kind, name, today)
            at = made[key]
        change.unit = at.id


def _make_jobs(todo: list[Change]) -> None:
    wanted = {c.job for c in todo if isinstance(c.job, tuple)}
    jobs = {
        (title, kind, level): Job(title=title, type=kind, level=level)
        for title, kind, level in sorted(wanted)
    }
    db.session.add_all(jobs.values())
    db.session.flush()
    for change in todo:
        if isinstance(change.job, tuple):
            change.job = jobs[change.job].id


def _free_emails(todo: list[Change]) -> None:
    """Two people may swap addresses: first both let go of theirs."""
    numbers = [c.person_id for c in todo if c.person_id and "email" in c.facts]
    for part in _parts(numbers):
        db.session.execute(
            update(Person)
            .where(Person.id.in_(part))
            .values(email=None)
            .execution_options(synchronize_session="fetch")
        )


def _load(numbers) -> dict[Key, Person]:
    found: dict[Key, Person] = {}
    for part in _parts(list(numbers)):
        rows = db.session.scalars(select(Person).where(Person.id.in_(part)))
        found |= {person.id: person for person in rows}
    return found


def _parts(numbers: list):
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]


def _new(change: Change, now: datetime) -> Person:
    return Person(
        uid=ids.new_uid(),
        unit_id=change.unit,
        job_id=change.job,
        created_at=now,
        updated_at=now,
        **change.facts,
    )


def _write(todo, persons: dict[Key, Person], today: date, now: datetime) -> None:
    """Set what differs; a change of place, job, superior, status or rank is history."""
    before = {key: _placed(person) for key, person in persons.items()}
    for change in todo:
        person = persons[change.key]
        superior = persons.get(change.superior)
        person.supervisor_id = superior.id if superior else change.superior
        if change.person_id is None:
            continue
        person.unit_id, person.job_id = change.unit, change.job
        person.updated_at = now
        for name, value in change.facts.items():
            if name != "is_active" or value:  # leaving is `people.deactivate`
                setattr(person, name, value)
    db.session.flush()

    moved = [
        c for c in todo if c.person_id and before[c.key] != _placed(persons[c.key])
    ]
    current = _current_placements([c.person_id for c in moved])
    for change in moved:
        _move(persons[change.key], current.get(change.person_id), today)
    for change in todo:
        if change.person_id is None:
            people.place(persons[change.key], today)
    db.session.flush()


def _placed(person: Person) -> tuple:
    return (
        person.unit_id,
        person.job_id,
        person.supervisor_id,
        person.asn_status,
        person.rank,
    )


def _current_placements(numbers: list[int]) -> dict[int, Placement]:
    found = {}
    for part in _parts(numbers):
        rows = db.session.scalars(
            select(Placement)
            .where(Placement.person_id.in_(part), Placement.valid_to.is_(None))
            .order_by(Placement.id)
        )
        found |= {row.person_id: row for row in rows}
    return found


def _move(person: Person, current: Placement | None, today: date) -> None:
    """Close the running placement yesterday, open one today; same day mends it."""
    if current and current.valid_from >= today:
        (
            current.unit_id,
            current.job_id,
            current.supervisor_id,
            current.asn_status,
            current.rank,
        ) = _placed(person)
        return
    if current:
        current.valid_to = today - timedelta(days=1)
    people.place(person, today)
