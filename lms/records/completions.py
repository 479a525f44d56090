"""Has the learner finished the course? If so, write it down, once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from lms.catalog import courses
from lms.db import db

from . import awards, facts, ledger, passing
from .models import Completion, Enrolled, Enrolment

# Which completion is meant. Built once: making a statement costs more than running it.
_ROUND = ("person_id", "course_id", "edition", "period")
_OF = select(Completion).where(
    *(getattr(Completion, name) == bindparam(name) for name in _ROUND)
)


@dataclass(frozen=True, slots=True)
class CourseState:
    """How far a learner is, by the release that binds the enrolment.

    done_items  codes of all items done, required or not
    missing     (item code, requirement) still wanted, in the order of the rule
    completed   the recorded completion, also when it was revoked later
    """

    done_items: frozenset[str]
    missing: list[tuple[str, str]]
    completed: Completion | None


def state(enrolment: Enrolment | Enrolled) -> CourseState:
    """Return how far the learner is; reads only."""
    manifest = courses.release(enrolment.release_id).manifest
    known = facts.of(enrolment.id)
    return CourseState(
        done_items=passing.done_items(manifest, known),
        missing=passing.missing(manifest, known),
        completed=of(enrolment),
    )


def of(enrolment: Enrolment | Enrolled) -> Completion | None:
    """Return the completion of this person, course, edition and period."""
    round_of = {name: getattr(enrolment, name) for name in _ROUND}
    return db.session.scalar(_OF, round_of)


def settle(
    enrolment: Enrolment | Enrolled,
    now: datetime,
    score_bp: int | None = None,
    proof: dict[str, int] | None = None,
) -> Completion | None:
    """Record the completion when the rule is fulfilled; None while it is not.

    Call after adding facts, in the same transaction. However often and however
    many at once: one completion, one set of ledger entries, one certificate.

    score_bp  of the quiz that was passed just now, when its fact does not say it
    proof     {"attempt": id} of that quiz
    """
    if score_bp is not None:
        facts.keep_score(enrolment, now, score_bp, (proof or {}).get("attempt"))
    recorded = of(enrolment)
    if recorded is not None:
        return recorded
    _lock(enrolment)
    live = courses.release(enrolment.release_id)
    known = facts.of(enrolment.id)
    if not passing.is_complete(live.manifest, known):
        return None
    # Somebody may have settled the same a moment ago: look again behind the lock.
    ledger.lock()
    recorded = of(enrolment)
    if recorded is not None:
        return recorded
    done = passing.done_items(live.manifest, known)
    # An attempt closed late is older than the last thing learned; a clock set back
    # makes everything so. A completion is not older than what it consists of.
    newest = facts.newest(enrolment.id)
    return awards.give(enrolment, live, done, max(now, newest or now))


def _lock(enrolment: Enrolment | Enrolled) -> None:
    """Wait for others who are adding facts of this enrolment, then see theirs.

    Without it two tabs that each bring one of the last two facts would both find
    the course unfinished. (SQLite lets only one of them write anyway.)
    """
    db.session.scalar(
        select(Enrolment.id).where(Enrolment.id == enrolment.id).with_for_update()
    )
