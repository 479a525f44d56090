"""How a duty stands on a day. Pure."""

from datetime import date

STATES = ("done", "late", "running", "todo")


def state(finished_on: date | None, is_begun: bool, due_on: date, today: date) -> str:
    """Return done, late, running or todo; a day is late only when it is over.

    finished_on  of a valid completion that counts for this duty
    is_begun     the person takes part in the course
    """
    if finished_on is not None:
        return "done"
    if today > due_on:
        return "late"
    return "running" if is_begun else "todo"
