"""Carry out a planned import of people, in the caller's transaction."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update

from lms.audit import log
from lms.db import db
from lms.kernel import ids

from . import moves, people, units
from .import_known import name_key, parts
from .models import Job, Person, Placement, Unit
from .people_import import Change, Key, Plan

KINDS = ("office", "division")  # by depth below the agency; deeper ones are sections


class PlanHasErrors(ValueError):
    """A plan with errors must not be carried out."""


def apply(
    made: Plan,
    today: date,
    now: datetime,
    by=None,
    leaving: Collection[int] = (),
) -> None:
    """Write everything `made` says; raises before writing when it holds errors.

    by       SignedIn or Person; None = the command line
    leaving  of those in `made.gone`: who is deactivated because somebody said so
    raises   LastAdministrator
    """
    if made.has_errors:
        raise PlanHasErrors
    leavers = list(_load(sorted(set(leaving) & set(made.gone))).values())
    todo = [c for c in made.changes if c.kind != "same"]
    _make_units(todo, today)
    _make_jobs(todo)
    _free_emails(todo)
    persons = _load(c.person_id for c in todo if c.person_id)
    ids_of = _add([c for c in todo if c.person_id is None], today, now)
    _write([c for c in todo if c.person_id], persons, ids_of, today, now)
    leavers += [persons[c.key] for c in todo if c.kind == "deactivated"]
    for person in leavers:
        people.deactivate(person, today=today, now=now, by=by)
    log.record(
        "people.imported",
        actor_id=by.id if by else None,
        object_kind="people",
        object_id="",
        facts=made.counts | {"left": len(leaving)},
        now=now,
    )
    db.session.flush()
    told = {person.id for person in leavers}
    told |= {c.person_id or ids_of[c.key] for c in todo if _is_move(c)}
    moves.tell(sorted(told), now)


def _is_move(change: Change) -> bool:
    """Say whether unit, job, status or activity changed."""
    if change.before is None:
        return True
    place = (change.unit, change.job) != change.before[:2]
    return place or bool({"asn_status", "is_active"} & change.facts.keys())


def _make_units(todo: list[Change], today: date) -> None:
    """Make each missing unit once, from the top down."""
    made: dict[tuple[int, str], Unit] = {}
    done: dict[tuple, int] = {}
    for change in todo:
        if isinstance(change.unit, int):
            continue
        wanted = change.unit
        if wanted not in done:
            start, *names = wanted
            at = db.session.get_one(Unit, start)
            for depth, name in enumerate(names, start=1):
                key = (at.id, name_key(name))
                if key not in made:
                    unor = change.row.unor_id if depth == len(names) else ""
                    made[key] = units.make(
                        at, _kind(at), name, today, siasn_unor_id=unor
                    )
                at = made[key]
            done[wanted] = at.id
        change.unit = done[wanted]


def _kind(above: Unit) -> str:
    depth = above.path.count("/") - 2  # 0 = the agency itself
    return KINDS[depth] if depth < len(KINDS) else "section"


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
    for part in parts(numbers):
        db.session.execute(
            update(Person)
            .where(Person.id.in_(part))
            .values(email=None)
            .execution_options(synchronize_session="fetch")
        )


def _load(numbers) -> dict[Key, Person]:
    found: dict[Key, Person] = {}
    for part in parts(list(numbers)):
        rows = db.session.scalars(select(Person).where(Person.id.in_(part)))
        found |= {person.id: person for person in rows}
    return found


def _add(todo: list[Change], today: date, now: datetime) -> dict[Key, int]:
    """Add the new people, with their first placements; return the ids they got."""
    if not todo:
        return {}
    common = {"created_at": now, "updated_at": now, "supervisor_id": None}
    values = [
        common
        | {"uid": ids.new_uid(), "unit_id": change.unit, "job_id": change.job}
        | change.facts
        for change in todo
    ]
    # One shape of row for all, so that many go in with each statement.
    names = {name for row in values for name in row}
    usual = {"nip": None, "email": None, "is_active": True}
    rows = [{n: row.get(n, usual.get(n, "")) for n in names} for row in values]
    found = db.session.scalars(
        insert(Person).returning(Person.id, sort_by_parameter_order=True), rows
    ).all()
    ids_of = {c.key: person_id for c, person_id in zip(todo, found, strict=True)}
    above = {c.key: _superior_id(c, ids_of) for c in todo}
    if led := [{"id": ids_of[k], "supervisor_id": a} for k, a in above.items() if a]:
        db.session.execute(update(Person), led)
    placed = [
        {
            "person_id": ids_of[change.key],
            "unit_id": row["unit_id"],
            "job_id": row["job_id"],
            "supervisor_id": above[change.key],
            "asn_status": row["asn_status"],
            "rank": row.get("rank", ""),
            "valid_from": today,
        }
        for change, row in zip(todo, rows, strict=True)
    ]
    db.session.execute(insert(Placement), placed)
    return ids_of


def _superior_id(change: Change, ids_of: dict[Key, int]) -> int | None:
    above = change.superior
    return ids_of[above] if isinstance(above, tuple) else above


def _write(
    todo, persons: dict[Key, Person], ids_of, today: date, now: datetime
) -> None:
    """Set what differs; a change of place, job, superior, status or rank is history."""
    before = {key: _placed(person) for key, person in persons.items()}
    for change in todo:
        person = persons[change.key]
        person.supervisor_id = _superior_id(change, ids_of)
        person.unit_id, person.job_id = change.unit, change.job
        person.updated_at = now
        for name, value in change.facts.items():
            if name != "is_active" or value:  # leaving is `people.deactivate`
                setattr(person, name, value)
    db.session.flush()

    moved = [c for c in todo if before[c.key] != _placed(persons[c.key])]
    current = _current_placements([c.person_id for c in moved])
    for change in moved:
        _move(persons[change.key], current.get(change.person_id), today)
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
    for part in parts(numbers):
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
