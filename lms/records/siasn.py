"""How far completions are on their way to SIASN: change a state, with its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, insert, select

from lms.db import db

from .models import Completion
from .siasn_models import BATAL, SiasnChange, SiasnRecord

CHUNK = 900  # ids in one statement


@dataclass(frozen=True, slots=True)
class News:
    """What became of one completion; an empty text keeps what was known.

    payload  JSON, only of what is put into a package
    """

    completion_id: int
    state: str
    rw_kursus_id: str = ""
    message: str = ""
    payload_sha: str = ""
    package: str = ""
    payload: str = ""


def lock(completion_ids: Iterable[int]) -> None:
    """Wait for others who change these, then see what they wrote.

    Their completions are the lock: a record may not be there yet. Ask what is stored
    behind it, not before.
    """
    wanted = sorted(set(completion_ids))
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        db.session.execute(
            select(Completion.id)
            .where(Completion.id.in_(part))
            .order_by(Completion.id)
            .with_for_update(key_share=True)
        )


def of(completion_ids: Iterable[int]) -> dict[int, SiasnRecord]:
    """Return completion id -> its record, of those that have one."""
    wanted, found = sorted(set(completion_ids)), {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        rows = db.session.scalars(
            select(SiasnRecord)
            .where(SiasnRecord.completion_id.in_(part))
            .execution_options(populate_existing=True)
        )
        found.update({row.completion_id: row for row in rows})
    return found


def change(news: Iterable[News], actor_id: int | None, now: datetime) -> int:
    """Write new states with a line of history each; what is so already is not news.

    actor_id  None = the command line
    returns   how many changed
    """
    every = list(news)
    lock(each.completion_id for each in every)
    known = of(each.completion_id for each in every)
    lines = []
    for each in every:
        row = known.get(each.completion_id)
        told = {
            "state": each.state,
            "rw_kursus_id": each.rw_kursus_id or (row.rw_kursus_id if row else ""),
            "message": each.message,
            "payload_sha": each.payload_sha or (row.payload_sha if row else ""),
            "package": each.package or (row.package if row else ""),
        }
        if row and all(getattr(row, name) == value for name, value in told.items()):
            continue
        changed = {"changed_at": now, "changed_by": actor_id}
        if row is None:
            db.session.add(
                SiasnRecord(completion_id=each.completion_id, **told, **changed)
            )
        else:
            for name, value in (told | changed).items():
                setattr(row, name, value)
        lines.append(
            {"completion_id": each.completion_id, "at": now, "actor_id": actor_id}
            | told
            | {"payload": each.payload}
        )
    db.session.flush()
    if lines:
        db.session.execute(insert(SiasnChange), lines)
    return len(lines)


def cancel(completion: Completion, actor_id: int | None, now: datetime) -> None:
    """Note that a completion was revoked: it is not to be sent, or to be taken back."""
    change([News(completion.id, BATAL)], actor_id, now)


def sent(person_id: int) -> dict[str, Row]:
    """Return completion uid -> (state, changed_at) of a person's own records."""
    rows = db.session.execute(
        select(Completion.uid, SiasnRecord.state, SiasnRecord.changed_at)
        .join(SiasnRecord, SiasnRecord.completion_id == Completion.id)
        .where(Completion.person_id == person_id)
    )
    return {row.uid: row for row in rows}


def history(completion_id: int) -> list[SiasnChange]:
    """Return the changes of one completion, newest first."""
    return list(
        db.session.scalars(
            select(SiasnChange)
            .where(SiasnChange.completion_id == completion_id)
            .order_by(SiasnChange.id.desc())
        )
    )


def packed(completion_ids: Iterable[int]) -> dict[int, dict[str, tuple[str, str]]]:
    """Return what was put into packages.

    returns  completion id -> package -> (payload, its SHA-256); the oldest first
    """
    wanted = sorted(set(completion_ids))
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        rows = db.session.execute(
            select(
                SiasnChange.completion_id,
                SiasnChange.package,
                SiasnChange.payload,
                SiasnChange.payload_sha,
            )
            .where(SiasnChange.completion_id.in_(part), SiasnChange.payload != "")
            .order_by(SiasnChange.id)
        )
        for number, package, payload, sha in rows:
            found.setdefault(number, {})[package] = (payload, sha)
    return found
