"""On which days somebody is reminded of a duty. Pure."""

from datetime import date

PLANS = ("usual", "late", "off")
AHEAD = (-7, -1)  # days before the deadline
LATE = 1  # the day after it, then each week
WEEK = 7


def step(due_on: date, today: date, plan: str = "usual") -> int | None:
    """Return the newest step reached, in days from the deadline; None = none yet.

    plan  usual; late = only when the deadline has passed; off
    A step that a resting worker has missed is made up for, once.
    """
    days = (today - due_on).days
    if plan == "off":
        return None
    if days >= LATE:
        return LATE + (days - LATE) // WEEK * WEEK
    if plan == "late":
        return None
    return max((at for at in AHEAD if at <= days), default=None)
