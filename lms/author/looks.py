"""Looking at people of one's courses by name: noted, so that they can read it."""

from datetime import datetime, timedelta

from lms.audit import accesses

ONCE_IN = timedelta(hours=1)  # the same look is noted once


def unnoted(user, what: str, people: set[int], now: datetime) -> set[int]:
    """Return those of these people of whom no such look was noted lately."""
    return accesses.not_yet_recorded(
        "viewed", what, people, actor_id=user.id, since=now - ONCE_IN
    )


def note(user, what: str, people: set[int], now: datetime) -> None:
    """Note who was looked at; they can read it."""
    fresh = unnoted(user, what, people, now)
    accesses.record(
        "viewed", what, fresh, actor_id=user.id, now=now, facts={"role": "instructor"}
    )
