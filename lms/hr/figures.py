"""Keep the sums of the dashboard true: take in what changed, rebuild, check.

Triggers note whose figures changed (figure_changes). `take_in` works such notes off, a
few hundred people at a time, so that nobody who writes waits long.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, literal, select, text
from sqlalchemy.dialects import postgresql, sqlite

from lms.accounts.models import Person
from lms.db import db, reading

from . import figure_parts
from .models import FigureChange, FigureSum, PersonFigure

STEP = 450  # people at a time: some 50 ms
LOCK = 7_202_613  # PostgreSQL's advisory lock; one at a time works the notes off
EVERYBODY = 0
KEY = tuple(column.key for column in FigureSum.__table__.primary_key)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the records say.

    what  "person 4", "sum jp/2026/…"
    """

    what: str
    kept: str
    true: str


def pending() -> int:
    """Return how many changes the sums do not know yet; cheap when there are none."""
    return db.session.scalar(select(func.count()).select_from(FigureChange)) or 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Notes worked off together, and what their people add to the sums by now."""

    note_ids: list[int]
    whose: set[int]
    parts: dict[int, str]


def take_in(commit: Callable[[], None], seconds: float | None = None) -> bool:
    """Take in what changed, some people at a time; `commit` ends each time.

    seconds  begin nothing new after so long; None = go on to the end
    returns  whether that was all: after an import there may be minutes of work

    On SQLite nobody can write while somebody does: there everything is worked out
    first, in a transaction that only reads, and then written in a few milliseconds.
    """
    db.session.rollback()
    mode, began = reading.get(), time.monotonic()
    try:
        while seconds is None or time.monotonic() - began < seconds:
            reading.set(_engine() == "sqlite")
            batch = _worked_out()
            if batch is None:
                return True
            if _engine() == "sqlite":
                db.session.rollback()
                reading.set(False)
            _write(batch)
            commit()
        return False
    finally:
        db.session.rollback()
        reading.set(mode)


def _worked_out() -> Batch | None:
    """Return notes of the people who wait longest; None = there are none.

    What a note speaks of was committed with it, so what is read after it has it. All
    notes of a person go together: somebody who changed often is worked out once.
    """
    if _engine() == "postgresql":
        # Notes become visible out of order there: one at a time works them off.
        db.session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOCK})
    oldest = select(FigureChange.whose).order_by(FigureChange.id).limit(STEP)
    whose = set(db.session.scalars(oldest))
    if not whose:
        return None
    notes = select(FigureChange.id).where(FigureChange.whose.in_(whose))
    note_ids = list(db.session.scalars(notes.order_by(FigureChange.id)))
    people = whose - {EVERYBODY}
    parts = figure_parts.of_people(people) if people else {}
    return Batch(note_ids, whose, parts)


def _write(batch: Batch) -> None:
    """Put a batch into the sums, unless somebody else has worked off its notes."""
    taken = sum(
        db.session.execute(
            delete(FigureChange).where(FigureChange.id.in_(part))
        ).rowcount
        for part in _chunks(batch.note_ids)
    )
    if taken != len(batch.note_ids):
        db.session.rollback()
        return
    if EVERYBODY in batch.whose:
        everybody = insert(FigureChange).from_select(["whose"], select(Person.id))
        db.session.execute(everybody)
    _replace(batch.whose - {EVERYBODY}, batch.parts)


def forget() -> None:
    """Throw the sums away; `take_in` makes them anew."""
    for table in (FigureSum, PersonFigure, FigureChange):
        db.session.execute(delete(table))
    db.session.execute(insert(FigureChange).values(whose=EVERYBODY))


def size() -> tuple[int, int]:
    """Return how many people and sums are kept."""
    tables = (PersonFigure, FigureSum)
    people, sums = (
        db.session.scalar(select(func.count()).select_from(table)) for table in tables
    )
    return people or 0, sums or 0


def one_view() -> None:
    """Let this transaction, not yet begun, see the database as it is now to its end."""
    if _engine() == "postgresql":  # a transaction of SQLite does so anyway
        db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def compare() -> Iterator[Difference]:
    """Yield what differs from the records; in `one_view` where people work meanwhile.

    Once all changes were taken in; those that come later are not held against it.
    """
    late = set(db.session.scalars(select(FigureChange.whose)))
    if EVERYBODY in late:
        yield Difference("figure_changes", "0", "")
        return
    sums: dict[figure_parts.Sum, list[int]] = {}
    for part in _people():
        kept = _kept(part)
        true = figure_parts.of_people(part)
        for number in part:
            if number not in late and kept.get(number) != true.get(number):
                yield Difference(
                    f"person {number}", kept.get(number, ""), true.get(number, "")
                )
        # Sums are what is kept, added up: the people were compared above.
        figure_parts.sums(kept.values(), 1, sums)
    rows = db.session.execute(select(FigureSum))
    for row in rows.scalars():
        place = tuple(getattr(row, name) for name in KEY)
        true = sums.pop(place, [0, 0])
        if [row.count, row.total] != true:
            yield Difference(_named(place), f"{row.count}, {row.total}", str(true))
    for place, true in sums.items():
        if any(true):
            yield Difference(_named(place), "", str(true))


def _engine() -> str:
    return db.session.get_bind().dialect.name


def _chunks(numbers: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(numbers), STEP):
        yield numbers[at : at + STEP]


def _named(place: figure_parts.Sum) -> str:
    return "sum " + "/".join(map(str, place))


def _people() -> Iterator[list[int]]:
    last = 0
    while True:
        part = list(
            db.session.scalars(
                select(Person.id)
                .where(Person.id > last)
                .order_by(Person.id)
                .limit(STEP)
            )
        )
        if not part:
            return
        yield part
        last = part[-1]


def _kept(person_ids) -> dict[int, str]:
    rows = db.session.execute(
        select(PersonFigure.person_id, PersonFigure.parts).where(
            PersonFigure.person_id.in_(person_ids)
        )
    )
    return {number: parts for number, parts in rows}


def _replace(person_ids: set[int], now: dict[int, str]) -> None:
    """Take out of the sums what people added before, and put in what they add now."""
    before = _kept(person_ids) if person_ids else {}
    changed = {n for n in person_ids if before.get(n) != now.get(n)}
    moved: dict[figure_parts.Sum, list[int]] = {}
    figure_parts.sums((before[n] for n in changed if n in before), -1, moved)
    figure_parts.sums((now[n] for n in changed if n in now), 1, moved)
    if not changed:
        return
    db.session.execute(delete(PersonFigure).where(PersonFigure.person_id.in_(changed)))
    rows = [{"person_id": n, "parts": now[n]} for n in sorted(changed) if n in now]
    if rows:
        db.session.execute(insert(PersonFigure.__table__), rows)
    _add({place: by for place, by in moved.items() if any(by)})


def _add(moved: dict[figure_parts.Sum, list[int]]) -> None:
    """Add to the sums; rows that count nothing any more go."""
    if not moved:
        return
    make = sqlite if _engine() == "sqlite" else postgresql
    table = FigureSum.__table__  # of many rows, the ORM's insert takes twice as long
    statement = make.insert(table)
    statement = statement.on_conflict_do_update(
        index_elements=list(KEY),
        set_={
            "count": table.c.count + statement.excluded.count,
            "total": table.c.total + statement.excluded.total,
        },
    )
    rows = [
        dict(zip(KEY, place, strict=True), count=count, total=total)
        for place, (count, total) in sorted(moved.items())
    ]
    db.session.execute(statement, rows)
    if any(count < 0 for count, _total in moved.values()):
        db.session.execute(delete(FigureSum).where(FigureSum.count == literal(0)))
