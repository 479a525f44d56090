"""Whom an assignment means: its rule as a condition on people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from lms.accounts.models import Job, JobTag, Person, Unit
from lms.db import db

from .models import Assignment, AssignmentTitle

CHUNK = 900  # values in one IN (...): below every database's limit


@dataclass(frozen=True, slots=True)
class Rule:
    """People of a unit with these jobs; "" = any.

    path        of the unit
    job_titles  one of these; () = any
    """

    unit_id: int
    path: str
    with_subunits: bool = True
    job_type: str = ""
    job_level: str = ""
    job_family: str = ""
    job_tag: str = ""
    asn_status: str = ""
    job_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """From when to when, for whom in which wave, and what fulfils it.

    counts_from  completions from this day on; None = any valid one
    reminders    usual, late, off: see schedule.py
    """

    starts_on: date
    due_on: date
    grace_days: int = 14
    waves: int = 1
    wave_days: int = 0
    renew_months: int | None = None
    counts_from: date | None = None
    reminders: str = "usual"
    reason: str = ""


def of(assignment: Assignment, path: str, titles: Iterable[str]) -> Rule:
    """Return the rule of an assignment; `path` of its unit, `titles` as kept for it."""
    return Rule(
        unit_id=assignment.unit_id,
        path=path,
        with_subunits=assignment.with_subunits,
        job_type=assignment.job_type,
        job_level=assignment.job_level,
        job_family=assignment.job_family,
        job_tag=assignment.job_tag,
        asn_status=assignment.asn_status,
        job_titles=tuple(titles),
    )


def titles_of(assignment_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return assignment id -> the job titles it is for; left out: it is for any."""
    found: dict[int, list[str]] = {}
    numbers = list(assignment_ids)
    for at in range(0, len(numbers), CHUNK):
        rows = db.session.execute(
            select(AssignmentTitle.assignment_id, AssignmentTitle.title)
            .where(AssignmentTitle.assignment_id.in_(numbers[at : at + CHUNK]))
            .order_by(AssignmentTitle.title)
        )
        for number, title in rows:
            found.setdefault(number, []).append(title)
    return {number: tuple(titles) for number, titles in found.items()}


def people(rule: Rule, *columns, is_few: bool = False) -> Select:
    """Select these columns of the active people a rule means.

    is_few  the caller narrows it to a few people by their ids
    """
    found = select(*columns).select_from(Person).where(Person.is_active)
    # + 0: else SQLite reads the people of all units to find those few.
    unit_id = Person.unit_id + 0 if is_few else Person.unit_id
    if rule.with_subunits:
        below = select(Unit.id).where(Unit.path.startswith(rule.path))
        found = found.where(unit_id.in_(below))
    else:
        found = found.where(unit_id == rule.unit_id)
    if rule.asn_status:
        found = found.where(Person.asn_status == rule.asn_status)
    jobs = _jobs(rule)
    return found if jobs is None else found.where(Person.job_id.in_(jobs))


def _jobs(rule: Rule) -> Select | None:
    wanted = {
        Job.type: rule.job_type,
        Job.level: rule.job_level,
        Job.family: rule.job_family,
    }
    named = [column == value for column, value in wanted.items() if value]
    if rule.job_titles:
        named.append(Job.title.in_(rule.job_titles))
    if rule.job_tag:
        tagged = select(JobTag.job_id).where(JobTag.tag == rule.job_tag)
        named.append(Job.id.in_(tagged))
    return select(Job.id).where(*named) if named else None
