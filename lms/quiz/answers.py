"""Saving answers and flags while an attempt runs. Answers are only ever added."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, insert, select

from lms.db import db
from lms.kernel.errors import Invalid, NotFound
from lms.kernel.i18n import N_

from .models import AnswerSave, Attempt, AttemptFlag

AHEAD = 1_000  # how far a phone's counter may run before the server's, when offline


# Built once: an answer is saved far more often than anything else is written.
_OF_SLOT = (
    AnswerSave.attempt_id == bindparam("attempt_id"),
    AnswerSave.slot == bindparam("slot"),
)
_FOUND = select(
    AnswerSave.seq, AnswerSave.answer, AnswerSave.device, AnswerSave.saved_at
)
_NEWEST = (
    _FOUND.where(*_OF_SLOT, AnswerSave.seq >= 1)
    .order_by(AnswerSave.seq.desc())
    .limit(1)
)
_LAST_NOTED = (
    _FOUND.where(*_OF_SLOT, AnswerSave.seq < 1).order_by(AnswerSave.seq).limit(1)
)
_ADD = insert(AnswerSave.__table__)


class QuestionMissing(NotFound):
    message = N_("Soal ini tidak ada dalam percobaan Anda.")


class BadSequence(Invalid):
    message = N_("Nomor urut jawaban tidak dikenal. Muat ulang halaman soal ini.")


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as a page sends it.

    answer  as lms.courseware.grading reads it; None takes an answer back
    seq     rises with each change that this browser makes or has seen
    base    the newest seq the page knew of, so that nobody overwrites unseen what
            another device saved
    device  a random name of the browser, "" without scripts
    """

    answer: Any
    seq: int
    base: int
    device: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What the server now holds of one slot.

    seq           of the answer that counts
    is_older      the answer sent is older than it, and does not count
    is_elsewhere  and it came from another device
    """

    seq: int
    saved_at: datetime
    is_older: bool
    is_elsewhere: bool = False


def slot_of(attempt: Attempt, number: int) -> int:
    """Return the slot of the question shown as `number` (from 1)."""
    if not 1 <= number <= len(attempt.layout):
        raise QuestionMissing
    return number - 1


def save(
    attempt: Attempt, slot: int, seq: int, answer: Any, now: datetime
) -> Saved | None:
    """Save an answer as a page without scripts sends it; see `take`."""
    return take(attempt, slot, Sent(answer, seq, base=seq - 1), now)


def take(attempt: Attempt, slot: int, sent: Sent, now: datetime) -> Saved | None:
    """Save an answer to an open, locked attempt.

    An older one, or one given without knowing what another device saved since, is
    kept in the history but does not count.

    returns  None when there was nothing to take back
    raises   BadSequence  for a number no page of ours has counted to
    """
    newest = _first(_NEWEST, attempt.id, slot)
    held = newest.seq if newest else 0
    if not 1 <= sent.seq <= held + AHEAD:
        raise BadSequence
    if newest is None:
        if sent.answer is None:
            return None
        _add(attempt.id, slot, sent.seq, sent, now)
        return Saved(seq=sent.seq, saved_at=now, is_older=False)

    is_same = newest.answer == sent.answer
    if is_same and sent.seq in (held, held + 1):
        return Saved(seq=held, saved_at=newest.saved_at, is_older=False)
    if held > sent.base and newest.device != sent.device and not is_same:
        note(attempt, slot, sent, now)
        return Saved(held, newest.saved_at, is_older=True, is_elsewhere=True)
    if sent.seq <= held:
        if not is_same:
            note(attempt, slot, sent, now)
        return Saved(seq=held, saved_at=newest.saved_at, is_older=True)
    _add(attempt.id, slot, sent.seq, sent, now)
    return Saved(seq=sent.seq, saved_at=now, is_older=False)


def note(attempt: Attempt, slot: int, sent: Sent, now: datetime) -> None:
    """Keep an answer that does not count in the history of a locked attempt."""
    last = _first(_LAST_NOTED, attempt.id, slot)
    if last and (last.answer, last.device) == (sent.answer, sent.device):
        return  # sent again
    newest = _first(_NEWEST, attempt.id, slot)
    if newest and (newest.answer, newest.device) == (sent.answer, sent.device):
        return  # it is the one that counts
    _add(attempt.id, slot, (last.seq if last else 0) - 1, sent, now)


def flag(attempt: Attempt, slot: int, is_on: bool) -> None:
    """Mark a question of an open attempt to come back to, or take the mark off."""
    row = db.session.get(AttemptFlag, (attempt.id, slot))
    if row is None:
        db.session.add(AttemptFlag(attempt_id=attempt.id, slot=slot, is_on=is_on))
    else:
        row.is_on = is_on


def _first(wanted: Select, attempt_id: int, slot: int) -> Row | None:
    # Straight on the connection: answers are never pending in the session.
    asked = {"attempt_id": attempt_id, "slot": slot}
    return db.session.connection().execute(wanted, asked).first()


def _add(attempt_id: int, slot: int, seq: int, sent: Sent, now: datetime) -> None:
    db.session.execute(
        _ADD,
        {
            "attempt_id": attempt_id,
            "slot": slot,
            "seq": seq,
            "answer": sent.answer,
            "device": sent.device,
            "saved_at": now,
        },
    )
