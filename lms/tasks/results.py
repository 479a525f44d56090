"""What comes out of a round when its graders are through."""

from datetime import datetime

from lms.db import db
from lms.records import completions, facts

from . import queries, scoring
from .models import Outcome, Review, Work


def missing(work: Work) -> set[str]:
    """Return the roles whose grade is still waited for."""
    reviews = queries.newest_reviews(work.id)
    waived = queries.waived(work.id)
    given = {row.role for row in reviews}
    wanted = set()
    if work.by_instructor:
        wanted.add("instructor")
    if work.by_superior and "superior" not in waived:
        wanted.add("superior")
    if work.peers and "peer" not in waived:
        peers = sum(row.role == "peer" for row in reviews)
        if peers < work.peers:
            wanted.add("peer")
        given.discard("peer")
    if waived and not wanted and not given:
        wanted.add("instructor")  # nobody else is left
    return wanted - given


def settle(work: Work, now: datetime) -> Outcome | None:
    """Write down what came out, when all that are waited for have graded.

    Call after adding a review or a waiver to a locked round, in one transaction.
    Passing is told to the records. A second opinion makes a second outcome: the better
    one counts.
    """
    reviews = queries.newest_reviews(work.id)
    before = queries.outcomes([work.id]).get(work.id)
    if before is None:
        if any(row.result == "returned" for row in reviews):
            return _write(work, 1, "returned", None, now)
        if missing(work):
            return None
        return _write(work, 1, "graded", _counting(reviews), now)
    has_second = any(row.role == "second" for row in reviews)
    if not has_second or before.score_bp is None:
        return before
    return _write(work, before.number + 1, "graded", _counting(reviews), now)


def would_lose(work: Work, newer: Review) -> bool:
    """Say whether no round passes any more once this review is added."""
    before = queries.outcomes([work.id]).get(work.id)
    if before is None or (before.score_bp or 0) < work.pass_bp:
        return False
    seat = (newer.role, newer.seat)
    others = [r for r in queries.newest_reviews(work.id) if (r.role, r.seat) != seat]
    if _counting([*others, newer]) >= work.pass_bp:
        return False
    known = queries.rounds_of(work.enrolment_id, work.item_code)
    return not any(one.has_passed for one in known if one.work.id != work.id)


def again(work: Work, now: datetime) -> Outcome | None:
    """Count a locked round anew after a review was mended; None = nothing new.

    The records follow: a pass counts from now on, one that is lost takes its fact
    along. A completion or a certificate that rests on it stays: only HR revokes one.
    """
    before = queries.outcomes([work.id]).get(work.id)
    if before is None or before.score_bp is None:
        return settle(work, now) if before is None else None
    score_bp = _counting(queries.newest_reviews(work.id))
    if score_bp == before.score_bp:
        return None
    outcome = _write(work, before.number + 1, "graded", score_bp, now)
    known = queries.rounds_of(work.enrolment_id, work.item_code, lock=True)
    passing = [r.outcome.score_bp for r in known if r.outcome and r.has_passed]
    best = max((bp for bp in passing if bp is not None), default=None)
    if best is None:
        facts.take_back(work.enrolment, work.item_code, "passed")
    else:
        facts.set_scores([(work.enrolment_id, work.item_code, best, None)])
    return outcome


def _counting(reviews: list[Review]) -> int:
    """Return what the reviews of a graded round say together."""
    first = scoring.together(_by_role(reviews))
    second = next((row for row in reviews if row.role == "second"), None)
    if second is None:
        return first
    return scoring.after_second(first, second.score_bp or 0)


def _by_role(reviews: list[Review]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in reviews:
        if row.score_bp is not None and row.role != "second":
            found.setdefault(row.role, []).append(row.score_bp)
    return found


def _write(
    work: Work, number: int, result: str, score_bp: int | None, now: datetime
) -> Outcome:
    outcome = Outcome(
        work_id=work.id, number=number, result=result, score_bp=score_bp, at=now
    )
    db.session.add(outcome)
    db.session.flush()  # a lost race must not reach the records
    if score_bp is not None and score_bp >= work.pass_bp:
        _tell_records(work, score_bp, now)
    return outcome


def _tell_records(work: Work, score_bp: int, now: datetime) -> None:
    """Note that it was passed; work is no attempt, so it is not named as the proof."""
    enrolment = work.enrolment
    facts.add(enrolment, work.item_code, "passed", now, score_bp=score_bp)
    if enrolment.withdrawn_at is not None:
        return  # the fact stays; the course is completed when they take part again
    completions.settle(enrolment, now)
