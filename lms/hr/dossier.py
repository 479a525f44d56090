"""All that HR reads about one person on one page; no answers, keys, notes, devices."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.accounts import people, personal_data, superiors, units
from lms.accounts.models import Person
from lms.assignments import standing as duties
from lms.assignments.standing import Owed
from lms.audit import accesses
from lms.audit.models import AuditEntry
from lms.catalog.models import Course, LiveRelease, Release
from lms.competency import standing as competencies
from lms.db import db
from lms.home import trail
from lms.kernel.i18n import N_
from lms.learn import progress
from lms.learn.progress import Running
from lms.quiz import tries
from lms.quiz.models import TimeAllowance
from lms.records import jp_lines, jp_year, proofs, queries, validity
from lms.records.models import Completion
from lms.records.validity import Validity
from lms.simulations import used_up

WHAT = N_("Halaman pegawai: tugas, kursus, nilai kuis, JP, kompetensi, sertifikat")
ONCE_IN = timedelta(hours=1)  # one viewer's look at one person is noted
LOOKS = 20  # accesses shown


@dataclass(frozen=True, slots=True)
class SiasnIdChange:
    """The number at SIASN was set or corrected. by: full name."""

    at: datetime
    by: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person as HR of the unit reads them.

    duties     (what is owed, title of the course)
    years      JP by year, the newest first
    completed  every completion, the newest first
    validity   by completion id, of those that do not count for good
    proofs     ledger number -> on what an amendment rests
    extra      the time allowance that holds, or None
    """

    person: Person
    facts: list[personal_data.Fact]
    superior: str
    zone: str
    duties: list[tuple[Owed, str]]
    running: list[Running]
    completed: list[Completion]
    validity: dict[int, Validity]
    quizzes: list[tries.Tried]
    simulations: list[used_up.Played]
    extra: TimeAllowance | None
    years: list[jp_year.Year]
    proofs: dict[int, proofs.Kept]
    competency: competencies.Standing
    certificates: list
    looks: list[trail.Line]
    siasn_ids: list[SiasnIdChange]


def of(person: Person, now: datetime) -> Dossier:
    """Gather the page."""
    zone = units.agency_of(person.unit_id).timezone
    today = now.astimezone(ZoneInfo(zone)).date()
    owed = duties.of_person(person.id, today)
    titles = _titles({one.course_id for one in owed})
    lines = jp_lines.of(person.id)
    above = superiors.of_person(person.id)
    completed = _completed(person.id)
    return Dossier(
        person=person,
        facts=[fact for fact in personal_data.of(person) if fact.field != "atasan"],
        superior=people.find(above).full_name if above else "",
        zone=zone,
        duties=[(one, titles.get(one.course_id, "")) for one in owed],
        running=progress.running(person.id),
        completed=completed,
        validity=validity.of_many(completed, today),
        quizzes=tries.of_person(person.id),
        simulations=used_up.of_person(person.id),
        extra=_extra(person.id),
        years=[
            jp_year.of(lines, year, queries.jp_policy(person.id, year))
            for year in jp_year.offered(lines, today.year)
        ],
        proofs=proofs.of_person(person.id),
        competency=competencies.of(person.id, today),
        certificates=queries.list_certificates(person.id),
        looks=trail.of(person.id, LOOKS),
        siasn_ids=_siasn_ids(person.id),
    )


def _siasn_ids(person_id: int) -> list[SiasnIdChange]:
    """Return how the number at SIASN was changed here, the newest first."""
    rows = db.session.execute(
        select(AuditEntry.at, AuditEntry.facts, Person)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(
            AuditEntry.action == "person.siasn_id_changed",
            AuditEntry.object_kind == "person",
            AuditEntry.object_id == str(person_id),
        )
        .order_by(AuditEntry.id.desc())
        .limit(LOOKS)
    )
    return [
        SiasnIdChange(
            at,
            by.full_name if by else "–",
            facts["before"],
            facts["after"],
            facts["reason"],
        )
        for at, facts, by in rows
    ]


def _titles(course_ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Course.id, Release.title)
        .join(LiveRelease, LiveRelease.course_id == Course.id)
        .join(Release, Release.id == LiveRelease.release_id)
        .where(Course.id.in_(course_ids))
    )
    return {row.id: row.title for row in rows}


def _completed(person_id: int) -> list[Completion]:
    return list(
        db.session.scalars(
            select(Completion)
            .where(Completion.person_id == person_id)
            .order_by(Completion.finished_at.desc(), Completion.id.desc())
        )
    )


def _extra(person_id: int) -> TimeAllowance | None:
    return db.session.scalar(
        select(TimeAllowance)
        .where(TimeAllowance.person_id == person_id, TimeAllowance.ended_at.is_(None))
        .order_by(TimeAllowance.id.desc())
        .limit(1)
    )


def note_look(person_id: int, user_id: int, now: datetime, what: str = WHAT) -> None:
    """Note who opens the page, once an hour; in a transaction that may write."""
    # The person's row is the lock: two tabs at once are one look.
    db.session.execute(
        select(Person.id).where(Person.id == person_id).with_for_update()
    )
    if not is_noted(person_id, user_id, now, what):
        accesses.record(
            "viewed", what, [person_id], actor_id=user_id, now=now, facts={"role": "hr"}
        )


def is_noted(person_id: int, user_id: int, now: datetime, what: str = WHAT) -> bool:
    """Say whether a viewer's look at a person was noted within the hour."""
    return not accesses.not_yet_recorded(
        "viewed", what, [person_id], actor_id=user_id, since=now - ONCE_IN
    )
