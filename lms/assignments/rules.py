"""Whom an assignment means: its rule as a condition on people."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from lms.accounts.models import Job, JobTag, Person, Unit

from .models import Assignment


@dataclass(frozen=True, slots=True)
class Rule:
    """People of a unit with these jobs; "" = any.

    path  of the unit
    """

    unit_id: int
    path: str
    with_subunits: bool = True
    job_type: str = ""
    job_level: str = ""
    job_family: str = ""
    job_tag: str = ""
    asn_status: str = ""


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


def of(assignment: Assignment, path: str) -> Rule:
    """Return the rule of an assignment; `path` of its unit."""
    return Rule(
        unit_id=assignment.unit_id,
        path=path,
        with_subunits=assignment.with_subunits,
        job_type=assignment.job_type,
        job_level=assignment.job_level,
        job_family=assignment.job_family,
        job_tag=assignment.job_tag,
        asn_status=assignment.asn_status,
    )


def people(rule: Rule, *columns) -> Select:
    """Select these columns of the active people a rule means."""
    found = select(*columns).select_from(Person).where(Person.is_active)
    if rule.with_subunits:
        below = select(Unit.id).where(Unit.path.startswith(rule.path))
        found = found.where(Person.unit_id.in_(below))
    else:
        found = found.where(Person.unit_id == rule.unit_id)
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
    if rule.job_tag:
        tagged = select(JobTag.job_id).where(JobTag.tag == rule.job_tag)
        named.append(Job.id.in_(tagged))
    return select(Job.id).where(*named) if named else None
