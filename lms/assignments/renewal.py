"""When something that was learned is due again. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

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


def add_months(day: date, months: int) -> date:
    """Return the same day of a later (or earlier) month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
