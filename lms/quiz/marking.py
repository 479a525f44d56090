"""Closing attempts: grade what was saved in time and tell the records.

The only place of this feature that reads keys to give a score.
"""

from datetime import datetime

from sqlalchemy import func, select

from lms.catalog import items
from lms.courseware import grading
from lms.db import db
from lms.records import completions, facts
from lms.records.models import ItemFact

from . import queries
from .models import GRACE, Attempt, SlotScore


def close(attempt: Attempt, now: datetime) -> None:
    """Grade an open, locked attempt and close it; passing is told to the records.

    An attempt that ran out counts as handed in at its deadline.
    """
    at = now if attempt.closes_at is None else min(now, attempt.closes_at)
    scores = _slot_scores(attempt)
    points = [place["points"] for place in attempt.layout]
    attempt.score_bp = grading.grade(list(zip(points, scores, strict=True)))
    attempt.submitted_at = at
    db.session.add_all(
        SlotScore(
            attempt_id=attempt.id,
            slot=slot,
            question_version_id=attempt.layout[slot]["q"],
            score_bp=score_bp,
        )
        for slot, score_bp in enumerate(scores)
    )
    db.session.flush()  # the update first: a lost race must not reach the records
    if attempt.passed:
        _tell_records(attempt, at)


def _slot_scores(attempt: Attempt) -> list[int]:
    """Return the score of each slot; a question left open earns nothing."""
    answers = queries.newest_answers(attempt.id)
    keys = items.keys(place["q"] for place in attempt.layout)
    scores = []
    for slot, place in enumerate(attempt.layout):
        save = answers.get(slot)
        in_time = save is not None and (
            attempt.closes_at is None or save.saved_at <= attempt.closes_at + GRACE
        )
        if save is None or save.answer is None or not in_time:
            scores.append(0)
        else:
            scores.append(grading.question_score(keys[place["q"]], save.answer))
    return scores


def _tell_records(attempt: Attempt, at: datetime) -> None:
    enrolment = attempt.enrolment
    facts.add(
        enrolment,
        attempt.item_code,
        "passed",
        at,
        score_bp=attempt.score_bp,
        proof_id=attempt.id,
    )
    if enrolment.withdrawn_at is not None:
        return  # the fact stays; the course is completed when they take part again
    # An attempt closed late may be older than the last thing learned.
    newest = db.session.scalar(
        select(func.max(ItemFact.at)).where(ItemFact.enrolment_id == enrolment.id)
    )
    completions.settle(enrolment, max(at, newest or at))
