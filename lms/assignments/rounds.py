"""What the worker does each day: duties brought up to date, people reminded."""

from datetime import datetime

from lms.db import db
from lms.jobs.worker import every_day

from . import reminders, sweeps


@every_day
def bring_up_to_date(_now: datetime) -> None:
    """Make and end duties that nobody told of: days pass, completions grow old."""
    sweeps.mark_all()
    db.session.commit()
    sweeps.work()


@every_day
def remind(now: datetime) -> None:
    """Remind whoever's day it is."""
    reminders.by_schedule(now)
