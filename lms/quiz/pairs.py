"""What somebody has gained between the quiz before a course and the one after it."""

from dataclasses import dataclass

from lms.catalog.courses import Live
from lms.courseware import pairs

from . import queries


@dataclass(frozen=True, slots=True)
class Gain:
    """Where a quiz stands in its pair, and both scores in basis points.

    is_pre  it is the one before; before_bp  of the first attempt handed in, as later
    ones have been learned from; after_bp  the best, as that one counts. None = not yet
    """

    is_pre: bool
    before_bp: int | None
    after_bp: int | None


def gain(enrolment_id: int, live: Live, item_code: str) -> Gain | None:
    """Return what a quiz and its pair say together, None without a pair."""
    found = pairs.pre_and_post(live.items, item_code)
    if found is None:
        return None
    pre, post = found
    before = [
        attempt.score_bp
        for attempt in queries.list_attempts(enrolment_id, pre)
        if attempt.is_submitted and not attempt.is_waiting
    ]
    return Gain(
        item_code == pre,
        before[0] if before else None,
        queries.best(enrolment_id).get(post),
    )
