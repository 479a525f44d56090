"""Which token read whose data, and how much: counted per day, told to each person.

Written before the rows are sent, in a short transaction of its own: what left is noted.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from lms.audit import accesses
from lms.db import db
from lms.kernel.i18n import N_

from .models import ApiPersonRead, ApiRead
from .tokens import Bearer

CHUNK = 900  # values in one IN (...): below every database's limit
WHAT = {
    "people": N_("Data diri dan jabatan, diambil sistem lain lewat API"),
    "completions": N_("Riwayat kursus yang selesai, diambil sistem lain lewat API"),
    "duties": N_("Penugasan belajar, diambil sistem lain lewat API"),
}
_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def note(
    bearer: Bearer, resource: str, rows: int, people: Iterable[int], now: datetime
) -> None:
    """Count a request of a token, and tell the people whose data it read.

    A person is told at most once per token and day, of whatever was read first.
    """
    _count(bearer.id, resource, rows, now)
    fresh = _not_told_yet(bearer.id, set(people), now)
    if fresh:
        db.session.execute(
            insert(ApiPersonRead),
            [
                {"token_id": bearer.id, "day": now.date(), "person_id": person}
                for person in sorted(fresh)
            ],
        )
        facts = {"role": "api", "token": bearer.uid, "service": bearer.name}
        what = WHAT.get(resource, WHAT["people"])
        accesses.record("exported", what, fresh, actor_id=None, now=now, facts=facts)


def _count(token_id: int, resource: str, rows: int, now: datetime) -> None:
    add = _INSERTS[db.session.get_bind().dialect.name](ApiRead).values(
        token_id=token_id, day=now.date(), resource=resource, requests=1, rows=rows
    )
    db.session.execute(
        add.on_conflict_do_update(
            index_elements=["token_id", "day", "resource"],
            set_={"requests": ApiRead.requests + 1, "rows": ApiRead.rows + rows},
        )
    )


def _not_told_yet(token_id: int, people: set[int], now: datetime) -> set[int]:
    """Return who has not been told today; waits for others that tell the same.

    The counter's row is locked already, so one token's requests come one by one here.
    """
    wanted, told = sorted(people), set()
    for at in range(0, len(wanted), CHUNK):
        told |= set(
            db.session.scalars(
                select(ApiPersonRead.person_id).where(
                    ApiPersonRead.token_id == token_id,
                    ApiPersonRead.day == now.date(),
                    ApiPersonRead.person_id.in_(wanted[at : at + CHUNK]),
                )
            )
        )
    return people - told


def of_tokens(token_ids: Iterable[int], now: datetime) -> dict[int, int]:
    """Return token id -> rows read today."""
    found = db.session.execute(
        select(ApiRead.token_id, func.sum(ApiRead.rows))
        .where(ApiRead.token_id.in_(list(token_ids)), ApiRead.day == now.date())
        .group_by(ApiRead.token_id)
    )
    return {token: int(rows) for token, rows in found}
