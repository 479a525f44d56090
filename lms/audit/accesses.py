"""Who looked at, or took out, what is stored about whom.

source  UU 27/2022 art. 31 and 32: the trail of processing is shown to its subject
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text

from lms.db import db

from .models import DataAccess, DataAccessPerson

# One statement however many people; the ids come as one JSON list.
_NUMBERS = {
    "sqlite": "SELECT CAST(value AS INTEGER), :access FROM json_each(:ids)",
    "postgresql": "SELECT CAST(value AS bigint), :access"
    " FROM json_array_elements_text(CAST(:ids AS json))",
}
_INSERTS = {
    name: text(
        f"INSERT INTO {DataAccessPerson.__tablename__} (person_id, access_id) {numbers}"
    )
    for name, numbers in _NUMBERS.items()
}


@dataclass(frozen=True, slots=True)
class Access:
    """One look at somebody's data.

    actor_id  person; None = the command line
    kind      viewed, exported
    what      a text of ours, to be translated
    facts     no names; "role" is the right the actor used
    """

    id: int
    at: datetime
    actor_id: int | None
    kind: str
    what: str
    facts: dict[str, Any]


def record(
    kind: str,
    what: str,
    person_ids: Iterable[int],
    *,
    actor_id: int | None,
    now: datetime,
    facts: dict[str, Any] | None = None,
) -> None:
    """Note that data of these people were seen or taken, in the caller's transaction.

    kind        viewed, exported
    what        marked with N_, at most 120 letters: what the people will read
    person_ids  each once or often; nobody = nothing is noted
    facts       JSON without names, NIP or secrets; "role" is the right that was used
    """
    ids = sorted(set(person_ids))
    if not ids:
        return
    access = DataAccess(
        at=now, actor_id=actor_id, kind=kind, what=what, facts=facts or {}
    )
    db.session.add(access)
    db.session.flush()
    insert = _INSERTS[db.session.get_bind().dialect.name]
    db.session.execute(insert, {"access": access.id, "ids": json.dumps(ids)})


def of(person_id: int, limit: int | None = None) -> list[Access]:
    """Return who saw a person's data, newest first; all of it without `limit`."""
    rows = db.session.execute(
        select(
            DataAccess.id,
            DataAccess.at,
            DataAccess.actor_id,
            DataAccess.kind,
            DataAccess.what,
            DataAccess.facts,
        )
        .join(DataAccessPerson, DataAccessPerson.access_id == DataAccess.id)
        .where(DataAccessPerson.person_id == person_id)
        .order_by(DataAccess.id.desc())
        .limit(limit)
    )
    return [Access(*row) for row in rows]


def not_yet_recorded(
    kind: str, what: str, person_ids: Iterable[int], *, actor_id: int, since: datetime
) -> set[int]:
    """Return those of the people of whom no such access was noted since an instant."""
    told = (
        select(DataAccessPerson.person_id)
        .join(DataAccess, DataAccess.id == DataAccessPerson.access_id)
        .where(
            DataAccess.actor_id == actor_id,
            DataAccess.at > since,
            DataAccess.kind == kind,
            DataAccess.what == what,
        )
    )
    return set(person_ids) - set(db.session.scalars(told))
