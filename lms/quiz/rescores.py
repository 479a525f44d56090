"""Adding a score to an attempt that was handed in: nothing that stands is changed.

A key that was corrected and a person who grades come the same way.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from lms.courseware import grading
from lms.db import db

from . import passes, queries
from .models import OF_RESCORES, Attempt, Regrade, Rescore

if TYPE_CHECKING:
    from .recounting import Counted


def add(
    attempt: Attempt,
    changed: Mapping[int, int],
    *,
    act: str,
    rule: str,
    reason: str,
    by_id: int | None,
    now: datetime,
) -> Rescore | None:
    """Count a submitted, locked attempt again, with other scores for some questions.

    changed  slot -> basis points; the other questions keep theirs
    act      names what is done; None comes back when it was done before
    rule     see Rescore
    """
    last = db.session.scalars(
        select(Rescore).where(Rescore.attempt_id == attempt.id)
    ).all()
    if act in {rescore.act for rescore in last}:
        return None
    slots = queries.slot_scores(attempt.id) | dict(changed)
    number = max((rescore.number for rescore in last), default=0) + 1
    rescore = Rescore(
        attempt_id=attempt.id,
        number=number,
        act=act,
        score_bp=score(attempt.layout, slots),
        slots={str(slot): score_bp for slot, score_bp in sorted(slots.items())},
        waiting=waiting(attempt.layout, slots),
        rule=rule,
        reason=reason,
        by_id=by_id,
        at=now,
    )
    db.session.add(rescore)
    db.session.flush()
    db.session.refresh(attempt, OF_RESCORES)
    return rescore


def add_all(counted: Iterable["Counted"], regrade: Regrade, now: datetime) -> list[int]:
    """Write many at once, of locked attempts; return ids of those that are new."""
    counted = list(counted)
    numbers: dict[int, int] = {}
    done = set()
    for rescore in queries.rescores([one.row.id for one in counted]):
        numbers[rescore.attempt_id] = rescore.number
        if rescore.act == regrade.uid:
            done.add(rescore.attempt_id)
    rows = [
        {
            "attempt_id": one.row.id,
            "number": numbers.get(one.row.id, 0) + 1,
            "act": regrade.uid,
            "score_bp": one.score_bp,
            "slots": {str(slot): bp for slot, bp in sorted(one.slots.items())},
            "waiting": one.waiting,
            "rule": regrade.rule,
            "reason": regrade.reason,
            "by_id": regrade.by_id,
            "at": now,
        }
        for one in counted
        if one.row.id not in done
    ]
    if rows:
        db.session.execute(insert(Rescore.__table__), rows)
    return [row["attempt_id"] for row in rows]


def score(layout: list[dict], slots: Mapping[int, int]) -> int:
    """Return the score of an attempt; what is still to be graded earns nothing yet."""
    return grading.bounds(
        [(place["points"], slots.get(n)) for n, place in enumerate(layout)]
    )[0]


def waiting(layout: list[dict], slots: Mapping[int, int]) -> int:
    """Return how many questions of an attempt a person has still to grade."""
    return sum(n not in slots for n in range(len(layout)))


def grade_by_person(
    attempt: Attempt,
    changed: Mapping[int, int],
    *,
    act: str,
    reason: str,
    by_id: int,
    now: datetime,
) -> Rescore | None:
    """Note what somebody gave for questions that a person grades; told at once."""
    rescore = add(attempt, changed, act=act, rule="person", reason=reason,
                  by_id=by_id, now=now)  # fmt: skip
    if rescore is not None:
        passes.tell_again(attempt, now)
    return rescore
