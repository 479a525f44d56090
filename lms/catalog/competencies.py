"""What competencies are called, and what they look like at each level."""

from collections.abc import Iterable

from sqlalchemy import exists, select

from lms.courseware.competencies import Dictionary
from lms.db import db

from .models import Competency, CompetencyLevel

LONGEST = 500  # letters of a level's text that are stored


def store(dictionary: Dictionary) -> None:
    """Take over names, groups and levels; codes that are gone stay, for old records."""
    known = {row.code: row for row in db.session.scalars(select(Competency))}
    for entry in dictionary.entries.values():
        row = known.get(entry.code)
        if row is None:
            db.session.add(
                Competency(code=entry.code, name=entry.name, group=entry.group)
            )
        elif (row.name, row.group) != (entry.name, entry.group):
            row.name, row.group = entry.name, entry.group
    db.session.flush()  # levels point at their competency
    _store_levels(dictionary)


def _store_levels(dictionary: Dictionary) -> None:
    said = {
        (entry.code, level): text[:LONGEST]
        for entry in dictionary.entries.values()
        for level, text in entry.levels.items()
    }
    for row in db.session.scalars(select(CompetencyLevel)):
        text = said.pop((row.code, row.level), None)
        if text is None and row.code in dictionary.entries:
            db.session.delete(row)
        elif text is not None and text != row.text:
            row.text = text
    db.session.add_all(
        CompetencyLevel(code=code, level=level, text=text)
        for (code, level), text in said.items()
    )


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return code -> name; a code that no dictionary had is its own name."""
    wanted = set(codes)
    rows = db.session.execute(
        select(Competency.code, Competency.name).where(Competency.code.in_(wanted))
    )
    return {code: code for code in wanted} | {row.code: row.name for row in rows}


def levels(code: str) -> dict[int, str]:
    """Return level -> what it looks like, ascending; empty for an unknown code."""
    rows = db.session.execute(
        select(CompetencyLevel.level, CompetencyLevel.text)
        .where(CompetencyLevel.code == code)
        .order_by(CompetencyLevel.level)
    )
    return {row.level: row.text for row in rows}


def are_levels_stored() -> bool:
    """Say whether known competencies have come with their levels."""
    described = db.session.scalar(select(exists(select(CompetencyLevel.code))))
    return bool(described) or not db.session.scalar(
        select(exists(select(Competency.code)))
    )


def groups(codes: Iterable[str]) -> dict[str, str]:
    """Return code -> group (jenis); a code that no dictionary had is left out."""
    rows = db.session.execute(
        select(Competency.code, Competency.group).where(Competency.code.in_(set(codes)))
    )
    return {row.code: row.group for row in rows}
