"""Grading answers that no key can score: a person gives levels or points.

Grades are only ever added. The newest of an answer counts, and comes to the attempt as
a rescore; see lms.quiz.rescores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.audit import log
from lms.catalog.models import Course
from lms.courseware import rubrics
from lms.courseware.numbers import read_number
from lms.db import db
from lms.kernel import reasons
from lms.kernel.errors import Conflict, Invalid
from lms.kernel.i18n import N_

from . import passes, rescores
from .models import AnswerGrade, Attempt

LONGEST = 4_000  # letters of a comment


class NothingGraded(Invalid):
    message = N_("Belum ada jawaban yang dinilai. Nilai paling sedikit satu jawaban.")


class LevelMissing(Invalid):
    message = N_("Soal %(number)d: pilih satu tingkat untuk setiap kriteria.")


class PointsUnreadable(Invalid):
    message = N_("Soal %(number)d: tulis nilai 0 sampai 100, misalnya 82,5.")


class RemarkTooLong(Invalid):
    message = N_("Soal %(number)d: komentar paling panjang 4.000 karakter.")


class AgainWithoutReason(Invalid):
    message = N_(
        "Soal %(number)d sudah dinilai. Tulis alasan menilainya lagi, 5 sampai 500"
        " karakter, tanpa NIP atau NIK."
    )


class GradedMeanwhile(Conflict):
    message = N_(
        "Soal %(number)d sudah dinilai orang lain sejak halaman ini dibuka."
        " Penilaiannya tampil di bawah; yang Anda tulis belum disimpan."
    )


class PassAtStake(Conflict):
    message = N_(
        "Dengan nilai ini percobaan yang sudah lulus menjadi tidak lulus. Belum ada"
        " yang disimpan. Periksa nilainya, atau centang bahwa kelulusannya boleh"
        " hilang."
    )


class NotForGrading(Conflict):
    message = N_("Soal %(number)d tidak sedang menunggu penilaian.")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a grader's page says of one answer.

    levels  code of a criterion -> value chosen
    points  0 to 100 as typed, where there is no rubric
    seen    how many grades of it the page showed
    """

    levels: Mapping[str, int] = field(default_factory=dict)
    points: str = ""
    remark: str = ""
    reason: str = ""
    seen: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.levels or self.points or self.remark or self.reason)


def of_attempt(attempt_id: int) -> Sequence[AnswerGrade]:
    """Return all grades of an attempt's answers, the first one first."""
    return db.session.scalars(
        select(AnswerGrade)
        .where(AnswerGrade.attempt_id == attempt_id)
        .order_by(AnswerGrade.slot, AnswerGrade.number)
    ).all()


def was_sent(attempt_id: int, act: str) -> bool:
    """Say whether this very form was saved before."""
    return any(grade.act == act for grade in of_attempt(attempt_id))


def score(rubric: Sequence[Mapping[str, Any]], said: Opinion, number: int) -> int:
    """Return what an opinion gives, in basis points, rounded down. Pure.

    number  of the question, for the message
    raises  LevelMissing  PointsUnreadable
    """
    if rubric:
        try:
            return rubrics.score(rubric, said.levels)
        except ValueError:
            raise LevelMissing(number=number) from None
    points = read_number(said.points)
    if points is None or not 0 <= points <= 100:
        raise PointsUnreadable(number=number)
    return int(points * 100)


def give(
    attempt: Attempt,
    rubric_of: Mapping[int, Sequence[Mapping[str, Any]]],
    said: Mapping[int, Opinion],
    *,
    act: str,
    by_id: int,
    now: datetime,
    takes_pass: bool = False,
) -> bool:
    """Grade answers of a submitted, locked attempt; False = this form was saved before.

    rubric_of   slot -> rubric of each answer that a person grades; [] = points
    said        slot -> opinion; an empty one leaves its answer as it is
    takes_pass  a pass that the new grade does not reach is lost: told on purpose
    raises      NothingGraded  NotForGrading  GradedMeanwhile  LevelMissing
                PointsUnreadable  RemarkTooLong  AgainWithoutReason  PassAtStake
    """
    if was_sent(attempt.id, act):
        return False
    wanted = {slot: one for slot, one in sorted(said.items()) if not one.is_empty}
    if not wanted:
        raise NothingGraded
    newest = {grade.slot: grade.number for grade in of_attempt(attempt.id)}
    added = [
        _grade(attempt.id, slot, rubric_of.get(slot), one, newest.get(slot, 0))
        for slot, one in wanted.items()
    ]
    changed = {grade.slot: grade.score_bp for grade in added}
    if not takes_pass and passes.would_lose(attempt, changed):
        raise PassAtStake
    for grade in added:
        grade.act, grade.by_id, grade.at = act, by_id, now
    db.session.add_all(added)
    reason = next((grade.reason for grade in added if grade.reason), "")
    rescores.grade_by_person(
        attempt, changed,
        act=act, reason=reason, by_id=by_id, now=now,
    )  # fmt: skip
    log.record(
        "quiz.answers_graded", actor_id=by_id, object_kind="person",
        object_id=attempt.person_id, now=now,
        facts={
            "course": db.session.get_one(Course, attempt.course_id).code,
            "item": attempt.item_code, "number": attempt.number,
            "questions": [grade.slot + 1 for grade in added], "reason": reason,
        },
    )  # fmt: skip
    return True


def _grade(
    attempt_id: int,
    slot: int,
    rubric: Sequence[Mapping[str, Any]] | None,
    said: Opinion,
    known: int,
) -> AnswerGrade:
    number = slot + 1
    if rubric is None:
        raise NotForGrading(number=number)
    if known != said.seen:
        raise GradedMeanwhile(number=number)
    if len(said.remark) > LONGEST:
        raise RemarkTooLong(number=number)
    score_bp = score(rubric, said, number)
    reason = ""
    if known:
        try:
            reason = reasons.check(said.reason)
        except reasons.ReasonMissing:
            raise AgainWithoutReason(number=number) from None
    return AnswerGrade(
        attempt_id=attempt_id,
        slot=slot,
        number=known + 1,
        score_bp=score_bp,
        levels=dict(said.levels) if rubric else {},
        remark=said.remark,
        reason=reason,
    )
