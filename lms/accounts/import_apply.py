"""Carry out a planned import of people, in the caller's transaction.

On SQLite nobody else saves meanwhile, so it is few statements over many rows: by the
tables, not the classes, so that no row becomes an object on its way.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, insert, literal, select, update

from lms.audit import log
from lms.db import db
from lms.kernel import ids
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_

from . import moves, people, units
from .import_known import fingerprint, name_key, parts
from .models import Job, Person, Placement, Unit
from .people_import import Change, Key, Plan

KINDS = ("office", "division")  # by depth below the agency; deeper ones are sections
PEOPLE, PLACEMENTS = Person.__table__, Placement.__table__
PLACED = ("unit_id", "job_id", "supervisor_id", "asn_status", "rank")
# What a new person has where the file says nothing; other texts are empty.
USUAL = {"nip": None, "email": None, "is_active": True, "pns_orang_id": "", "rank": "",
         "title_front": "", "title_back": ""}  # fmt: skip


class Stale(Conflict):
    message = N_(
        "Belum ada yang disimpan: data pegawai berubah selama berkas ini diperiksa."
        " Ulangi sekali lagi."
    )


class PlanHasErrors(ValueError):
    """A plan with errors must not be carried out."""


def apply(
    made: Plan,
    today: date,
    now: datetime,
    *,
    by=None,
    leaving: Collection[int] = (),
    stamp: tuple | None = None,
) -> None:
    """Write everything `made` says; raises before writing when it holds errors.

    by       SignedIn or Person; None = the command line
    leaving  of those in `made.gone`: who is deactivated because somebody said so
    stamp    import_known.fingerprint() from before `made` was made, if others could
             save since
    raises   LastAdministrator, Stale
    """
    if made.has_errors:
        raise PlanHasErrors
    if stamp is not None and fingerprint() != stamp:
        raise Stale
    todo = [c for c in made.changes if c.kind != "same"]
    _make_units(todo, today)
    _make_jobs(made, todo)
    _free_emails(todo)
    ids_of = _add([c for c in todo if c.person_id is None], today, now)
    _write([c for c in todo if c.person_id], ids_of, today, now)
    db.session.expire_all()  # rows that were loaded before
    going = set(leaving) & set(made.gone)
    going |= {c.person_id for c in todo if c.kind == "deactivated" and c.person_id}
    for person in _load(sorted(going)):
        people.deactivate(person, today=today, now=now, by=by, is_told=True)
    log.record(
        "people.imported",
        actor_id=by.id if by else None,
        object_kind="people",
        object_id="",
        facts=made.counts | {"left": len(leaving)},
        now=now,
    )
    db.session.flush()
    told = going | {c.person_id or ids_of[c.key] for c in todo if _is_move(c)}
    moves.tell(sorted(told), now)


def _is_move(change: Change) -> bool:
    """Say whether unit, job, status or activity changed."""
    if change.before is None:
        return True
    place = (change.unit, change.job) != tuple(change.before[:2])
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


def _make_jobs(made: Plan, todo: list[Change]) -> None:
    jobs = {
        job.key: Job(title=job.title, type=job.type, level=job.level, family=job.family)
        for job in made.new_jobs
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
            update(PEOPLE).where(PEOPLE.c.id.in_(part)).values(email=None)
        )


def _load(numbers: Iterable[int]) -> Iterable[Person]:
    for part in parts(numbers):
        yield from db.session.scalars(select(Person).where(Person.id.in_(part))).all()


def _add(todo: list[Change], today: date, now: datetime) -> dict[Key, int]:
    """Add the new people, with their first placements; return the ids they got."""
    if not todo:
        return {}
    common = {"created_at": now, "updated_at": now, "supervisor_id": None,
              "is_demo": False}  # fmt: skip
    rows = [
        common
        | {"uid": ids.new_uid(), "unit_id": change.unit, "job_id": change.job}
        | change.facts
        for change in todo
    ]
    # One shape of row for all, so that all go in with one statement. By the table, not
    # the class: no row becomes an object on its way.
    names = {name for row in rows for name in row} | USUAL.keys()
    rows = [{n: row.get(n, USUAL.get(n, "")) for n in names} for row in rows]
    newest = db.session.scalar(select(func.max(Person.id))) or 0
    db.session.execute(insert(PEOPLE), rows)
    found = db.session.execute(select(Person.uid, Person.id).where(Person.id > newest))
    by_uid = dict(map(tuple, found))
    ids_of = {c.key: by_uid[row["uid"]] for c, row in zip(todo, rows, strict=True)}
    above = {c.key: _superior_id(c, ids_of) for c in todo}
    if led := [{"b_id": ids_of[k], "above": a} for k, a in above.items() if a]:
        db.session.execute(
            update(PEOPLE)
            .where(PEOPLE.c.id == bindparam("b_id"))
            .values(supervisor_id=bindparam("above")),
            led,
        )
    placed = [
        {
            "person_id": ids_of[change.key],
            "unit_id": row["unit_id"],
            "job_id": row["job_id"],
            "supervisor_id": above[change.key],
            "asn_status": row["asn_status"],
            "rank": row["rank"],
            "valid_from": today,
        }
        for change, row in zip(todo, rows, strict=True)
    ]
    db.session.execute(insert(PLACEMENTS), placed)
    return ids_of


def _superior_id(change: Change, ids_of: dict[Key, int]) -> int | None:
    above = change.superior
    return ids_of[above] if isinstance(above, tuple) else above


def _write(todo: list[Change], ids_of, today: date, now: datetime) -> None:
    """Set what differs; a change of place, job, superior, status or rank is history."""
    alike: dict[tuple[str, ...], list[dict]] = defaultdict(list)
    moved: list[int] = []
    for change in todo:
        above = _superior_id(change, ids_of)
        where = {"unit_id": change.unit, "job_id": change.job, "supervisor_id": above}
        # Leaving is `people.deactivate`.
        facts = {n: v for n, v in change.facts.items() if n != "is_active" or v}
        values = where | facts | {"updated_at": now}
        alike[tuple(sorted(values))].append(values | {"b_id": change.person_id})
        if tuple(where.values()) != tuple(change.before[:3]) or facts.keys() & PLACED:
            moved.append(change.person_id)
    for names, rows in alike.items():
        db.session.execute(
            update(PEOPLE)
            .where(PEOPLE.c.id == bindparam("b_id"))
            .values({name: bindparam(name) for name in names}),
            rows,
        )
    for part in parts(moved):
        _place(part, today)


def _place(part: list[int], today: date) -> None:
    """Close running placements yesterday, open new ones today; same day mends them."""
    at = PLACEMENTS.c
    running = (at.person_id.in_(part), at.valid_to.is_(None))
    db.session.execute(
        update(PLACEMENTS)
        .where(*running, at.valid_from < today)
        .values(valid_to=today - timedelta(days=1))
    )
    todays = db.session.scalars(select(at.person_id).where(*running)).all()
    if todays:
        now_at = select(Person.id, *(PEOPLE.c[name] for name in PLACED))
        rows = db.session.execute(now_at.where(Person.id.in_(todays)))
        db.session.execute(
            update(PLACEMENTS)
            .where(at.person_id == bindparam("b_id"), at.valid_to.is_(None))
            .values({name: bindparam(name) for name in PLACED}),
            [dict(zip(("b_id", *PLACED), row, strict=True)) for row in rows],
        )
    opened = select(
        PEOPLE.c.id, *(PEOPLE.c[name] for name in PLACED), literal(today)
    ).where(PEOPLE.c.id.in_(part), PEOPLE.c.id.not_in(todays))
    db.session.execute(
        insert(PLACEMENTS).from_select(["person_id", *PLACED, "valid_from"], opened)
    )
