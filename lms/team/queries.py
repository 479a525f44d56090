"""What the team pages read: a few statements, however many people."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from sqlalchemy import Row, Select, and_, or_, select

from lms.accounts import superiors
from lms.accounts.models import Job, Person, Unit, full_name
from lms.assignments import standing
from lms.catalog import courses
from lms.catalog.models import LiveRelease
from lms.db import db
from lms.learn import outline
from lms.learn.queries import facts_of
from lms.records import jp
from lms.records.models import Completion, Enrolled, Enrolment

from . import board, staff
from . import roll as roll_of
from .board import Board, Card, Facts, Finished, Learning, Member
from .roll import Roll
from .staff import StandIn

CHUNK = 900  # values in one IN (...): below every database's limit


def in_chunks(ids: Collection[int], ask: Callable[[list[int]], Iterable]) -> list:
    """Ask for the ids, so many at a time; return all rows."""
    ids = list(ids)
    return [
        row for at in range(0, len(ids), CHUNK) for row in ask(ids[at : at + CHUNK])
    ]


@dataclass(frozen=True, slots=True)
class Team:
    """A team on a page: sums of all its people, cards of those who are shown."""

    roll: Roll
    cards: tuple[Card, ...]
    page: int
    last: int

    @property
    def size(self) -> int:
        return len(self.roll.ids)

    def count(self, group: str) -> int:
        return self.roll.counts[group]


def team_of(
    user, acting: Iterable[StandIn], today: date, *, page: int, rows: int
) -> Team:
    """Return a page of the team of `user`, those who need most first.

    user    id, agency_id
    acting  for whom one stands in, to say whose people they are
    page    from 1; of one that is not there the nearest; rows: people on it
    """
    roll = roll_of.of(staff.staff_of(user, today), today)
    last = max(1, -(-len(roll.ids) // rows))
    page = min(max(page, 1), last)
    ids = roll.ids[(page - 1) * rows : page * rows]
    cards = {card.member.id: card for card in board_of(ids, acting, today).cards}
    return Team(roll, tuple(cards[number] for number in ids), page, last)


def board_of(ids: list[int], acting: Iterable[StandIn], today: date) -> Board:
    """Return how these people stand; acting: see `team_of`."""
    names = {one.superior_id: one.superior for one in acting if one.is_on(today)}
    people = in_chunks(
        ids, lambda some: db.session.execute(_people().where(Person.id.in_(some)))
    )
    led_by = superiors.of(ids) if names else {}
    members = [member_of(row, names.get(led_by.get(row.id) or 0, "")) for row in people]
    finished = finished_of(ids, today)
    facts = Facts(
        owed=standing.of_people(ids, today),
        running=running_of(ids),
        finished=finished,
        jp=jp_of(people, finished, today.year),
    )
    return board.of(members, facts, today)


def people_of(user, today: date) -> list[Row]:
    """Return the people of a team by name, with job, unit and status."""
    mine = Person.id.in_(staff.staff_of(user, today))
    return list(db.session.execute(_people().where(mine)))


def _people() -> Select:
    return (
        select(
            Person.id,
            Person.uid,
            Person.title_front,
            Person.name,
            Person.title_back,
            Person.asn_status,
            Job.title.label("job"),
            Unit.name.label("unit"),
            Unit.agency_id,
        )
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Job, Job.id == Person.job_id)
        .order_by(Person.name, Person.id)
    )


def member_of(row: Row, superior: str = "") -> Member:
    """Return a person of `people_of` as a member.

    superior  name of the one in whose place one sees them; "" = one's own staff
    """
    return Member(
        id=row.id,
        uid=row.uid,
        name=full_name(row.title_front, row.name, row.title_back),
        job=row.job or "",
        unit=row.unit,
        superior=superior,
    )


def running_of(ids: Collection[int]) -> dict[int, list[Learning]]:
    """Return person -> courses begun and not finished, the newest first."""
    rows = in_chunks(ids, lambda some: db.session.execute(
        select(
            LiveRelease.release_id.label("live_id"),
            *Enrolment.__table__.c[tuple(field.name for field in fields(Enrolled))],
        )
        .join(LiveRelease, LiveRelease.course_id == Enrolment.course_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(
            Enrolment.person_id.in_(some),
            Enrolment.withdrawn_at.is_(None),
            Completion.id.is_(None),
        )
        .order_by(Enrolment.started_at.desc(), Enrolment.id.desc())
    ))  # fmt: skip
    noted = {}
    for at in range(0, len(rows), CHUNK):
        noted |= facts_of(row.id for row in rows[at : at + CHUNK]).facts
    known = courses.releases(
        {row.live_id for row in rows} | {row.release_id for row in rows}
    )
    found: dict[int, list[Learning]] = {}
    for row in rows:
        live = known[row.live_id]
        built = outline.build(live, known[row.release_id], noted.get(row.id, {}))
        found.setdefault(row.person_id, []).append(
            Learning(live.course_id, live.code, live.title, built.done, built.total)
        )
    return found


def finished_of(ids: Collection[int], today: date) -> dict[int, list[Finished]]:
    """Return person -> courses finished this year or lately, the newest first."""
    lately = today - timedelta(days=board.LATELY)
    rows = in_chunks(ids, lambda some: db.session.execute(
        select(
            Completion.person_id,
            Completion.course_title,
            Completion.finished_on,
            Completion.jp,
            Completion.year,
        )
        .where(
            Completion.person_id.in_(some),
            Completion.state == "valid",
            or_(
                Completion.year == today.year,
                and_(
                    Completion.year == today.year - 1, Completion.finished_on >= lately
                ),
            ),
        )
        .order_by(Completion.finished_on.desc(), Completion.id.desc())
    ))  # fmt: skip
    found: dict[int, list[Finished]] = {}
    for person_id, *values in rows:
        found.setdefault(person_id, []).append(Finished(*values))
    return found


def jp_of(
    people: Iterable[Row], finished: dict[int, list[Finished]], year: int
) -> dict[int, jp.Standing]:
    """Return person -> JP of a year against the target of the status held now.

    people    rows of `people_of`
    finished  holds every completion of that year
    """
    policies = roll_of.policies(year)
    found = {}
    for row in people:
        total = sum(one.jp for one in finished.get(row.id, ()) if one.year == year)
        policy = jp.policy_for(policies, row.agency_id, row.asn_status, year)
        found[row.id] = jp.Standing(year, total, policy)
    return found


def titles_of(course_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return course id -> (code, title) as people see the course now."""
    if not course_ids:
        return {}
    releases = db.session.scalars(
        select(LiveRelease.release_id).where(LiveRelease.course_id.in_(course_ids))
    ).all()
    return {
        live.course_id: (live.code, live.title)
        for live in courses.releases(releases).values()
    }
