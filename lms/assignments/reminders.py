"""Who is reminded of a duty, by the schedule or by hand; shown, read, and mailed.

The schedule reminds share by share, each in a transaction of its own with the wish for
its mails, so that nobody's answer waits for sixty thousand reminders. Killed at any
point, the next round takes the steps that were not committed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select, update

from lms.accounts.models import Agency, Person, Unit, full_name
from lms.audit import log
from lms.catalog.models import LiveRelease, Release
from lms.db import db
from lms.db.inserts import add_new
from lms.db.prepared import Prepared
from lms.jobs import outbox
from lms.kernel import ids

from . import schedule, standing
from .models import Assignment, Duty, Reminder

CHUNK = 900
AHEAD = timedelta(days=-min(schedule.AHEAD))
TOPIC = "duty_mails"


@dataclass(frozen=True, slots=True)
class Shown:
    """A reminder as its reader sees it.

    sent_by  the name of who reminded by hand; "" = the schedule
    """

    id: int
    kind: str
    title: str
    due_on: date
    at: datetime
    sent_by: str
    is_read: bool


def by_schedule(now: datetime, commit: Callable[[], None]) -> int:
    """Remind everybody whose day it is; return how many reminders were made.

    commit  ends each share, and what the caller has begun
    """
    commit()
    made = 0
    running = db.session.execute(
        select(Assignment.id, Assignment.reminders, Agency.timezone)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Agency, Agency.unit_id == Unit.agency_id)
        .where(Assignment.ended_at.is_(None), Assignment.reminders != "off")
        .order_by(Assignment.id)
    ).all()
    for number, plan, zone in running:
        today = now.astimezone(ZoneInfo(zone)).date()
        after = (0, 0)
        while share := _share(number, today, after):
            rows = list(_due(share, plan, today, now))
            add_new(Reminder, rows)
            if rows:
                people = [row["person_id"] for row in rows]
                ask_for_mails(today, now, people[0] - 1, people[-1])
            commit()
            made += len(rows)
            after = (share[-1].person_id, share[-1].id)
    return made


def _share(assignment_id: int, today: date, after: tuple[int, int]) -> list:
    """Return the next unfinished duties whose deadline is near or past, by person.

    after  person and duty that the last share ended with
    """
    last = (
        select(func.max(Reminder.step))
        .where(Reminder.duty_id == Duty.id, Reminder.kind != "manual")
        .correlate(Duty)
        .scalar_subquery()
    )
    person_id, duty_id = after
    return list(
        db.session.execute(
            select(Duty.id, Duty.person_id, Duty.due_on, last.label("taken"))
            .where(
                Duty.assignment_id == assignment_id,
                standing.is_owed(),
                Duty.person_id >= person_id,
                or_(Duty.person_id > person_id, Duty.id > duty_id),
                Duty.starts_on <= today,
                Duty.due_on <= today + AHEAD,
                standing.finished_on().is_(None),
            )
            .order_by(Duty.person_id, Duty.id)
            .limit(CHUNK)
        )
    )


def _due(share: Iterable, plan: str, today: date, now: datetime) -> Iterable[dict]:
    """Return the reminders of a share: the steps that were not taken yet."""
    for duty_id, person_id, due_on, taken in share:
        step = schedule.step(due_on, today, plan)
        if step is not None and (taken is None or step > taken):
            yield {
                "duty_id": duty_id,
                "person_id": person_id,
                "kind": "late" if step >= schedule.LATE else "before",
                "step": step,
                "on_day": today,
                "at": now,
            }


def by_hand(
    made: Assignment, person_ids: Iterable[int], today: date, *, by, now: datetime
) -> tuple[int, int]:
    """Remind people of an assignment who have not finished; return two numbers.

    How many were reminded, and how many had been by hand today already.
    """
    wanted = sorted(set(person_ids))
    rows, known = [], 0
    for at in range(0, len(wanted), CHUNK):
        part = wanted[at : at + CHUNK]
        today_already = set(
            db.session.scalars(
                select(Reminder.person_id).where(
                    Reminder.person_id.in_(part),
                    Reminder.kind == "manual",
                    Reminder.on_day == today,
                )
            )
        )
        owing = db.session.execute(
            select(Duty.id, Duty.person_id).where(
                Duty.assignment_id == made.id,
                Duty.person_id.in_(part),
                Duty.ended_at.is_(None),
                standing.finished_on().is_(None),
            )
        ).all()
        for duty_id, person_id in owing:
            if person_id in today_already:
                known += 1
                continue
            rows.append(
                {"duty_id": duty_id, "person_id": person_id, "kind": "manual",
                 "step": 0, "on_day": today, "at": now, "sent_by": by.id}
            )  # fmt: skip
    add_new(Reminder, rows)
    if rows:
        ask_for_mails(today, now)
        log.record(
            "assignment.reminded",
            actor_id=by.id,
            object_kind="assignment",
            object_id=made.id,
            facts={"people": len(rows)},
            now=now,
        )
    return len(rows), known


def ask_for_mails(
    day: date, now: datetime, after: int = 0, until: int | None = None
) -> None:
    """Have the worker write the mails of a day: not here, there may be many.

    after, until  of whom, by their numbers; None = to the last
    """
    run = ids.new_uid()
    body = {"day": day.isoformat(), "after": after, "until": until, "run": run}
    outbox.put(TOPIC, body, f"{day}:{run}:{after}", now)


_OF_PERSON = (
    select(
        Reminder.id,
        Reminder.kind,
        Release.title,
        Duty.due_on,
        Reminder.at,
        Person.title_front,
        Person.name,
        Person.title_back,
        Reminder.read_at,
    )
    .join(Duty, Duty.id == Reminder.duty_id)
    .join(LiveRelease, LiveRelease.course_id == Duty.course_id)
    .join(Release, Release.id == LiveRelease.release_id)
    .outerjoin(Person, Person.id == Reminder.sent_by)
    .where(Reminder.person_id == bindparam("person"))
    .order_by(Reminder.id.desc())
)
UNREAD = 5  # on the first page
_UNREAD = Prepared(  # the first page of everybody runs it
    _OF_PERSON.where(Reminder.read_at.is_(None), standing.is_owed()).limit(UNREAD)
)
_EVERY = _OF_PERSON.limit(bindparam("most"))


def unread(person_id: int) -> list[Shown]:
    """Return the newest reminders that were not read, of what is still owed."""
    return _shown(_UNREAD.rows(person=person_id))


def newest(person_id: int, most: int = 20) -> list[Shown]:
    """Return the newest reminders, read or not."""
    asked = {"person": person_id, "most": most}
    return _shown(db.session.connection().execute(_EVERY, asked))


def _shown(rows) -> list[Shown]:
    return [
        Shown(
            id=row.id,
            kind=row.kind,
            title=row.title,
            due_on=row.due_on,
            at=row.at,
            sent_by=full_name(row.title_front, row.name, row.title_back)
            if row.name
            else "",
            is_read=row.read_at is not None,
        )
        for row in rows
    ]


def mark_read(person_id: int, now: datetime) -> None:
    """Note that a person has read their reminders; twice is once."""
    db.session.execute(
        update(Reminder)
        .where(Reminder.person_id == person_id, Reminder.read_at.is_(None))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
