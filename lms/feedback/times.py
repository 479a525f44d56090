"""When a survey may be filled in. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from .surveys import Terms

OPEN_DAYS = 60  # from the day a survey after the course opens


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a learner is.

    finished_on  day of the completion; None = the course is not finished
    only_surveys_left  all else that the course wants is done
    """

    finished_on: date | None
    only_surveys_left: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Whether a survey takes answers.

    state     open, not_yet, over
    opens_on  where a day is known; None = with the course's end
    """

    state: str
    opens_on: date | None = None
    closes_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def window(terms: Terms, progress: Progress, today: date) -> Window:
    """Return when a learner may fill in their own survey.

    A survey before the course stays open until it is finished: it may be one of the
    conditions, and nobody shall be locked out by having read the first page.
    """
    if terms.when == "anytime":
        return Window("open")
    if terms.when == "before":
        return Window("over" if progress.finished_on else "open")
    if progress.finished_on is None:
        is_open = progress.only_surveys_left and not terms.after_days
        return Window("open" if is_open else "not_yet")
    opens, closes = span(terms.after_days, progress.finished_on)
    # One for the end of the course is open once that is there, whatever the day.
    if today < opens and terms.after_days:
        return Window("not_yet", opens, closes)
    return Window("over" if today > closes else "open", opens, closes)


def span(after_days: int, finished_on: date) -> tuple[date, date]:
    """Return first and last day of a survey that opens days after a completion."""
    opens = finished_on + timedelta(days=after_days)
    return opens, opens + timedelta(days=OPEN_DAYS)


def finished_between(after_days: int, today: date) -> tuple[date, date]:
    """Return the days of completion whose survey is open today: `span` reversed."""
    last = today - timedelta(days=after_days)
    return last - timedelta(days=OPEN_DAYS), last
