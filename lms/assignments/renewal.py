"""When something that was learned is due again. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from lms.kernel.months import add_months

LEAD = 30  # days before the deadline at which the next duty is made


@dataclass(frozen=True, slots=True)
class Next:
    """The duty of the next period.

    made_on      the day from which it stands in the list
    counts_from  a completion before this day belongs to the period before
    """

    made_on: date
    due_on: date
    counts_from: date


def after(finished_on: date, months: int) -> Next:
    """Return what follows a completion.

    Courses that are done again are yearly ones: the next year's can be taken from
    its first day, so nobody is asked sooner, and everybody has `LEAD` days.
    """
    opens = date(finished_on.year + 1, 1, 1)
    due = max(add_months(finished_on, months), opens + timedelta(days=LEAD))
    return Next(due - timedelta(days=LEAD), due, finished_on + timedelta(days=1))


def oldest_kept(today: date, months: int) -> date:
    """Return a day on or after which no completion can be due again.

    Coarse, to choose rows by; `after` says it exactly.
    """
    return add_months(today, -months) + timedelta(days=LEAD + 3)
