"""Reads for the competency page: evidence, assessments, what levels mean."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.engine import Row as Result

from lms.accounts.models import Person
from lms.catalog.models import CompetencyLevel, Release
from lms.db import db
from lms.records import validity
from lms.records.models import Certificate, Completion, Enrolment, Evidence
from lms.records.validity import Validity

from .models import ShownLevel

ByCode = dict[str, list[Result]]


@dataclass(frozen=True, slots=True)
class Learned:
    """A completed course that speaks for a level.

    certificate  its check code, None when there is none
    validity     None = it counts for good
    is_latest    of the course: only that one can be renewed
    """

    competency: str
    level: int
    title: str
    course_code: str
    finished_on: date
    certificate: str | None
    validity: Validity | None
    is_latest: bool = True

    @property
    def has_lapsed(self) -> bool:
        """Say whether its time has run out, so that it fills the bar no more."""
        return self.validity is not None and self.validity.is_over


def evidence_of(person_id: int, today: date) -> dict[str, list[Learned]]:
    """Return by competency what was learned, the newest first.

    today  by the calendar of the person's agency
    """
    rows = db.session.execute(
        select(
            Evidence.competency,
            Evidence.level,
            Completion.course_title.label("title"),
            Completion.course_code,
            Completion.finished_on,
            Certificate.code.label("certificate"),
            Release.manifest["validity_months"].as_integer().label("months"),
        )
        .join(Completion, Completion.id == Evidence.completion_id)
        .join(Release, Release.id == Completion.release_id)
        .outerjoin(Certificate, Certificate.completion_id == Completion.id)
        .where(
            Evidence.person_id == person_id,
            Evidence.kind == "learned",
            Completion.state == "valid",
        )
        .order_by(Completion.finished_on.desc(), Completion.id.desc())
    )
    found: dict[str, list[Learned]] = {}
    for *values, months in rows:
        learned = Learned(*values, validity=None)
        standing = validity.at(learned.finished_on, months, today)
        known = found.setdefault(learned.competency, [])
        is_latest = all(one.course_code != learned.course_code for one in known)
        known.append(replace(learned, validity=standing, is_latest=is_latest))
    return found


def shown_to(person_id: int) -> ByCode:
    """Return by competency: level, kind, found_on, source, recorder (a name or None).

    The newest, which counts, comes first.
    """
    rows = db.session.execute(
        select(
            ShownLevel.competency,
            ShownLevel.level,
            ShownLevel.kind,
            ShownLevel.found_on,
            ShownLevel.source,
            Person.name.label("recorder"),
        )
        .outerjoin(Person, Person.id == ShownLevel.recorded_by)
        .where(ShownLevel.person_id == person_id)
        .order_by(ShownLevel.found_on.desc(), ShownLevel.id.desc())
    )
    return _by_code(rows)


def meanings(codes: Iterable[str]) -> dict[str, dict[int, str]]:
    """Return competency -> level -> what it looks like."""
    found: dict[str, dict[int, str]] = {}
    rows = db.session.execute(
        select(CompetencyLevel.code, CompetencyLevel.level, CompetencyLevel.text)
        .where(CompetencyLevel.code.in_(set(codes)))
        .order_by(CompetencyLevel.code, CompetencyLevel.level)
    )
    for row in rows:
        found.setdefault(row.code, {})[row.level] = row.text
    return found


def taken(person_id: int, today: date) -> dict[int, str]:
    """Return course id -> state of the courses a person takes or took.

    state  running; done; ended: finished, but its time has run out
    """
    rows = db.session.execute(
        select(
            Enrolment.course_id,
            Enrolment.withdrawn_at,
            Completion.release_id,
            Completion.finished_on,
        )
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Enrolment.person_id == person_id)
        .order_by(Enrolment.id)
    ).all()
    earned = {(row[2], row[3]) for row in rows if row[2] is not None}
    counting = validity.still_counts(earned, today)
    states: dict[int, str] = {}
    for course_id, withdrawn_at, *done in rows:
        if done[0] is not None:
            states[course_id] = "done" if counting[tuple(done)] else "ended"
        elif withdrawn_at is None and states.get(course_id) != "done":
            states[course_id] = "running"
    return states


def _by_code(rows: Iterable[Result]) -> ByCode:
    found: ByCode = {}
    for row in rows:
        found.setdefault(row.competency, []).append(row)
    return found
