"""What the worker does for surveys each day: ask, remind, shake the box."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lms.jobs import outbox
from lms.jobs.worker import every_day, handles
from lms.kernel import clock

from . import asking, ballots, letters

TOPIC = "surveys"


@every_day
def begin(now: datetime) -> None:
    """Have the day's work done share by share, so that others may write in between."""
    day = now.date().isoformat()
    outbox.put(TOPIC, {"after": 0}, f"{day}:0", now)


@handles(TOPIC)
def go_on(body: dict, settings: Mapping) -> datetime | None:
    """Ask for the next share; at its end remind, and open the box where it is full."""
    now, sender = clock.now(), letters.sender_of(settings)
    last = asking.ask(body["after"], sender, now)
    if last is not None:
        day = now.date().isoformat()
        outbox.put(TOPIC, {"after": last}, f"{day}:{last}", now)
        return None
    ballots.shake(settings["SURVEY_THRESHOLD"])
    many = asking.remind(sender, now) == asking.SHARE
    return now + timedelta(seconds=1) if many else None
