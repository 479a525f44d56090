"""Saving answers and flags while an attempt runs. Answers are only ever added."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select

from lms.db import db
from lms.kernel.errors import Invalid, NotFound
from lms.kernel.i18n import N_

from .models import AnswerSave, Attempt, AttemptFlag

AHEAD = 1_000  # how far a phone's counter may run before the server's, when offline


# Built once: an answer is saved far more often than anything else is written.
_NEWEST = (
    select(AnswerSave.seq, AnswerSave.answer, AnswerSave.saved_at)
    .where(
        AnswerSave.attempt_id == bindparam("attempt_id"),
        AnswerSave.slot == bindparam("slot"),
    )
    .order_by(AnswerSave.seq.desc())
    .limit(1)
)
_ADD = insert(AnswerSave.__table__)


class QuestionMissing(NotFound):
    message = N_("Soal ini tidak ada dalam percobaan Anda.")


class BadSequence(Invalid):
    message = N_("Nomor urut jawaban tidak dikenal. Muat ulang halaman soal ini.")


@dataclass(frozen=True, slots=True)
class Saved:
    """What the server now holds of one slot.

    seq       of the answer that counts
    is_older  the answer sent is older than it, and does not count
    """

    seq: int
    saved_at: datetime
    is_older: bool


def slot_of(attempt: Attempt, number: int) -> int:
    """Return the slot of the question shown as `number` (from 1)."""
    if not 1 <= number <= len(attempt.layout):
        raise QuestionMissing
    return number - 1


def save(
    attempt: Attempt, slot: int, seq: int, answer: Any, now: datetime
) -> Saved | None:
    """Save an answer to an open, locked attempt.

    answer   as lms.courseware.grading reads it; None takes an answer back
    seq      rises with each change; an older one is kept but never counts
    returns  None when there was nothing to take back
    raises   BadSequence  for a number no page of ours has counted to
    """
    newest = _newest(attempt.id, slot)
    held = newest.seq if newest else 0
    if not 1 <= seq <= held + AHEAD:
        raise BadSequence
    if newest is None and answer is None:
        return None
    if newest is not None and newest.answer == answer and seq in (held, held + 1):
        return Saved(seq=seq, saved_at=newest.saved_at, is_older=False)
    if newest is not None and seq <= held:
        if not _is_taken(attempt.id, slot, seq):
            _add(attempt.id, slot, seq, answer, now)
        return Saved(seq=held, saved_at=newest.saved_at, is_older=True)
    _add(attempt.id, slot, seq, answer, now)
    return Saved(seq=seq, saved_at=now, is_older=False)


def flag(attempt: Attempt, slot: int, is_on: bool) -> None:
    """Mark a question of an open attempt to come back to, or take the mark off."""
    row = db.session.get(AttemptFlag, (attempt.id, slot))
    if row is None:
        db.session.add(AttemptFlag(attempt_id=attempt.id, slot=slot, is_on=is_on))
    else:
        row.is_on = is_on


def _newest(attempt_id: int, slot: int) -> Row | None:
    # Straight on the connection: answers are never pending in the session.
    asked = {"attempt_id": attempt_id, "slot": slot}
    return db.session.connection().execute(_NEWEST, asked).first()


def _is_taken(attempt_id: int, slot: int, seq: int) -> bool:
    found = db.session.scalar(
        select(AnswerSave.id).where(
            AnswerSave.attempt_id == attempt_id,
            AnswerSave.slot == slot,
            AnswerSave.seq == seq,
        )
    )
    return found is not None


def _add(attempt_id: int, slot: int, seq: int, answer: Any, now: datetime) -> None:
    db.session.execute(
        _ADD,
        {
            "attempt_id": attempt_id,
            "slot": slot,
            "seq": seq,
            "answer": answer,
            "saved_at": now,
        },
    )
