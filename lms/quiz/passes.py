"""Telling the records what an attempt, or counting it again, means for a learner."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from lms.courseware import grading
from lms.db import db
from lms.records import completions, facts

from . import queries
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
    completions.settle(enrolment, at)


def would_lose(attempt: Attempt, changed: Mapping[int, int]) -> bool:
    """Say whether nothing handed in would pass any more with these scores instead.

    changed  slot -> basis points
    """
    if not attempt.passed:
        return False
    slots = queries.slot_scores(attempt.id) | dict(changed)
    earned = [(p["points"], slots.get(n)) for n, p in enumerate(attempt.layout)]
    if grading.bounds(earned)[0] >= attempt.pass_bp:
        return False
    tried = queries.list_attempts(attempt.enrolment_id, attempt.item_code)
    return not any(one.passed for one in tried if one.id != attempt.id)


def tell_again(attempt: Attempt, now: datetime) -> None:
    """Bring the records in line after one attempt was counted again; see tell_all."""
    tell_all([attempt], now)


def tell_all(attempts: Sequence[Attempt], now: datetime) -> None:
    """Bring the records in line after these attempts were counted again.

    A new pass counts from now on: nothing is dated back. One that is lost takes its
    fact along, never a completion or a certificate: those only HR revokes.
    """
    by_quiz = {(a.enrolment_id, a.item_code): a for a in attempts}
    best = _best(by_quiz)
    known = facts.scores_of({enrolment_id for enrolment_id, _item in by_quiz})
    changed = []
    for place, attempt in by_quiz.items():
        passing, told = best.get(place), known.get(place)
        if passing is None and told is not None:
            facts.take_back(attempt.enrolment, attempt.item_code, "passed")
        elif passing is not None and told is None:
            tell(db.session.get_one(Attempt, passing[1]), now)
        elif passing is not None and passing != told:
            changed.append((*place, *passing))
    facts.set_scores(changed)


def _best(
    quizzes: Collection[tuple[int, str]],
) -> dict[tuple[int, str], tuple[int, int]]:
    """Return the best passing attempt of each: (score in bp, attempt id)."""
    rows = db.session.execute(
        select(
            Attempt.enrolment_id, Attempt.item_code, Attempt.id,
            Attempt.score_bp.label("score_bp"),
        )
        .where(
            Attempt.enrolment_id.in_({enrolment_id for enrolment_id, _ in quizzes}),
            Attempt.submitted_at.is_not(None),
            Attempt.waiting == 0,
            Attempt.score_bp >= Attempt.pass_bp,
        )
        .order_by(Attempt.number)
    )  # fmt: skip
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for row in rows:
        place = (row.enrolment_id, row.item_code)
        if place not in found or row.score_bp > found[place][0]:
            found[place] = (row.score_bp, row.id)
    return found
