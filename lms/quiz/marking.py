"""Closing attempts: grade what was saved in time and tell the records.

The only place of this feature that reads keys to give a score.
"""

from datetime import datetime

from lms.catalog import courses, items
from lms.courseware import grading
from lms.courseware.pairs import SUBMITTED
from lms.db import db

from . import passes, queries, regrades, telling
from .models import GRACE, Attempt, SlotScore


def close(attempt: Attempt, now: datetime) -> None:
    """Grade an open, locked attempt and close it; passing is told to the records.

    What a person must grade waits: until then nothing is passed or failed.

    An attempt that ran out counts as handed in at its deadline.
    """
    at = now if attempt.closes_at is None else min(now, attempt.closes_at)
    scores = _slot_scores(attempt)
    points = [place["points"] for place in attempt.layout]
    attempt.score_bp = grading.bounds(zip(points, scores, strict=True))[0]
    attempt.waited = scores.count(None)
    attempt.submitted_at = at
    db.session.add_all(
        SlotScore(
            attempt_id=attempt.id,
            slot=slot,
            question_version_id=attempt.layout[slot]["q"],
            score_bp=score_bp,
        )
        for slot, score_bp in enumerate(scores)
        if score_bp is not None
    )
    db.session.flush()  # the update first: a lost race must not reach the records
    regrades.again_at_once(attempt, now)
    if attempt.is_waiting:
        telling.waits(attempt, now)
    if attempt.passed:
        passes.tell(attempt, at)
    elif _is_pretest(attempt):
        passes.tell_measured(attempt, at)


def _slot_scores(attempt: Attempt) -> list[int | None]:
    """Return the score of each slot, None for a person to grade; open earns nothing."""
    answers = queries.newest_answers(attempt.id)
    keys = items.keys(place["q"] for place in attempt.layout)
    scores: list[int | None] = []
    for slot, place in enumerate(attempt.layout):
        save = answers.get(slot)
        in_time = save is not None and (
            attempt.closes_at is None or save.saved_at <= attempt.closes_at + GRACE
        )
        if save is None or save.answer is None or not in_time:
            scores.append(0)
        else:
            key, values = keys[place["q"]], place.get("values")
            scores.append(grading.question_score(key, save.answer, "id", values))
    return scores


def _is_pretest(attempt: Attempt) -> bool:
    """Say whether the quiz only measures: then it is done when it was handed in."""
    bound = courses.release(attempt.enrolment.release_id)
    entry = bound.item(attempt.item_code)
    if entry is None:
        entry = courses.live(bound.code).item(attempt.item_code)
    return entry is not None and entry["completion"] == SUBMITTED
