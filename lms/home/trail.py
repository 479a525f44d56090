"""Who looked at or took a person's data, with names."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.accounts.models import Person
from lms.audit import accesses
from lms.db import db


@dataclass(frozen=True, slots=True)
class Line:
    """One access.

    by    the name of who did it, or of the system; "" = the command line
    own   the person did it
    role  the right that was used, "" when none was wanted
    kind  viewed, exported
    what  a text of ours, to be translated
    """

    at: datetime
    by: str
    own: bool
    role: str
    kind: str
    what: str


def of(person_id: int, most: int) -> list[Line]:
    """Return the newest accesses to a person's data."""
    found = accesses.of(person_id, limit=most)
    ids = {one.actor_id for one in found} - {None}
    people = db.session.execute(
        select(Person.id, Person.name).where(Person.id.in_(ids))
    )
    names = {row.id: row.name for row in people}
    return [
        Line(
            at=one.at,
            by=names.get(one.actor_id) or one.facts.get("service", ""),
            own=one.actor_id == person_id,
            role=one.facts.get("role", ""),
            kind=one.kind,
            what=one.what,
        )
        for one in found
    ]
