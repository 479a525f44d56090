"""What a quiz allows: attempts, pauses, time, explanations. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

EXPLAIN = ("always", "finished", "passed", "never")


@dataclass(frozen=True, slots=True)
class Rules:
    """The terms of one quiz version.

    attempts  how often it may be tried; None = as often as one likes
    explain   when keys are explained: always, finished, passed, never
    """

    pass_bp: int
    attempts: int | None
    pause: timedelta
    limit: timedelta | None
    explain: str

    def minutes_with(self, extra_percent: int) -> int:
        """Return the time limit with somebody's extra time, rounded up; 0 = none."""
        minutes = self.limit // timedelta(minutes=1) if self.limit else 0
        return -(-minutes * (100 + extra_percent) // 100)

    def closes_at(self, opened_at: datetime, extra_percent: int = 0) -> datetime | None:
        """Return the deadline of an attempt, or None without a time limit."""
        minutes = self.minutes_with(extra_percent)
        return opened_at + timedelta(minutes=minutes) if minutes else None


def of(quiz: Mapping[str, Any]) -> Rules:
    """Read the terms from a quiz body of lms.courseware.bundle."""
    limit = quiz["limit_minutes"]
    return Rules(
        pass_bp=quiz["pass_percent"] * 100,
        attempts=quiz["attempts"],
        pause=timedelta(minutes=quiz["pause_minutes"] or 0),
        limit=timedelta(minutes=limit) if limit else None,
        explain=quiz["explain"],
    )


class Tried(Protocol):
    """What counts of an attempt."""

    submitted_at: datetime | None
    score_bp: int | None

    @property
    def passed(self) -> bool: ...

    @property
    def is_waiting(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands with a quiz.

    left     attempts that may still be opened; None = without limit
    limit    attempts allowed in all, those granted beside the rule too; None as above
    givers   who granted them, each name once
    next_at  no new attempt before this instant; None = at once
    last_at  when one was handed in last
    best_bp  best score so far; None = none handed in and graded
    is_waiting  a part of an attempt waits for a person, and none is passed
    """

    used: int
    left: int | None
    is_running: bool
    next_at: datetime | None
    best_bp: int | None
    passed: bool
    limit: int | None = None
    granted: int = 0
    givers: tuple[str, ...] = ()
    is_waiting: bool = False
    last_at: datetime | None = None

    def may_start(self, now: datetime) -> bool:
        """Say whether a new attempt may be opened at `now`."""
        return self.left != 0 and not self.is_pausing(now)

    def is_pausing(self, now: datetime) -> bool:
        """Say whether the pause runs; not from a hand-in that is still to come.

        The clock was ahead then: nobody waits until it has caught up.
        """
        if self.next_at is None or self.last_at is None:
            return False
        return self.last_at <= now < self.next_at


def standing(
    rules: Rules, attempts: Iterable[Tried], givers: Iterable[str] = ()
) -> Standing:
    """Sum up all attempts of one person at one quiz; the best one counts.

    givers  who granted one attempt more each
    """
    tried, granted_by = list(attempts), list(givers)
    granted = len(granted_by)
    limit = None if rules.attempts is None else rules.attempts + granted
    done = [a for a in tried if a.submitted_at is not None]
    scores = [a.score_bp for a in done if a.score_bp is not None and not a.is_waiting]
    passed = any(a.passed for a in done)
    ends = [a.submitted_at for a in done if a.submitted_at is not None]
    return Standing(
        used=len(tried),
        left=None if limit is None else max(0, limit - len(tried)),
        is_running=len(done) < len(tried),
        next_at=max(ends) + rules.pause if ends and rules.pause else None,
        last_at=max(ends, default=None),
        best_bp=max(scores, default=None),
        passed=passed,
        limit=limit,
        granted=granted,
        givers=tuple(dict.fromkeys(granted_by)),
        is_waiting=not passed and any(a.is_waiting for a in done),
    )


def may_explain(rules: Rules, at: Standing) -> bool:
    """Say whether results may show what was right and why.

    Never beside a running attempt: it may have drawn the same questions.
    """
    if at.is_running or rules.explain == "never":
        return False
    if rules.explain == "always" or at.passed:
        return True
    return rules.explain == "finished" and at.left == 0
