"""Reads of rounds, their drafts, files and what graders said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db
from lms.uploads.models import Upload, UploadContent

from .models import Appeal, DraftText, Outcome, Review, Waiver, Work, WorkFile
from .rounds import Round


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a round; `number` is that of its attachment."""

    number: int
    uid: str
    name: str
    kind: str
    size: int
    sha256: str
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A review with who gave it."""

    review: Review
    grader: str


def rounds_of(enrolment_id: int, item_code: str, lock: bool = False) -> list[Round]:
    """Return the rounds of an enrolment at an assignment, in their order."""
    wanted = (
        select(Work)
        .where(Work.enrolment_id == enrolment_id, Work.item_code == item_code)
        .order_by(Work.number)
    )
    if lock:
        wanted = wanted.with_for_update(of=Work).execution_options(
            populate_existing=True
        )
    works = db.session.scalars(wanted).all()
    known = outcomes([work.id for work in works])
    return [Round(work, known.get(work.id)) for work in works]


def standings(enrolment_id: int) -> dict[str, str]:
    """Return the assignments whose newest round waits for a grade, or came back."""
    rows = db.session.execute(
        select(Work.item_code, Work.submitted_at, Outcome.result)
        .outerjoin(Outcome, Outcome.work_id == Work.id)
        .where(Work.enrolment_id == enrolment_id)
        .order_by(Work.number, Outcome.id)
    )
    newest = {code: (submitted, result) for code, submitted, result in rows}
    return {
        code: "returned" if result == "returned" else "waiting"
        for code, (submitted, result) in newest.items()
        if submitted is not None and result in (None, "returned")
    }


def outcomes(work_ids: Sequence[int]) -> dict[int, Outcome]:
    """Return work id -> the outcome that counts."""
    rows = db.session.scalars(
        select(Outcome).where(Outcome.work_id.in_(work_ids)).order_by(Outcome.number)
    )
    return {row.work_id: row for row in rows}


def newest_draft(work_id: int) -> DraftText | None:
    """Return the text that counts of a draft, or None when nothing is written."""
    return db.session.scalar(
        select(DraftText)
        .where(DraftText.work_id == work_id, DraftText.seq >= 1)
        .order_by(DraftText.seq.desc())
        .limit(1)
    )


def files_of(work_id: int) -> list[Attached]:
    """Return the files attached to a round, in the order attached."""
    rows = db.session.execute(
        select(
            WorkFile.id,
            Upload.uid,
            Upload.name,
            UploadContent.kind,
            UploadContent.size_bytes,
            UploadContent.sha256,
            WorkFile.attached_at,
        )
        .join(Upload, Upload.id == WorkFile.upload_id)
        .join(UploadContent, UploadContent.id == Upload.content_id)
        .where(WorkFile.work_id == work_id)
        .order_by(WorkFile.id)
    )
    return [Attached(*row) for row in rows]


def reviews_of(work_id: int) -> list[Said]:
    """Return what graders have published of a round, the oldest first."""
    rows = db.session.execute(
        select(Review, Person)
        .join(Person, Person.id == Review.grader_id)
        .where(Review.work_id == work_id)
        .order_by(Review.id)
    )
    return [Said(review, person.full_name) for review, person in rows]


def newest_reviews(work_id: int) -> list[Review]:
    """Return the review of each seat that counts."""
    rows = db.session.scalars(
        select(Review).where(Review.work_id == work_id).order_by(Review.number)
    )
    return list({(row.role, row.seat): row for row in rows}.values())


def waived(work_id: int) -> set[str]:
    """Return the roles that are not waited for."""
    return set(db.session.scalars(select(Waiver.role).where(Waiver.work_id == work_id)))


def appeal_of(work_id: int) -> Appeal | None:
    return db.session.get(Appeal, work_id)


def unsettled_condition():
    """Return a condition: handed in, and nothing has come out of it yet."""
    settled = select(Outcome.id).where(Outcome.work_id == Work.id).exists()
    return Work.submitted_at.is_not(None) & ~settled
