"""Everything the home page says about one person, gathered in few statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lms.assignments import reminders
from lms.assignments.reminders import Shown
from lms.competency import standing as competencies
from lms.competency.standing import Standing
from lms.learn import duties, messages, progress
from lms.learn import queries as learning
from lms.learn.messages import Message
from lms.learn.progress import Running
from lms.learn.queries import Taken
from lms.records import jp
from lms.records.validity import LEAD_DAYS

from . import dues, queries, resume, suggestions, ways
from .dues import Due
from .queries import JpYear, Latest
from .resume import Resume
from .suggestions import Suggestion
from .ways import Way, Ways


@dataclass(frozen=True, slots=True)
class Home:
    """The page of one person.

    resume       where to go on; None = nothing is begun
    dues         what to finish, the nearest deadline first
    first_day    nothing was ever taken
    messages     not marked as read, the newest first
    suggestions  without the one that stands in for `resume`
    opening      the suggestion shown as the next step when `resume` is None
    reminders    of duties, not read yet
    """

    days_learned: int
    resume: Resume | None
    dues: tuple[Due, ...]
    first_day: bool
    jp: JpYear
    ways: Ways
    competency: Standing
    opening: Suggestion | None
    suggestions: tuple[Suggestion, ...]
    certificate: Latest | None
    messages: tuple[Message, ...]
    reminders: tuple[Shown, ...] = ()

    @property
    def is_required(self) -> bool:
        """Say whether something of it has to be done; the rest is one's own choice."""
        return any(due.duty.is_required for due in self.dues)


def of(user, now: datetime, lead_days: int = LEAD_DAYS) -> Home:
    """Gather the home page.

    user       id, timezone (the agency's: days of deadlines and years), shown_zone
    lead_days  before its last day from which a completion may be renewed
    """
    today = now.astimezone(ZoneInfo(user.shown_zone)).date()
    taken = learning.taken(user.id)
    running = progress.running(user.id, taken)
    year = queries.jp_year(user.id, jp.year_of(now, user.timezone))
    competency = competencies.of(user.id, today)
    ids = {one.enrolment.course_id for one in taken}
    suggested = suggestions.of(competency, ids)
    is_idle = not running
    return Home(
        days_learned=queries.days_learned(user.id, today, user.shown_zone),
        resume=resume.of(running[0], now, user.shown_zone) if running else None,
        dues=_dues(user, running, taken, now, lead_days),
        first_day=not taken,
        jp=year,
        ways=_ways(year, running, suggested[: suggestions.SHOWN]),
        competency=competency,
        opening=suggested[0] if is_idle and suggested else None,
        suggestions=(suggested[1:] if is_idle else suggested)[: suggestions.SHOWN],
        certificate=queries.latest_certificate(user.id),
        messages=tuple(messages.unread(user.id)),
        reminders=tuple(reminders.unread(user.id)),
    )


def _dues(
    user,
    running: Iterable[Running],
    taken: Iterable[Taken],
    now: datetime,
    lead_days: int,
) -> tuple[Due, ...]:
    begun = duties.of_courses(running, user.timezone)
    again = duties.of_years(taken, now, user.timezone)
    renewals = duties.of_renewals(taken, now, user.timezone, lead_days)
    every = duties.of(user.id, now, [*begun, *again, *renewals])
    return tuple(dues.of(duty, now, user.shown_zone) for duty in every)


def _ways(
    year: JpYear, running: Iterable[Running], suggested: Iterable[Suggestion]
) -> Ways:
    this_year = str(year.standing.year)
    return ways.of(
        year.standing.missing,
        (
            Way(one.live.code, one.live.title, one.live.jp, True)
            for one in running
            if one.period in ("", this_year)
        ),
        (Way(s.code, s.title, s.jp, False) for s in suggested),
    )
