"""Telling the records what an attempt, or counting it again, means for a learner."""

from datetime import datetime

from sqlalchemy import func, select

from lms.db import db
from lms.records import completions, facts
from lms.records.models import ItemFact

from .models import Attempt


def tell(attempt: Attempt, at: datetime) -> None:
    """Note a passing attempt; it may complete the course."""
    facts.add(
        attempt.enrolment,
        attempt.item_code,
        "passed",
        at,
        score_bp=attempt.score_bp,
        proof_id=attempt.id,
    )
    _settle(attempt, at)


def tell_measured(attempt: Attempt, at: datetime) -> None:
    """Note that a quiz which only measures was handed in, whatever its score."""
    facts.add(attempt.enrolment, attempt.item_code, "filled", at)
    _settle(attempt, at)


def _settle(attempt: Attempt, at: datetime) -> None:
    enrolment = attempt.enrolment
    if enrolment.withdrawn_at is not None:
        return  # the fact stays; the course is completed when they take part again
    # An attempt closed late may be older than the last thing learned.
    newest = db.session.scalar(
        select(func.max(ItemFact.at)).where(ItemFact.enrolment_id == enrolment.id)
    )
    completions.settle(enrolment, max(at, newest or at))


def tell_again(attempt: Attempt, now: datetime) -> None:
    """Bring the records in line after an attempt was counted again.

    A new pass counts from now on: nothing is dated back. One that is lost takes its
    fact along, never a completion or a certificate: those only HR revokes.
    """
    best = db.session.execute(
        select(Attempt.id, Attempt.score_bp)
        .where(
            Attempt.enrolment_id == attempt.enrolment_id,
            Attempt.item_code == attempt.item_code,
            Attempt.submitted_at.is_not(None),
            Attempt.score_bp >= Attempt.pass_bp,
        )
        .order_by(Attempt.score_bp.desc(), Attempt.number)
        .limit(1)
    ).first()
    enrolment = attempt.enrolment
    if best is None:
        facts.take_back(enrolment, attempt.item_code, "passed")
    elif facts.set_score(enrolment, attempt.item_code, best.score_bp, best.id):
        return
    else:
        tell(db.session.get_one(Attempt, best.id), now)
