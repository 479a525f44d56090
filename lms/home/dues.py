"""How near a deadline is, in the words of the home page. Pure."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lms.learn.duties import Duty

SOON = 14  # days


@dataclass(frozen=True, slots=True)
class Due:
    """A duty and its deadline as seen from now.

    state  late, today, soon, later, open (no deadline)
    days   past the deadline when late, else to it; by the reader's calendar
    """

    duty: Duty
    state: str
    days: int = 0


def of(duty: Duty, now: datetime, zone: str) -> Due:
    """Say how near a deadline is; a day is late only when the day is over."""
    if duty.due_at is None:
        return Due(duty, "open")
    place = ZoneInfo(zone)
    days = (duty.due_at.astimezone(place).date() - now.astimezone(place).date()).days
    if duty.due_at < now:
        return Due(duty, "late", max(1, -days))
    state = "today" if days == 0 else "soon" if days <= SOON else "later"
    return Due(duty, state, days)
