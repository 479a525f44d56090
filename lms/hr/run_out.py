"""Count anew the gaps of people whose learning ran out as a day began.

Nothing is written on the day a completion runs out, so no trigger notes it. The day is
that of the sums, by UTC; the outbox keeps which days were seen to, so that those on
which no worker ran are made up for.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from lms.db import db
from lms.jobs import outbox
from lms.jobs.worker import every_day, handles
from lms.kernel.months import add_months
from lms.records import validity
from lms.records.models import Completion, Evidence

from .figures import EVERYBODY
from .models import FigureChange

TOPIC = "figures.run_out"
LOOK_BACK = 60  # days without a worker that are made up for
SLACK = timedelta(days=3)  # the 31st and a month later the 28th are one last day


@every_day
def order(now: datetime) -> None:
    """Have each of the last days seen to once, where anything runs out at all."""
    if not validity.lengths():
        return
    outbox.put(TOPIC, {}, dedup_key="everybody", now=now)
    days = (now.date() - timedelta(days=back) for back in range(LOOK_BACK))
    outbox.put_many(TOPIC, {str(day): {"day": str(day)} for day in days}, now)


@handles(TOPIC)
def note(body: dict, settings: Mapping[str, Any]) -> None:
    """Note those who lost the use of a completion as the day began.

    Without a day everybody: sums of before 27 November 2026 never let anything run out.
    """
    if "day" not in body:
        db.session.add(FigureChange(whose=EVERYBODY))
        return
    last_day = date.fromisoformat(body["day"]) - timedelta(days=1)
    rows = [{"whose": person} for person in sorted(people(last_day))]
    if rows:
        db.session.execute(insert(FigureChange.__table__), rows)


def people(last_day: date) -> set[int]:
    """Return whose evidence counted on a day for the last time."""
    found = set()
    for months, release_ids in validity.lengths().items():
        near = add_months(last_day, -months)
        rows = db.session.execute(
            select(Completion.person_id, Completion.finished_on)
            .join(Evidence, Evidence.completion_id == Completion.id)
            .where(
                Completion.release_id.in_(release_ids),
                Completion.finished_on.between(near, near + SLACK),
                Completion.state == "valid",
            )
        )
        found |= {who for who, day in rows if add_months(day, months) == last_day}
    return found
