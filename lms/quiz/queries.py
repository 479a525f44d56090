"""Look-ups of attempts, answers and scores."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from lms.db import db

from .models import AnswerSave, Attempt, AttemptFlag, Rescore, SlotScore


def list_attempts(
    enrolment_id: int, item_code: str, lock: bool = False
) -> Sequence[Attempt]:
    """Return all attempts of an enrolment at a quiz, first one first."""
    wanted = (
        select(Attempt)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.item_code == item_code)
        .order_by(Attempt.number)
    )
    if lock:
        wanted = wanted.with_for_update(of=Attempt)
    return db.session.scalars(wanted).all()


def best(enrolment_id: int) -> dict[str, int]:
    """Return the best score of each quiz graded: item code -> basis points."""
    rows = db.session.execute(
        select(Attempt.item_code, func.max(Attempt.score_bp))
        .where(
            Attempt.enrolment_id == enrolment_id,
            Attempt.submitted_at.is_not(None),
            Attempt.waiting == 0,
        )
        .group_by(Attempt.item_code)
    )
    return {code: score_bp for code, score_bp in rows}


def newest_answers(attempt_id: int) -> dict[int, AnswerSave]:
    """Return what counts of an attempt: slot -> the save with the highest seq."""
    newest = (
        select(AnswerSave.slot, func.max(AnswerSave.seq).label("seq"))
        .where(AnswerSave.attempt_id == attempt_id, AnswerSave.seq >= 1)
        .group_by(AnswerSave.slot)
        .subquery()
    )
    rows = db.session.scalars(
        select(AnswerSave)
        .join(
            newest,
            (AnswerSave.slot == newest.c.slot) & (AnswerSave.seq == newest.c.seq),
        )
        .where(AnswerSave.attempt_id == attempt_id)
    )
    return {row.slot: row for row in rows}


def flagged(attempt_id: int) -> set[int]:
    """Return the slots marked to come back to."""
    return set(
        db.session.scalars(
            select(AttemptFlag.slot).where(
                AttemptFlag.attempt_id == attempt_id, AttemptFlag.is_on
            )
        )
    )


def slot_scores(attempt_id: int) -> dict[int, int]:
    """Return what each question of a submitted attempt counts, in basis points.

    Those that a person has still to grade are not among them.
    """
    return all_slot_scores([attempt_id])[attempt_id]


def all_slot_scores(attempt_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """Return attempt id -> slot -> basis points: as counted last.

    attempt_ids  few enough for one statement; see lms.quiz.recounting
    """
    found: dict[int, dict[int, int]] = {number: {} for number in attempt_ids}
    rows = db.session.execute(
        select(SlotScore.attempt_id, SlotScore.slot, SlotScore.score_bp).where(
            SlotScore.attempt_id.in_(attempt_ids)
        )
    )
    for attempt_id, slot, score_bp in rows:
        found[attempt_id][slot] = score_bp
    for rescore in rescores(attempt_ids):  # a later one replaces what stood before
        found[rescore.attempt_id] = {int(s): bp for s, bp in rescore.slots.items()}
    return found


def rescores(attempt_ids: Collection[int]) -> Sequence[Rescore]:
    """Return when and why attempts were counted again, the first one first."""
    return db.session.scalars(
        select(Rescore)
        .where(Rescore.attempt_id.in_(attempt_ids))
        .order_by(Rescore.attempt_id, Rescore.number)
    ).all()
