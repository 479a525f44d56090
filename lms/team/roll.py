"""Who of a team comes first, from a few columns of each; cards are made page by page.

A team may have tens of thousands of people. What its order and its sums need is read
here in a handful of statements; everything else only of those who are shown.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select

from lms.accounts.models import Person, Unit, full_name
from lms.assignments import standing
from lms.assignments.models import Duty
from lms.db import db
from lms.records import jp
from lms.records.models import Completion, JpPolicy

from . import board
from .board import Finished

NEWS = 10  # courses finished lately that are told


@dataclass(frozen=True, slots=True)
class Roll:
    """A team as a whole; `ids` in the order of the page: who needs most first.

    counts   group -> people
    reached  how many have reached this year's target, of `with_target`; one of 0 is
             reached by everybody, as on the dashboard of HR
    news     (name, what) of the newest courses finished lately, of `news_count`
    """

    ids: list[int]
    counts: dict[str, int]
    reached: int
    with_target: int
    news: list[tuple[str, Finished]]
    news_count: int


def of(staff: Select[tuple[int]], today: date) -> Roll:
    """Return how the people of a team stand.

    staff  selects their ids
    """
    people = db.session.execute(
        select(Person.id, Unit.agency_id, Person.asn_status)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.id.in_(staff))
        .order_by(Person.name, Person.id)
    ).all()
    due, total = _due(staff), _jp(staff, today.year)
    targets = _targets({row[1:] for row in people}, today.year)
    counts = dict.fromkeys(board.GROUPS, 0)
    reached = with_target = 0
    places: dict[tuple[int, int], list[int]] = {}
    for number, *kind in people:  # by name: so are those of one place
        target = targets[tuple(kind)]
        missing = 0
        if target is not None:
            missing = max(0, target - total.get(number, 0))
            with_target += 1
            reached += not missing
        group, urgency = board.urgency(due.get(number), missing, today)
        counts[group] += 1
        places.setdefault((board.GROUPS.index(group), urgency), []).append(number)
    news, news_count = _news(staff, today)
    ids = [number for place in sorted(places) for number in places[place]]
    return Roll(ids, counts, reached, with_target, news, news_count)


def _due(staff: Select[tuple[int]]) -> dict[int, date]:
    """Return person -> the nearest deadline of what is owed and not done."""
    rows = db.session.execute(
        select(Duty.person_id, func.min(Duty.due_on))
        .where(
            Duty.person_id.in_(staff),
            standing.is_owed(),
            standing.finished_on().is_(None),
        )
        .group_by(Duty.person_id)
    )
    return {person: day for person, day in rows}


def _jp(staff: Select[tuple[int]], year: int) -> dict[int, int]:
    rows = db.session.execute(
        select(Completion.person_id, func.sum(Completion.jp))
        .where(
            Completion.person_id.in_(staff),
            Completion.state == "valid",
            Completion.year == year,
        )
        .group_by(Completion.person_id)
    )
    return {person: int(total) for person, total in rows}


def policies(year: int) -> list[jp.Policy]:
    """Return the policies that may hold for a year."""
    names = jp.Policy.__slots__
    rows = db.session.execute(
        select(*(getattr(JpPolicy, name) for name in names)).where(
            JpPolicy.from_year <= year
        )
    )
    return [jp.Policy(*row) for row in rows]


def _targets(
    kinds: set[tuple[int, str]], year: int
) -> dict[tuple[int, str], int | None]:
    """Return (agency, status) -> target of the year."""
    rules = policies(year)
    found = {kind: jp.policy_for(rules, *kind, year) for kind in kinds}
    return {kind: rule.target if rule else None for kind, rule in found.items()}


def _news(
    staff: Select[tuple[int]], today: date
) -> tuple[list[tuple[str, Finished]], int]:
    """Return the newest courses finished lately, and how many there are."""
    is_new = (
        Completion.person_id.in_(staff),
        Completion.state == "valid",
        Completion.finished_on > today - timedelta(days=board.LATELY),
    )
    rows = db.session.execute(
        select(
            Person.title_front,
            Person.name,
            Person.title_back,
            Completion.course_title,
            Completion.finished_on,
            Completion.jp,
            Completion.year,
        )
        .join(Person, Person.id == Completion.person_id)
        .where(*is_new)
        .order_by(Completion.finished_on.desc(), Completion.id.desc())
        .limit(NEWS)
    )
    news = [(full_name(*row[:3]), Finished(*row[3:])) for row in rows]
    if len(news) < NEWS:
        return news, len(news)
    count = select(func.count()).select_from(Completion).where(*is_new)
    return news, db.session.scalar(count) or 0
