"""What the worker does each day: duties brought up to date, people reminded."""

from datetime import datetime

from lms.jobs.worker import every_day

from . import membership, reminders


@every_day
def bring_up_to_date(now: datetime) -> None:
    """Make and end duties that nobody told of: days pass, completions grow old."""
    membership.refresh(now=now)


@every_day
def remind(now: datetime) -> None:
    """Remind whoever's day it is."""
    reminders.by_schedule(now)
