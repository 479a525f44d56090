"""Append to the ledger, and find where somebody has changed it.

One chain for the whole installation: whoever appends waits for the others.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text

from lms.db import db
from lms.kernel import ids

from . import hashing
from .models import LedgerEntry

LOCK = 7_202_612  # PostgreSQL's advisory lock; the same in every process


def lock() -> None:
    """Let nobody else append until this transaction ends.

    SQLite's write transactions begin IMMEDIATE: the lock is already held.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOCK})


def append(
    kind: str, person_id: int, facts: dict[str, Any], now: datetime
) -> LedgerEntry:
    """Write one entry in the caller's transaction.

    kind    one of models.ENTRY_KINDS
    facts   goes into the body; whole numbers and texts, no name, no NIP
    raises  NotCanonical  for anything else
    """
    lock()
    last_seq, last_hash = head()
    seq, uid = last_seq + 1, ids.new_uid()
    body = hashing.canonical(
        facts
        | {
            "v": 1,
            "seq": seq,
            "uid": uid,
            "kind": kind,
            "person": person_id,
            "at": hashing.instant(now),
        }
    )
    entry = LedgerEntry(
        seq=seq,
        uid=uid,
        kind=kind,
        person_id=person_id,
        at=now,
        body=body,
        prev_hash=last_hash,
        hash=hashing.entry_hash(seq, last_hash, body),
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def head() -> tuple[int, str]:
    """Return seq and hash of the newest entry; (0, zeros) for an empty ledger."""
    newest = db.session.execute(
        select(LedgerEntry.seq, LedgerEntry.hash)
        .order_by(LedgerEntry.seq.desc())
        .limit(1)
    ).first()
    return (newest.seq, newest.hash) if newest else (0, hashing.START)


@dataclass(frozen=True, slots=True)
class Row:
    """A ledger entry as plain values."""

    seq: int
    uid: str
    kind: str
    person_id: int
    at: datetime
    body: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where the chain stood once; kept outside the database."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first entry at which the ledger is not what it was.

    kind  body       the body (or the hash) was changed
          column      person, kind, time or uid differ from the body
          missing     entries were taken out before this one
          moved       the entry stood elsewhere (swapped, renumbered)
          chain       the entry before this one was replaced, hash included
          truncated   entries that a checkpoint has seen are gone from the end
          rewritten   the chain was built anew since a checkpoint
    """

    seq: int
    kind: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the ledger found; fault None = whole."""

    count: int
    head: Checkpoint
    fault: Fault | None


def stream() -> Iterator[Row]:
    """Yield all entries in order, in one snapshot, without keeping them."""
    columns = [getattr(LedgerEntry, name) for name in Row.__slots__]
    rows = db.session.execute(
        select(*columns).order_by(LedgerEntry.seq).execution_options(yield_per=2000)
    )
    try:
        for row in rows:
            yield Row(*row)
    finally:  # whoever stops early leaves no cursor open
        rows.close()


def verify(rows: Iterable[Row], checkpoints: Iterable[Checkpoint] = ()) -> Verdict:
    """Check a stream of entries in order; stop at the first fault."""
    wanted = {point.seq: point.hash for point in checkpoints}
    seq, last = 0, hashing.START
    for row in rows:
        fault = _fault(row, seq + 1, last)
        if fault is None and wanted.get(row.seq, row.hash) != row.hash:
            fault = Fault(row.seq, "rewritten")
        if fault:
            return Verdict(seq, Checkpoint(seq, last), fault)
        seq, last = row.seq, row.hash
    gone = [point for point in wanted if point > seq]
    fault = Fault(seq + 1, "truncated") if gone else None
    return Verdict(seq, Checkpoint(seq, last), fault)


def _fault(row: Row, seq: int, prev_hash: str) -> Fault | None:
    body = _read(row.body)
    moved = body.get("seq") != row.seq
    if row.seq != seq:
        return Fault(seq, "missing")
    if hashing.entry_hash(row.seq, row.prev_hash, row.body) != row.hash:
        return Fault(seq, "moved" if moved else "body")
    if moved:
        return Fault(seq, "moved")
    if row.prev_hash != prev_hash:
        return Fault(seq, "chain")
    columns = (row.uid, row.kind, row.person_id, hashing.instant(row.at))
    if columns != tuple(body.get(k) for k in ("uid", "kind", "person", "at")):
        return Fault(seq, "column")
    return None


def _read(body: str) -> dict[str, Any]:
    """Return the body's facts; {} when it is no longer JSON."""
    try:
        facts = json.loads(body)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}
