"""What a completion brings: ledger entries, JP, certificate, evidence. One act."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts import units
from lms.accounts.models import Agency, Job, Person
from lms.catalog.courses import Live
from lms.db import db

from . import certificates, facts, jp, ledger, projection
from .models import Completion, Enrolled, Enrolment, Evidence

LEARNED_AT_MOST = 2  # a self-paced course teaches to know and to apply, no further


def give(
    enrolment: Enrolment | Enrolled, live: Live, done: frozenset[str], now: datetime
) -> Completion:
    """Write everything a completion brings. The caller holds the ledger's lock.

    done  codes of the items done; a competency whose proofs are among them counts
    """
    scores = facts.passed(enrolment.id)
    person = db.session.get_one(Person, enrolment.person_id)
    agency = units.agency_of(person.unit_id)
    days = _days(enrolment, agency, now)
    completion = Completion(
        enrolment_id=enrolment.id,
        person_id=person.id,
        state="valid",
        score_bp=_score(live, scores),
        **_course(enrolment, live),
        **_post(db.session, person, agency),
        **days,
        jp=0 if _is_paid(enrolment, days["year"]) else live.jp,
        organiser=live.manifest["organiser"] or agency.office_name,
    )
    learned = _learned(live.manifest, done)
    completion.competencies = ";".join(sorted(learned))
    completion.competency_level = max(learned.values(), default=None)
    _enter(completion, live, scores, now)
    db.session.add(completion)
    db.session.flush()
    certificates.issue(completion, live, person, agency, now)
    for code, level in learned.items():
        db.session.add(
            Evidence(
                completion_id=completion.id,
                person_id=person.id,
                competency=code,
                level=level,
                at=now,
            )
        )
    db.session.flush()
    return completion


def _enter(completion: Completion, live: Live, scores: dict, now: datetime) -> None:
    """Write the ledger entries "completion" and "jp", and stand the row on them."""
    proofs = [
        {"item": code, "attempt": attempt or 0, "score_bp": score or 0}
        for code, (score, attempt) in sorted(scores.items())
    ]
    entry = ledger.append(
        "completion",
        completion.person_id,
        {
            "row": projection.row(completion),
            "release": {
                "id": live.release_id,
                "number": live.number,
                "edition": live.edition,
            },
            "rule": [list(condition) for condition in live.manifest["passing"]],
            "proof": proofs,
        },
        now,
    )
    completion.seq, completion.uid = entry.seq, entry.uid
    ledger.append(
        "jp",
        completion.person_id,
        {"of": entry.uid, "jp": completion.jp, "year": completion.year},
        now,
    )


def _score(live: Live, scores: dict[str, tuple[int | None, int | None]]) -> int | None:
    """Return the mean of the quizzes the rule wants passed, rounded down."""
    wanted = [
        scores[item][0]
        for item, requirement in live.manifest["passing"]
        if requirement == "passed" and item in scores and scores[item][0] is not None
    ]
    return sum(wanted) // len(wanted) if wanted else None


def _learned(manifest: dict[str, Any], done: frozenset[str]) -> dict[str, int]:
    """Return competency -> level of the promises whose proofs are all done."""
    return {
        promise["code"]: min(promise["level"], LEARNED_AT_MOST)
        for promise in manifest["promises"]
        if set(promise["proof"]) <= done
    }


def _course(enrolment: Enrolment | Enrolled, live: Live) -> dict[str, Any]:
    return {
        "course_id": live.course_id,
        "release_id": live.release_id,
        "edition": enrolment.edition,
        "period": enrolment.period,
        "course_code": live.code,
        "course_title": live.title,
        "training_form": live.manifest["training_form"],
    }


def _is_paid(enrolment: Enrolment | Enrolled, year: int) -> bool:
    """Say whether a year has JP of this edition already: a renewal pays once a year."""
    paid = select(Completion.id).where(
        Completion.person_id == enrolment.person_id,
        Completion.course_id == enrolment.course_id,
        Completion.edition == enrolment.edition,
        Completion.year == year,
        Completion.state == "valid",
        Completion.jp > 0,
    )
    return db.session.scalar(paid.limit(1)) is not None


def _post(session: Session, person: Person, agency: Agency) -> dict[str, Any]:
    """Return where the person works today, and as what."""
    unit = units.find(person.unit_id)
    job = session.get(Job, person.job_id) if person.job_id else None
    return {
        "agency_id": agency.unit_id,
        "unit_id": unit.id,
        "office_name": units.office_of(unit).name,
        "unit_name": unit.name,
        "unor_id": unit.siasn_unor_id,
        "job_title": job.title if job else "",
        "job_type": job.type if job else "",
        "job_level": job.level if job else "",
        "asn_status": person.asn_status,
        "rank": person.rank,
    }


def _days(
    enrolment: Enrolment | Enrolled, agency: Agency, now: datetime
) -> dict[str, Any]:
    """Return days and year by the calendar of the agency."""
    finished = jp.day_of(now, agency.timezone)
    return {
        "started_on": min(jp.day_of(enrolment.started_at, agency.timezone), finished),
        "finished_on": finished,
        "finished_at": now,
        "year": finished.year,
    }
