"""What competencies are called."""

from collections.abc import Iterable

from sqlalchemy import select

from lms.courseware.competencies import Dictionary
from lms.db import db

from .models import Competency


def store(dictionary: Dictionary) -> None:
    """Take over names and groups; codes that are gone stay, for old records."""
    known = {row.code: row for row in db.session.scalars(select(Competency))}
    for entry in dictionary.entries.values():
        row = known.get(entry.code)
        if row is None:
            db.session.add(
                Competency(code=entry.code, name=entry.name, group=entry.group)
            )
        elif (row.name, row.group) != (entry.name, entry.group):
            row.name, row.group = entry.name, entry.group


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return code -> name; a code that no dictionary had is its own name."""
    wanted = set(codes)
    rows = db.session.execute(
        select(Competency.code, Competency.name).where(Competency.code.in_(wanted))
    )
    return {code: code for code in wanted} | {row.code: row.name for row in rows}
