"""Requirements of a new release for those who are already taking the course.

Done in pieces, each in a transaction of its own; what was cut short goes on in the
next round of the worker.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, select

from lms.catalog import courses
from lms.db import db
from lms.jobs import pieces
from lms.jobs.worker import every_round
from lms.kernel import clock
from lms.records import enrolments
from lms.records.models import Completion, Enrolment

from .models import Rebinding

PIECE = 50  # enrolments in one transaction: each of them may be complete by it
A_ROUND = 20  # seconds of a worker's round


def order(release_id: int, course_id: int, by_id: int | None, now: datetime) -> None:
    """Begin to bind all who have not finished to a release; twice is once."""
    known = select(Rebinding.id).where(Rebinding.release_id == release_id)
    if db.session.scalar(known) is None:
        db.session.add(
            Rebinding(release_id=release_id, course_id=course_id, by_id=by_id, at=now)
        )
        db.session.flush()


def do_piece(number: int, now: datetime) -> bool:
    """Bind the next enrolments; False = all are done. The caller commits."""
    order = db.session.scalar(
        select(Rebinding).where(Rebinding.id == number).with_for_update()
    )
    if order is None or order.finished_at is not None:
        return False
    live = courses.release(order.release_id)
    piece = db.session.scalars(
        select(Enrolment)
        .where(
            Enrolment.course_id == order.course_id,
            Enrolment.edition == live.edition,
            Enrolment.release_id < order.release_id,
            Enrolment.id > order.upto,
            ~exists().where(Completion.enrolment_id == Enrolment.id),
        )
        .order_by(Enrolment.id)
        .limit(PIECE)
        .with_for_update()
    ).all()
    for enrolment in piece:
        enrolments.rebind(enrolment, live, order.by_id, now)
    if not piece:
        order.finished_at = now
        return False
    order.upto = piece[-1].id
    return True


def go_on(commit: Callable[[], None], seconds: float) -> bool:
    """Bind further, a piece at a time; True = nothing is left.

    commit  ends each piece, and what the caller has begun
    """
    commit()
    open_ones = select(Rebinding.id).where(Rebinding.finished_at.is_(None))
    pending = db.session.scalars(open_ones.order_by(Rebinding.id)).all()
    return pieces.go_on(
        pending, lambda number: do_piece(number, clock.now()), commit, seconds
    )


@every_round
def in_a_round(_now: datetime) -> None:
    go_on(db.session.commit, A_ROUND)
