"""Put work into the outbox, and take it out again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from lms.db import db
from lms.db.inserts import add_new

from .models import OutboxEntry

LEASE = timedelta(minutes=5)  # a worker that dies gives its entry back after this
MAX_TRIES = 12  # with doubling waits: about three days


def put(topic: str, body: dict, dedup_key: str, now: datetime) -> None:
    """Add work in the caller's transaction; the same key twice is one piece of work."""
    known = db.session.scalar(
        select(OutboxEntry.id).where(
            OutboxEntry.topic == topic, OutboxEntry.dedup_key == dedup_key
        )
    )
    if known is None:
        db.session.add(
            OutboxEntry(topic=topic, dedup_key=dedup_key, body=body, due_at=now)
        )


def put_many(topic: str, bodies: Mapping[str, dict], now: datetime) -> None:
    """Add work for many in one statement; `bodies` by their dedup keys."""
    rows = [
        {"topic": topic, "dedup_key": key, "body": body, "due_at": now, "tries": 0,
         "last_error": ""}
        for key, body in bodies.items()
    ]  # fmt: skip
    add_new(OutboxEntry, rows)


def take(now: datetime) -> OutboxEntry | None:
    """Lease the next due entry, or return None. The caller commits at once."""
    entry = db.session.scalar(
        select(OutboxEntry)
        .where(
            OutboxEntry.done_at.is_(None),
            OutboxEntry.due_at <= now,
            OutboxEntry.tries < MAX_TRIES,
            or_(OutboxEntry.leased_until.is_(None), OutboxEntry.leased_until < now),
        )
        .order_by(OutboxEntry.due_at, OutboxEntry.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if entry:
        entry.leased_until = now + LEASE
        entry.tries += 1
    return entry


# What does an entry; an instant it returns means: not done yet, again at that time,
# without counting as a failure. What it has written is kept.
Handler = Callable[[dict], datetime | None]


def run_due(handlers: dict[str, Handler], now: datetime) -> int:
    """Do everything that is due, each in its own transactions; return how many."""
    count = 0
    while (entry := take(now)) is not None:
        topic, body, number = entry.topic, dict(entry.body), entry.id
        db.session.commit()
        error, again = _attempt(handlers, topic, body)
        entry = db.session.get_one(OutboxEntry, number)
        entry.leased_until = None
        entry.last_error = error[:500]
        if error:
            entry.due_at = now + timedelta(minutes=2**entry.tries)
        elif again:
            entry.due_at = max(again, now + timedelta(seconds=1))
            entry.tries = 0
        else:
            entry.done_at = now
            entry.body = {}  # a sent mail is not kept: it may hold a one-time link
        db.session.commit()
        count += 1
    return count


def _attempt(
    handlers: dict[str, Handler], topic: str, body: dict
) -> tuple[str, datetime | None]:
    """Return ("" or what went wrong, when to do it again or None)."""
    try:
        return "", handlers[topic](body)
    except Exception as err:  # any failure of the outside world is one
        db.session.rollback()
        return f"{type(err).__name__}: {err}", None
