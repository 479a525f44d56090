"""Levels asked and reached of many people in few statements; `standing` is for one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from lms.accounts.models import Job, Person
from lms.catalog.models import Competency
from lms.db import db
from lms.records import validity
from lms.records.models import Completion, Evidence

from . import posts
from .models import JobFamily, JobLevel, Requirement, ShownLevel
from .standing import LEARNED_AT_MOST, required_level

CHUNK = 900  # values in one IN (...): below every database's limit


@dataclass(frozen=True, slots=True)
class Need:
    """A competency that a person's job asks, and the level reached."""

    required: int
    reached: int

    @property
    def gap(self) -> int:
        return max(0, self.required - self.reached)


def of_people(person_ids: Collection[int], today: date) -> dict[int, dict[str, Need]]:
    """Return person id -> competency -> what the job asks; nobody without a need.

    today  what courses taught counts only as long as their time has not run out
    """
    wanted = sorted(set(person_ids))
    jobs: dict[int, int] = {}
    reached: dict[tuple[int, str], int] = {}
    for at in range(0, len(wanted), CHUNK):
        part = wanted[at : at + CHUNK]
        jobs |= _jobs(part)
        for person, code, level in (*_shown(part), *_learned(part, today)):
            reached[person, code] = max(level, reached.get((person, code), 0))
    asked = asked_of(set(jobs.values()))
    found = {
        person: {
            code: Need(level, reached.get((person, code), 0))
            for code, level in asked[job].items()
        }
        for person, job in jobs.items()
    }
    return {person: needs for person, needs in found.items() if needs}


def asked_of(job_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Return job id -> competency -> level asked (1 to 5)."""
    levels = {row.code: row.core_level for row in db.session.scalars(select(JobLevel))}
    families = {r.code: r.name for r in db.session.scalars(select(JobFamily))}
    groups = {r.code: r.group for r in db.session.scalars(select(Competency))}
    asked: dict[str, dict[str, dict[str, int]]] = {}
    for row in db.session.scalars(select(Requirement)):
        by_level = asked.setdefault(row.family, {}).setdefault(row.competency, {})
        by_level[row.job_level] = row.level
    jobs: dict[int, Job] = {}
    wanted = sorted(job_ids)
    for at in range(0, len(wanted), CHUNK):
        part = wanted[at : at + CHUNK]
        jobs |= {
            j.id: j for j in db.session.scalars(select(Job).where(Job.id.in_(part)))
        }
    return {
        number: _asked(job, levels, families, groups, asked)
        for number, job in jobs.items()
    }


def _asked(job: Job, levels, families, groups, asked) -> dict[str, int]:
    codes = posts.level_codes(job.type, job.level, job.title)
    level = next((code for code in codes if code in levels), "")
    core = levels.get(level, 0)
    family = job.family if job.family in families else ""
    if job.family and not family:
        family = posts.family_code(job.family, families)
    by_code = asked.get(family, {})
    found = {
        code: required_level(by_code.get(code, {}), level, core, group)
        for code, group in groups.items()
    }
    return {code: required for code, required in sorted(found.items()) if required}


def _jobs(part: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Person.id, Person.job_id).where(
            Person.id.in_(part), Person.job_id.is_not(None)
        )
    )
    return {person: job for person, job in rows}


def _shown(part: list[int]) -> Iterable[tuple[int, str, int]]:
    """Return the newest level found, per person and competency."""
    rows = db.session.execute(
        select(ShownLevel.person_id, ShownLevel.competency, ShownLevel.level)
        .where(ShownLevel.person_id.in_(part))
        .order_by(ShownLevel.found_on, ShownLevel.id)
    )
    return [(*key, level) for key, level in {(p, c): lv for p, c, lv in rows}.items()]


def _learned(part: list[int], today: date) -> Iterable[tuple[int, str, int]]:
    rows = db.session.execute(
        select(
            Evidence.person_id,
            Evidence.competency,
            Evidence.level,
            Completion.release_id,
            func.max(Completion.finished_on),
        )
        .join(Completion, Completion.id == Evidence.completion_id)
        .where(
            Evidence.person_id.in_(part),
            Evidence.kind == "learned",
            Completion.state == "valid",
        )
        .group_by(
            Evidence.person_id,
            Evidence.competency,
            Evidence.level,
            Completion.release_id,
        )
    ).all()
    counting = validity.still_counts({(row[3], row[4]) for row in rows}, today)
    return [
        (person, code, min(level, LEARNED_AT_MOST))
        for person, code, level, *earned in rows
        if counting[tuple(earned)]
    ]
