"""Attempts, pauses, deadlines and who may see explanations."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from lms.quiz import rules

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@dataclass
class Tried:
    submitted_at: datetime | None = NOW
    score_bp: int | None = 5_000
    is_waiting: bool = False

    @property
    def passed(self) -> bool:
        if self.score_bp is None or self.is_waiting:
            return False
        return self.score_bp >= 7_000


OPEN = Tried(None, None)
FAILED = Tried()
WAITING = Tried(NOW, 9_000, is_waiting=True)
PASSED = Tried(NOW, 7_000)


def terms(explain="finished", attempts=3, pause=0, limit=None):
    return rules.of(
        {
            "pass_percent": 70,
            "attempts": attempts,
            "pause_minutes": pause,
            "limit_minutes": limit,
            "explain": explain,
        }
    )


def test_the_terms_are_read():
    assert terms(limit=20, pause=60) == rules.Rules(
        7_000, 3, timedelta(hours=1), timedelta(minutes=20), "finished"
    )
    assert terms().closes_at(NOW) is None
    assert terms(limit=20).closes_at(NOW) == NOW + timedelta(minutes=20)


def test_the_best_attempt_counts():
    at = rules.standing(terms(), [PASSED, FAILED])

    assert (at.best_bp, at.passed, at.used, at.left) == (7_000, True, 2, 1)


def test_a_running_attempt_counts_as_used():
    at = rules.standing(terms(attempts=1), [OPEN])

    assert (at.left, at.is_running, at.best_bp) == (0, True, None)


def test_without_a_limit_attempts_are_always_left():
    at = rules.standing(terms(attempts=None), [FAILED] * 50)

    assert at.left is None
    assert at.may_start(NOW)


@pytest.mark.parametrize(("minutes", "may"), [(59, False), (60, True)])
def test_the_pause_runs_from_the_last_hand_in(minutes, may):
    early = Tried(NOW - timedelta(days=1))
    at = rules.standing(terms(pause=60), [early, FAILED])

    assert at.may_start(NOW + timedelta(minutes=minutes)) is may


@pytest.mark.parametrize(
    ("explain", "tried", "may"),
    [
        ("always", [FAILED], True),
        ("always", [FAILED, OPEN], False),  # it may have drawn the same questions
        ("finished", [FAILED], False),
        ("finished", [FAILED] * 3, True),
        ("finished", [FAILED, FAILED, OPEN], False),
        ("finished", [PASSED], True),
        ("finished", [PASSED, OPEN], False),
        ("passed", [FAILED] * 3, False),
        ("passed", [FAILED, PASSED], True),
        ("never", [PASSED], False),
        ("never", [FAILED] * 3, False),
    ],
)
def test_who_may_see_explanations(explain, tried, may):
    offered = terms(explain)

    assert rules.may_explain(offered, rules.standing(offered, tried)) is may


def test_endless_attempts_explain_only_after_passing():
    endless = terms("finished", attempts=None)

    assert not rules.may_explain(endless, rules.standing(endless, [FAILED] * 9))
    assert rules.may_explain(endless, rules.standing(endless, [PASSED]))


@pytest.mark.parametrize(
    ("limit", "extra", "minutes"),
    [(20, 0, 20), (20, 50, 30), (25, 50, 38), (1, 1, 2), (10, 300, 40), (None, 50, 0)],
)
def test_extra_time_is_added_in_whole_minutes_rounded_up(limit, extra, minutes):
    shown = terms(limit=limit)

    assert shown.minutes_with(extra) == minutes
    closes = NOW + timedelta(minutes=minutes) if minutes else None
    assert shown.closes_at(NOW, extra) == closes


def test_what_waits_for_a_person_is_neither_passed_nor_the_best():
    at = rules.standing(terms(attempts=2), [FAILED, WAITING])

    assert (at.is_waiting, at.passed, at.best_bp, at.left) == (True, False, 5_000, 0)
    assert not rules.standing(terms(), [PASSED, WAITING]).is_waiting
