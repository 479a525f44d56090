"""What a superior sees of one member: never answers, attempts or notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Row, select

from lms.accounts.models import Job, Person, Unit
from lms.assignments import standing
from lms.assignments.standing import Owed
from lms.audit import accesses
from lms.competency import standing as competencies
from lms.competency.standing import Standing as Competency
from lms.db import db
from lms.kernel.i18n import N_
from lms.records import jp
from lms.records.models import Certificate, Completion
from lms.records.queries import jp_policy

from . import board, queries
from .board import Learning

SEEN = N_("Halaman anggota tim")
QUIET = timedelta(hours=1)  # within it, looking again is the same look


@dataclass(frozen=True, slots=True)
class Profile:
    """One member.

    owed       open duties, the nearest deadline first
    titles     course id -> (code, title)
    finished   rows of completions of this and last year, the newest first
    sentence   key of the one that suits how they stand
    """

    person: Person
    job: str
    unit: str
    owed: tuple[Owed, ...]
    titles: dict[int, tuple[str, str]]
    running: tuple[Learning, ...]
    jp: jp.Standing
    finished: Sequence[Row]
    certificates: Sequence[Row]
    competency: Competency
    sentence: str


def of(person: Person, today: date) -> Profile:
    """Return what a superior may know of a member."""
    owed = standing.of_person(person.id, today)
    finished = _finished(person.id, today.year)
    total = sum(row.jp for row in finished if row.year == today.year)
    running = queries.running_of([person.id]).get(person.id, ())
    of_year = jp.Standing(today.year, total, jp_policy(person.id, today.year))
    job = db.session.scalar(select(Job.title).where(Job.id == person.job_id)) or ""
    unit = db.session.get_one(Unit, person.unit_id).name
    facts = board.Facts(
        {person.id: owed}, {person.id: running}, {person.id: finished},
        {person.id: of_year},
    )  # fmt: skip
    member = board.Member(person.id, person.uid, person.full_name, job, unit)
    return Profile(
        person=person,
        job=job,
        unit=unit,
        owed=tuple(owed),
        titles=queries.titles_of({one.course_id for one in owed}),
        running=tuple(running),
        jp=of_year,
        finished=finished,
        certificates=_certificates(person.id),
        competency=competencies.of(person.id, today),
        sentence=board.of([member], facts, today).cards[0].sentence,
    )


def _finished(person_id: int, year: int) -> Sequence[Row]:
    return db.session.execute(
        select(
            Completion.course_title,
            Completion.finished_on,
            Completion.jp,
            Completion.year,
        )
        .where(
            Completion.person_id == person_id,
            Completion.state == "valid",
            Completion.year >= year - 1,
        )
        .order_by(Completion.finished_on.desc(), Completion.id.desc())
    ).all()


def _certificates(person_id: int) -> Sequence[Row]:
    return db.session.execute(
        select(
            Completion.course_title,
            Certificate.number,
            Certificate.code,
            Certificate.issued_on,
            Certificate.revoked_on,
        )
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Certificate.person_id == person_id)
        .order_by(Certificate.issued_on.desc(), Certificate.id.desc())
    ).all()


def was_noted(viewer_id: int, person_id: int, now: datetime) -> bool:
    """Say whether this look belongs to one noted within the hour."""
    return not accesses.not_yet_recorded(
        "viewed", SEEN, [person_id], actor_id=viewer_id, since=now - QUIET
    )


def note(viewer_id: int, person_id: int, now: datetime) -> None:
    """Note that a superior looked; the person reads it in "Data saya"."""
    accesses.record(
        "viewed",
        SEEN,
        [person_id],
        actor_id=viewer_id,
        now=now,
        facts={"role": "superior"},
    )
