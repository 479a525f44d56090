"""What graders do: note, publish, return; decide without somebody who does not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from lms.accounts import superiors
from lms.audit import log
from lms.catalog.models import ItemVersion
from lms.courseware import rubrics
from lms.db import db
from lms.kernel import ids, reasons
from lms.kernel.errors import Conflict, Forbidden, Invalid
from lms.kernel.i18n import N_

from . import graders, queries, results
from .models import Outcome, Review, ReviewDraft, Waiver, Work

LONGEST = 4_000  # letters of one remark
RETURNING = ("instructor", "superior")  # roles that may ask to rework
PATIENCE = timedelta(days=14)  # before an instructor may decide without a grader


class GradedAlready(Conflict):
    message = N_("Pekerjaan ini sudah Anda nilai, atau sudah dinilai dalam peran ini.")


class WorkSettled(Conflict):
    message = N_("Hasil pekerjaan ini sudah keluar.")


class NotWanted(Conflict):
    message = N_(
        "Tugas ini dinilai orang lain. Pengajar dapat memutuskan tanpa penilai yang"
        " tidak menjawab."
    )


class LevelMissing(Invalid):
    message = N_("Pilih satu tingkat untuk setiap kriteria.")


class RemarkMissing(Invalid):
    message = N_("Tulis apa yang harus diperbaiki, paling sedikit 5 karakter.")


class RemarkTooLong(Invalid):
    message = N_("Komentar paling panjang 4.000 karakter.")


class PeersDoNotReturn(Forbidden):
    message = N_("Sejawat menilai; hanya pengajar atau atasan yang mengembalikan.")


class NotWaitedFor(Conflict):
    message = N_("Penilai itu tidak sedang ditunggu.")


class TooEarly(Conflict):
    message = N_("Tunggu 14 hari sejak dikumpulkan sebelum memutuskan tanpa penilai.")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a grader has written.

    levels   code of a criterion -> value chosen; left out = not chosen yet
    remarks  code of a criterion -> what the grader says of it
    """

    levels: Mapping[str, int]
    remarks: Mapping[str, str]
    remark: str = ""


def rubric_of(work: Work) -> list[dict[str, Any]]:
    """Return the rubric of the version that was handed in."""
    return db.session.get_one(ItemVersion, work.item_version_id).body["rubric"]


def check(opinion: Opinion, rubric: list[dict[str, Any]]) -> Opinion:
    """Return an opinion with what fits the rubric alone. Raises RemarkTooLong."""
    values = {
        row["code"]: [level["value"] for level in row["levels"]] for row in rubric
    }
    texts = {code: text.strip() for code, text in opinion.remarks.items()}
    remark = opinion.remark.strip()
    if any(len(text) > LONGEST for text in [remark, *texts.values()]):
        raise RemarkTooLong
    return Opinion(
        {c: v for c, v in opinion.levels.items() if v in values.get(c, ())},
        {c: text for c, text in texts.items() if c in values and text},
        remark,
    )


def may_grade(work: Work, role: str, grader_id: int) -> bool:
    """Say whether somebody may still publish a review in a role."""
    try:
        check_may_grade(work, role, grader_id)
    except (GradedAlready, WorkSettled, NotWanted):
        return False
    return True


def check_may_grade(work: Work, role: str, grader_id: int) -> None:
    """Raise GradedAlready, WorkSettled or NotWanted unless they may publish one."""
    seat = graders.seat_of(role, grader_id)
    known = db.session.scalar(
        select(func.count())
        .select_from(Review)
        .where(Review.work_id == work.id, Review.role == role, Review.seat == seat)
    )
    if known:
        raise GradedAlready
    if role != "second" and queries.outcomes([work.id]):
        raise WorkSettled
    if role == "instructor" and not graders.wants_instructor(work):
        raise NotWanted


def note(work: Work, person_id: int, opinion: Opinion, now: datetime) -> None:
    """Keep what a grader has so far; nobody else sees it."""
    row = db.session.get(ReviewDraft, (work.id, person_id))
    if row is None:
        row = ReviewDraft(work_id=work.id, person_id=person_id)
        db.session.add(row)
    row.levels, row.remarks = dict(opinion.levels), dict(opinion.remarks)
    row.remark, row.saved_at = opinion.remark, now


def noted(work_id: int, person_id: int) -> Opinion:
    """Return what a grader has noted, empty at first."""
    row = db.session.get(ReviewDraft, (work_id, person_id))
    if row is None:
        return Opinion({}, {})
    return Opinion(row.levels, row.remarks, row.remark)


def publish(
    work: Work, role: str, grader_id: int, opinion: Opinion, now: datetime
) -> Outcome | None:
    """Grade a locked round by its rubric; return what came out, None = still waiting.

    raises  LevelMissing  GradedAlready  WorkSettled
    """
    rubric = rubric_of(work)
    if set(opinion.levels) != {row["code"] for row in rubric}:
        raise LevelMissing
    score_bp = rubrics.score(rubric, opinion.levels)
    return _add(work, (role, grader_id), ("graded", score_bp), opinion, now)


def give_back(
    work: Work, role: str, grader_id: int, opinion: Opinion, now: datetime
) -> Outcome | None:
    """Return a locked round to be reworked; the other graders need not grade it.

    raises  RemarkMissing  PeersDoNotReturn  GradedAlready  WorkSettled
    """
    if role not in RETURNING:
        raise PeersDoNotReturn
    if len(opinion.remark) < reasons.SHORTEST:
        raise RemarkMissing
    return _add(work, (role, grader_id), ("returned", None), opinion, now)


def _add(
    work: Work,
    grader: tuple[str, int],
    result: tuple[str, int | None],
    opinion: Opinion,
    now: datetime,
) -> Outcome | None:
    """Append a review; grader = (role, person), result = (what, score)."""
    (role, grader_id), (said, score_bp) = grader, result
    check_may_grade(work, role, grader_id)
    seat = graders.seat_of(role, grader_id)
    row = Review(
        uid=ids.new_uid(), work_id=work.id, role=role, seat=seat, number=1,
        grader_id=grader_id, result=said, score_bp=score_bp,
        levels=dict(opinion.levels), remarks=dict(opinion.remarks),
        remark=opinion.remark, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.execute(
        delete(ReviewDraft).where(
            ReviewDraft.work_id == work.id, ReviewDraft.person_id == grader_id
        )
    )
    db.session.flush()
    log.record(
        f"task.{said}", actor_id=grader_id, object_kind="person",
        object_id=work.person_id, now=now, facts={"work": work.uid, "role": role},
    )  # fmt: skip
    return results.settle(work, now)


def may_waive(work: Work, role: str, now: datetime) -> bool:
    """Say whether an instructor may decide without this grader now.

    After PATIENCE; at once when the learner has no superior at all.
    """
    if role not in ("superior", "peer") or role not in results.missing(work):
        return False
    if queries.outcomes([work.id]) or work.submitted_at is None:
        return False
    if now >= work.submitted_at + PATIENCE:
        return True
    return role == "superior" and superiors.of_person(work.person_id) is None


def waive(
    work: Work, role: str, by_id: int, reason: str, now: datetime
) -> Outcome | None:
    """Do not wait for a grader any longer; twice is once.

    raises  ReasonMissing  NotWaitedFor  TooEarly
    """
    reason = reasons.check(reason)
    if role in queries.waived(work.id):
        return queries.outcomes([work.id]).get(work.id)
    if role not in results.missing(work) or queries.outcomes([work.id]):
        raise NotWaitedFor
    if not may_waive(work, role, now):
        raise TooEarly
    db.session.add(
        Waiver(work_id=work.id, role=role, by_id=by_id, reason=reason, at=now)
    )
    db.session.flush()
    log.record(
        "task.waived", actor_id=by_id, object_kind="person",
        object_id=work.person_id, now=now, facts={"work": work.uid, "role": role},
    )  # fmt: skip
    return results.settle(work, now)
