"""The rules of one version of an assignment, and its deadlines. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

REWORK_DAYS = 14  # to hand in again what was returned, where the deadline is nearer
FULL = 100  # basis points of one percent
# What may get better without anything being asked or weighed otherwise.
WORDS = frozenset({"title", "intro_html", "rubric", "minutes", "competencies"})


@dataclass(frozen=True, slots=True)
class Terms:
    """attempts, due_days: None = without limit."""

    pass_bp: int
    attempts: int | None
    by_instructor: bool
    by_superior: bool
    peers: int
    takes_text: bool
    takes_files: bool
    accept: tuple[str, ...]
    max_bytes: int
    due_days: int | None

    @property
    def is_shared(self) -> bool:
        """Say whether more than one kind of grader grades."""
        return self.by_instructor + self.by_superior + (self.peers > 0) > 1

    @property
    def needs_file(self) -> bool:
        """Say whether nothing can be handed in without a file."""
        return self.takes_files and not self.takes_text


def of(body: Mapping[str, Any]) -> Terms:
    """Return the rules in the body of an item version."""
    return Terms(
        pass_bp=body["pass_percent"] * FULL,
        attempts=body["attempts"],
        by_instructor="instructor" in body["graders"],
        by_superior="superior" in body["graders"],
        peers=body["peers"],
        takes_text=body["takes_text"],
        takes_files=body["takes_files"],
        accept=tuple(body["accept"]),
        max_bytes=body["max_bytes"],
        due_days=body["due_days"],
    )


def due_at(days: int | None, begun_at: datetime, zone: str) -> datetime | None:
    """Return the last second of the day on which the work is due.

    begun_at  when the course was begun
    zone      of the agency: its days count
    """
    if days is None:
        return None
    last = begun_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return datetime.combine(last, time(23, 59, 59), ZoneInfo(zone))


def due_again(due: datetime | None, now: datetime, zone: str) -> datetime | None:
    """Return when the next round is due: nobody has less than REWORK_DAYS for it."""
    if due is None:
        return None
    later = due_at(REWORK_DAYS, now, zone)
    return max(due, later) if later else due


def asks_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two versions ask and weigh the same, whatever their words."""
    return _frame(one) == _frame(other)


def _frame(body: Mapping[str, Any]) -> tuple[Any, ...]:
    rules = sorted((k, repr(v)) for k, v in body.items() if k not in WORDS)
    rubric = [
        (row["code"], row["weight"], [level["value"] for level in row["levels"]])
        for row in body["rubric"]
    ]
    return rules, rubric
