"""What the worker does: duties brought up to date each day, people reminded.

What whoever assigns or moves very many people has left is done in between.
"""

from datetime import datetime

from lms.db import db
from lms.jobs import worker
from lms.jobs.worker import every_day, every_round

from . import reminders, sweeps

TURN = 10  # seconds of a round, so that other work comes in between


@every_round
def go_on(_now: datetime) -> None:
    """Make and end the duties that are left, for a turn; the rest in the next one."""
    if not sweeps.work(db.session.commit, TURN):
        worker.wake()


@every_day
def bring_up_to_date(_now: datetime) -> None:
    """Make and end duties that nobody told of: days pass, completions grow old."""
    sweeps.mark_all()
    sweeps.work(db.session.commit)


@every_day
def remind(now: datetime) -> None:
    """Remind whoever's day it is, share by share."""
    reminders.by_schedule(now, db.session.commit)
