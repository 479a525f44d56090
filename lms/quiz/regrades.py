"""Counting a question again for all who were asked it: try it out, then do it.

Done in pieces of a few attempts, each in a transaction of its own, so that nobody who
is answering at the time waits long. What was cut short goes on in the next round.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, select

from lms.audit import log
from lms.catalog import items
from lms.catalog.models import Course
from lms.db import db
from lms.kernel import ids, reasons

from . import passes, recounting, rescores, telling
from .models import OF_RESCORES, Attempt, Regrade
from .recounting import Counted, Recount

PIECE = 50  # attempts in one transaction: each of them may complete a course
SHOWN = 200  # people of each verdict that a trial keeps for its list
VERDICTS = ("lost", "gained", "changed", "undecided", "same")


@dataclass(frozen=True, slots=True)
class Line:
    """What would become of one attempt; verdict: one of VERDICTS.

    lost    nothing the person has handed in passes any more
    gained  the first pass of this quiz
    waits   how many answers wait for a person now; left: how many still would
    """

    attempt_id: int
    person_id: int
    old_bp: int
    new_bp: int
    verdict: str
    waits: int = 0
    left: int = 0


@dataclass(slots=True)
class Trial:
    """What counting again would do. `people`: verdict -> person ids."""

    counts: Counter = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)
    settled: int = 0  # answers that nobody has to grade any more

    @property
    def attempts(self) -> int:
        return self.counts.total()

    def note(self, line: Line) -> None:
        if self.counts[line.verdict] < SHOWN and line.verdict != "same":
            self.lines.append(line)
        self.counts[line.verdict] += 1
        self.settled += line.waits - line.left


class Standings:
    """Which attempts pass, also after some were counted again."""

    def __init__(self) -> None:
        self._after: dict[int, bool] = {}

    def of(self, counted: Iterable[Counted]) -> dict[tuple[int, str], dict[int, bool]]:
        """Return (enrolment, item) -> attempt id -> does it pass."""
        wanted = {one.row.enrolment_id for one in counted}
        rows = db.session.execute(
            select(
                Attempt.id, Attempt.enrolment_id, Attempt.item_code,
                and_(
                    Attempt.score_bp >= Attempt.pass_bp, Attempt.waiting == 0
                ).label("passed"),
            ).where(
                Attempt.enrolment_id.in_(wanted), Attempt.submitted_at.is_not(None)
            )
        )  # fmt: skip
        found: dict[tuple[int, str], dict[int, bool]] = {}
        for row in rows:
            passed = self._after.get(row.id, bool(row.passed))
            found.setdefault((row.enrolment_id, row.item_code), {})[row.id] = passed
        return found

    def note(self, attempt_id: int, passed: bool) -> None:
        self._after[attempt_id] = passed


def trial(recount: Recount) -> Trial:
    """Return what would change, attempt by attempt; changes nothing."""
    found, standings = Trial(), Standings()
    for piece in recounting.all_with(recount.old):
        for line in _judge(recounting.count(piece, recount), standings):
            found.note(line)
    found.lines.sort(key=lambda line: VERDICTS.index(line.verdict))
    return found


def _judge(counted: list[Counted], standings: Standings) -> Iterable[Line]:
    known = standings.of(counted)
    for one in counted:
        row = one.row
        own = known[row.enrolment_id, row.item_code]
        others = any(passed for number, passed in own.items() if number != row.id)
        if not one.changed:
            verdict = "undecided" if one.is_undecided else "same"
        elif others or one.passed == one.will_pass:
            verdict = "changed"
        else:
            verdict = "gained" if one.will_pass else "lost"
        if one.changed and verdict != "lost":  # a pass is kept unless told otherwise
            own[row.id] = one.will_pass
            standings.note(row.id, one.will_pass)
        yield Line(
            row.id, row.person_id, row.score_bp, one.score_bp, verdict,
            row.waiting, one.waiting,
        )  # fmt: skip


def order(
    course_id: int,
    question_code: str,
    recount: Recount,
    *,
    target_id: int | None,
    takes_passes: bool,
    reason: str,
    by_id: int | None,
    now: datetime,
    uid: str = "",
) -> Regrade:
    """Begin to count a question again; the same order twice is one.

    uid     of the form, so that the same form sent twice counts once
    raises  ReasonMissing
    """
    reason = reasons.check(reason)
    known = db.session.scalar(select(Regrade).where(Regrade.uid == uid))
    if uid and known is not None:
        return known
    regrade = Regrade(
        uid=uid or ids.new_uid(),
        course_id=course_id,
        question_code=question_code,
        rule=recount.rule,
        old_versions=sorted(recount.old),
        target_id=target_id,
        takes_passes=takes_passes,
        reason=reason,
        by_id=by_id,
        at=now,
    )
    db.session.add(regrade)
    db.session.flush()
    log.record(
        "quiz.question_regraded",
        actor_id=by_id,
        object_kind="course",
        object_id=course_id,
        facts={
            "code": db.session.get_one(Course, course_id).code,
            "question": question_code,
            "rule": regrade.rule,
            "regrade": regrade.uid,
            "takes_passes": takes_passes,
            "reason": reason,
        },
        now=now,
    )
    return regrade


def await_hand_ins(regrade_id: int) -> None:
    """Wait until whoever is handing in at this moment is through. The caller commits.

    Call once before the first piece, in a transaction of its own. They may have looked
    for regrades before this one was there, and what they hand in is not to be seen
    yet: nobody would count it again. Who hands in later finds it. Nothing is held
    while pieces are counted: who begins a quiz asks for attempts in another order.
    """
    regrade = db.session.get_one(Regrade, regrade_id)
    if regrade.upto or regrade.finished_at is not None:
        return
    open_ones = select(Attempt.id).where(
        Attempt.course_id == regrade.course_id, Attempt.submitted_at.is_(None)
    )
    db.session.execute(open_ones.order_by(Attempt.id).with_for_update(of=Attempt))


def do_piece(regrade_id: int, now: datetime) -> bool:
    """Count the next attempts again; False = all are done. The caller commits."""
    regrade = db.session.scalar(
        select(Regrade).where(Regrade.id == regrade_id).with_for_update()
    )
    if regrade is None or regrade.finished_at is not None:
        return False
    piece = recounting.attempts_with(regrade.old_versions, regrade.upto, PIECE)
    if not piece:
        regrade.finished_at = now
        return False
    locked = db.session.scalars(
        select(Attempt)
        .where(Attempt.id.in_(piece))
        .order_by(Attempt.id)
        .with_for_update(of=Attempt)
    ).all()
    _apply(regrade, {attempt.id: attempt for attempt in locked}, now)
    regrade.upto = piece[-1]
    return True


def again_at_once(attempt: Attempt, now: datetime) -> None:
    """Count an attempt that was just closed by what was corrected meanwhile."""
    asked = {place["q"] for place in attempt.layout}
    wanted = select(Regrade).where(Regrade.course_id == attempt.course_id)
    for regrade in db.session.scalars(wanted.order_by(Regrade.id)):
        if asked & set(regrade.old_versions):
            _apply(regrade, {attempt.id: attempt}, now, tells=False)


def right_for_all(course_id: int) -> set[int]:
    """Return the question versions that count as right for whoever was asked them."""
    wanted = select(Regrade.old_versions).where(
        Regrade.course_id == course_id, Regrade.rule == "right"
    )
    return {number for ids in db.session.scalars(wanted) for number in ids}


def recount_of(regrade: Regrade) -> Recount:
    """Return how a regrade counts, from what is stored."""
    wanted = {
        *regrade.old_versions,
        *([regrade.target_id] if regrade.target_id else ()),
    }
    bodies = {n: v.body for n, v in items.question_versions(wanted).items()}
    target = None
    if regrade.target_id is not None:
        keys = items.keys([regrade.target_id])
        target = (bodies[regrade.target_id], keys[regrade.target_id])
    return Recount({n: bodies[n] for n in regrade.old_versions}, target)


def _apply(
    regrade: Regrade, attempts: Mapping[int, Attempt], now: datetime, tells: bool = True
) -> None:
    counted = recounting.count(sorted(attempts), recount_of(regrade))
    lines = list(_judge(counted, Standings()))
    wanted = [
        one
        for one, line in zip(counted, lines, strict=True)
        if one.changed and (line.verdict != "lost" or regrade.takes_passes)
    ]
    added = rescores.add_all(wanted, regrade, now)
    for attempt_id in added:
        db.session.expire(attempts[attempt_id], OF_RESCORES)
    if not tells:
        return
    passes.tell_all([attempts[number] for number in added], now)
    waited = {one.row.id for one in wanted if one.row.waiting and not one.waiting}
    for attempt_id in waited.intersection(added):
        telling.graded(attempts[attempt_id], now)
