"""Going on with questions that are being counted again, a piece at a time."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select

from lms.db import db
from lms.jobs import pieces
from lms.jobs.worker import every_round
from lms.kernel import clock

from . import regrades
from .models import Regrade

A_ROUND = 20  # seconds of a worker's round


def pending() -> list[int]:
    """Return the regrades that are not done, the oldest first."""
    wanted = select(Regrade.id).where(Regrade.finished_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Regrade.id)))


def go_on(commit: Callable[[], None], seconds: float) -> bool:
    """Count further, a piece at a time; True = nothing is left.

    commit  ends each piece, and what the caller has begun
    """
    commit()

    def piece(number: int) -> bool:
        return regrades.do_piece(number, clock.now())

    return pieces.go_on(_ready(commit), piece, commit, seconds)


def _ready(commit: Callable[[], None]) -> Iterator[int]:
    """Yield what is pending, each when nobody is handing in who does not see it."""
    for number in pending():
        regrades.await_hand_ins(number)
        commit()
        yield number


@every_round
def in_a_round(_now: datetime) -> None:
    go_on(db.session.commit, A_ROUND)
