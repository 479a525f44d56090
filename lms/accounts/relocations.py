"""Many people change unit or job at once: placements are closed and opened in bulk."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, literal, select, update

from lms.db import db

from . import moves
from .models import Person, Placement

CHUNK = 900  # ids in one IN list


def relocate(
    person_ids: Sequence[int], today: date, now: datetime, **changed: int
) -> None:
    """Put people into another unit or job from today; their history is kept.

    changed  unit_id, job_id or both
    A placement that began today is mended; an older one ends yesterday.
    """
    for part in _parts(person_ids):
        db.session.execute(
            update(Person)
            .where(Person.id.in_(part))
            .values(updated_at=now, **changed)
            .execution_options(synchronize_session=False)
        )
        _write_placements(part, today, changed)
    db.session.expire_all()  # rows that were loaded before
    moves.tell(person_ids, now)


def _write_placements(part: Sequence[int], today: date, changed: dict) -> None:
    running = (Placement.person_id.in_(part), Placement.valid_to.is_(None))
    mended = (
        update(Placement)
        .where(*running, Placement.valid_from >= today)
        .values(**changed)
        .execution_options(synchronize_session=False)
    )
    ended = (
        update(Placement)
        .where(*running, Placement.valid_from < today)
        .values(valid_to=today - timedelta(days=1))
        .execution_options(synchronize_session=False)
    )
    still = select(Placement.person_id).where(*running)
    columns = ("unit_id", "job_id", "supervisor_id", "asn_status", "rank")
    opened = insert(Placement).from_select(
        ["person_id", *columns, "valid_from"],
        select(
            Person.id, *(getattr(Person, name) for name in columns), literal(today)
        ).where(Person.id.in_(part), Person.id.not_in(still)),
    )
    for statement in (mended, ended, opened):
        db.session.execute(statement)


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]
