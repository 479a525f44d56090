"""Noting a look while a page is shown: once an hour, so that people can read of it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from lms.db import db, reading

from . import accesses

ONCE_IN = timedelta(hours=1)  # the same look is noted once


def note(
    kind: str,
    what: str,
    person_ids: Collection[int],
    *,
    actor_id: int,
    role: str,
    now: datetime,
) -> bool:
    """Note a look in a short writing transaction of its own; False = it was noted.

    A GET that writes: the note is the price of reading, not a change. It ends the
    transaction of the page, so what was loaded before has to be loaded anew.

    kind, what  as `accesses.record` takes them; role is the right that was used
    """
    since = now - ONCE_IN
    if not accesses.not_yet_recorded(
        kind, what, person_ids, actor_id=actor_id, since=since
    ):
        return False
    db.session.rollback()  # ends the transaction that only reads
    mode = reading.set(False)
    try:
        fresh = accesses.not_yet_recorded(
            kind, what, person_ids, actor_id=actor_id, since=since
        )
        accesses.record(
            kind, what, fresh, actor_id=actor_id, now=now, facts={"role": role}
        )
        db.session.commit()
    finally:
        reading.reset(mode)
    return True
