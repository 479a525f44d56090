"""Mending a review that was published by mistake: a newer one is put beside it.

Whoever gave it mends it as long as they may see the work; what an instructor gave, the
authors of the course who teach the learner as well. A superior's and a peer's opinion
is theirs alone. What was returned is not mended: the learner hands in again.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.audit import log
from lms.courseware import rubrics
from lms.db import db
from lms.kernel import reasons
from lms.kernel.errors import Conflict, NotFound
from lms.kernel.i18n import N_

from . import graders, queries, results
from .models import Review, Work
from .reviews import LevelMissing, Opinion, rubric_of

OF_INSTRUCTORS = ("instructor", "second")


class NothingToMend(NotFound):
    message = N_("Penilaian ini tidak ada, atau bukan Anda yang membetulkannya.")


class MendedMeanwhile(Conflict):
    message = N_(
        "Penilaian ini sudah dibetulkan sejak halaman ini dibuka. Yang berlaku tampil"
        " di bawah; yang Anda tulis belum disimpan."
    )


class NothingChanged(Conflict):
    message = N_("Tingkat dan komentarnya masih sama. Ubah yang keliru dahulu.")


class PassAtStake(Conflict):
    message = N_(
        "Dengan penilaian ini tugas yang sudah lulus menjadi tidak lulus. Belum ada"
        " yang disimpan. Periksa tingkatnya, atau centang bahwa kelulusannya boleh"
        " hilang."
    )


@dataclass(frozen=True, slots=True)
class Form:
    """What the page says besides the opinion.

    uid         of the review that is to be added: the same form twice is one
    takes_pass  a pass that is not reached any more is lost: told on purpose
    """

    uid: str
    reason: str
    takes_pass: bool = False


def mendable(user, work: Work) -> list[Review]:
    """Return the reviews of a round that `user` may mend."""
    outcome = queries.outcomes([work.id]).get(work.id)
    if outcome is not None and outcome.result != "graded":
        return []
    holds = graders.may_decide(user, work)
    return [
        row
        for row in queries.newest_reviews(work.id)
        if row.result == "graded"
        and (row.grader_id == user.id or (holds and row.role in OF_INSTRUCTORS))
    ]


def find(user, work: Work, uid: str) -> Review:
    """Return the review to mend. Raises NothingToMend, MendedMeanwhile."""
    for row in mendable(user, work):
        if row.uid == uid:
            return row
    known = db.session.scalar(select(Review).where(Review.uid == uid))
    if known is not None and known.work_id == work.id:
        seat = (known.role, known.seat)
        if seat in {(row.role, row.seat) for row in mendable(user, work)}:
            raise MendedMeanwhile
    raise NothingToMend


def was_sent(work: Work, uid: str) -> bool:
    """Say whether this very form was saved before."""
    known = db.session.scalar(select(Review.work_id).where(Review.uid == uid))
    return known == work.id


def mend(
    work: Work, old: Review, opinion: Opinion, sent: Form, *, by_id: int, now: datetime
) -> Review:
    """Add a review in place of `old`, of a locked round, and count the round anew.

    raises  LevelMissing  ReasonMissing  NothingChanged  PassAtStake
    """
    rubric = rubric_of(work)
    if set(opinion.levels) != {row["code"] for row in rubric}:
        raise LevelMissing
    reason = reasons.check(sent.reason)
    said = (dict(opinion.levels), dict(opinion.remarks), opinion.remark)
    if said == (old.levels, old.remarks, old.remark):
        raise NothingChanged
    row = Review(
        uid=sent.uid, work_id=work.id, role=old.role, seat=old.seat,
        number=old.number + 1, grader_id=by_id, result="graded",
        score_bp=rubrics.score(rubric, opinion.levels), levels=said[0],
        remarks=said[1], remark=said[2], reason=reason, at=now,
    )  # fmt: skip
    if not sent.takes_pass and results.would_lose(work, row):
        raise PassAtStake
    db.session.add(row)
    db.session.flush()
    log.record(
        "task.mended", actor_id=by_id, object_kind="person",
        object_id=work.person_id, now=now,
        facts={"work": work.uid, "role": old.role, "reason": reason},
    )  # fmt: skip
    results.again(work, now)
    return row
