"""Who is asked, each day: what completions of some time ago want, found anew.

Nothing is planned ahead: every day the completions whose survey is open are looked at,
and whoever was not asked yet is. A day missed is made up for, a clock that jumps asks
nobody twice: one call for a role and an enrolment, one letter of a kind for a call.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from lms.accounts.models import Agency
from lms.accounts.models import Person as Respondent
from lms.catalog import courses
from lms.catalog.courses import Live
from lms.catalog.models import LiveRelease
from lms.db import db
from lms.db.inserts import add_new
from lms.kernel import ids
from lms.records.models import Completion

from . import calls, letters, surveys, times
from .letters import Sender, Told
from .models import SurveyCall
from .respondents import Circle

SHARE = 100  # completions, or reminders, in one transaction
REMIND_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A survey that others are asked for, or the learner some time later."""

    live: Live
    code: str
    terms: surveys.Terms
    told: Told

    @property
    def roles(self) -> tuple[str, ...]:
        """Return who gets a call: learners find a survey at the course's end there."""
        asked = self.terms.respondents
        return tuple(r for r in asked if r != "learner" or self.terms.after_days)


def wanted() -> dict[int, list[Wanted]]:
    """Return the surveys of all live courses that somebody is asked for, by course."""
    found: dict[int, list[Wanted]] = {}
    live_ids = db.session.scalars(select(LiveRelease.release_id)).all()
    for live in courses.releases(live_ids).values():
        for entry in surveys.entries(live):
            one = Wanted(
                live, entry["code"], surveys.terms_of(entry), told(live, entry)
            )
            if one.terms.when == "after" and one.roles:
                found.setdefault(live.course_id, []).append(one)
    return found


def told(live: Live, entry: Mapping) -> Told:
    """Return what a letter says of a survey by its line in the outline."""
    return Told(live, entry["code"], entry["minutes"], entry["anonymous"])


def ask(after: int, sender: Sender, now: datetime) -> int | None:
    """Ask for the surveys of the next completions; return the last one, None = all.

    after  id of the completion that the last share ended with
    """
    surveys_of = wanted()
    if not surveys_of:
        return None
    share = _share(surveys_of, after, now)
    todays = _todays({row.agency_id for row in share}, now)
    asked = _asked({row.enrolment_id for row in share})
    roles = {role for some in surveys_of.values() for one in some for role in one.roles}
    circle = Circle({row.person_id for row in share}, roles)
    rows: list[dict] = []
    for row in share:
        for one in surveys_of[row.course_id]:
            known = asked.get((row.enrolment_id, one.code), set())
            due = _due_roles(row, one, known, todays[row.agency_id])
            seed = f"{row.enrolment_id} {one.code}"
            around = circle.of(row.person_id, due, seed)
            rows += _calls(row, one, around, todays[row.agency_id], sender)
    add_new(SurveyCall, rows)
    _write("ask", [row["uid"] for row in rows], surveys_of, sender, now)
    return share[-1].id if len(share) == SHARE else None


def _share(surveys_of: Mapping[int, list[Wanted]], after: int, now: datetime) -> list:
    """Return the next completions that some survey may be open for."""
    days = [
        times.finished_between(one.terms.after_days, now.date())
        for some in surveys_of.values()
        for one in some
    ]
    a_day = timedelta(days=1)  # what zones may differ by
    return list(
        db.session.execute(
            select(
                Completion.id,
                Completion.enrolment_id,
                Completion.course_id,
                Completion.person_id,
                Completion.agency_id,
                Completion.finished_on,
            )
            .join(Respondent, Respondent.id == Completion.person_id)
            .where(
                Completion.id > after,
                Completion.state == "valid",
                Completion.course_id.in_(surveys_of),
                Completion.finished_on >= min(first for first, _last in days) - a_day,
                Completion.finished_on <= max(last for _first, last in days) + a_day,
                Respondent.is_active,
            )
            .order_by(Completion.id)
            .limit(SHARE)
        )
    )


def _todays(agency_ids: Iterable[int], now: datetime) -> dict[int, date]:
    rows = db.session.execute(
        select(Agency.unit_id, Agency.timezone).where(Agency.unit_id.in_(agency_ids))
    )
    return {unit: now.astimezone(ZoneInfo(zone)).date() for unit, zone in rows}


def _asked(enrolment_ids: Iterable[int]) -> dict[tuple[int, str], set[str]]:
    """Return the roles asked already, by enrolment and survey."""
    found: dict[tuple[int, str], set[str]] = {}
    rows = db.session.execute(
        select(SurveyCall.enrolment_id, SurveyCall.item_code, SurveyCall.role).where(
            SurveyCall.enrolment_id.in_(enrolment_ids)
        )
    )
    for enrolment_id, code, role in rows:
        found.setdefault((enrolment_id, code), set()).add(role)
    return found


def _due_roles(row, one: Wanted, known: set[str], today: date) -> list[str]:
    """Return the roles that are to be asked now and were not."""
    opens, closes = times.span(one.terms.after_days, row.finished_on)
    is_open = opens <= today <= closes
    return [role for role in one.roles if role not in known] if is_open else []


def _calls(
    row, one: Wanted, around: Mapping[str, list[int]], today: date, sender: Sender
) -> Iterable[dict]:
    """Return the calls of a completion to the people around its learner."""
    closes = times.span(one.terms.after_days, row.finished_on)[1]
    for role, people in around.items():
        for respondent_id in people:
            uid = ids.new_uid()
            token = calls.token_of(sender.secret, uid)
            yield {
                "uid": uid,
                "enrolment_id": row.enrolment_id,
                "course_id": row.course_id,
                "item_code": one.code,
                "role": role,
                "person_id": row.person_id,
                "respondent_id": respondent_id,
                "asked_on": today,
                "closes_on": closes,
                "token_hash": ids.digest(token),
            }


def remind(sender: Sender, now: datetime) -> int:
    """Remind once whoever was asked a week ago and has not answered; return how many.

    Not who has declined, nor on the last day or after it.
    """
    today = now.date()
    rows = db.session.execute(
        select(SurveyCall.id, SurveyCall.uid)
        .where(
            SurveyCall.asked_on <= today - REMIND_AFTER,
            SurveyCall.closes_on > today,
            SurveyCall.reminded_on.is_(None),
            SurveyCall.declined_on.is_(None),
            ~calls.is_filled(),
        )
        .order_by(SurveyCall.id)
        .limit(SHARE)
    ).all()
    db.session.execute(
        update(SurveyCall)
        .where(SurveyCall.id.in_([row.id for row in rows]))
        .values(reminded_on=today)
        .execution_options(synchronize_session=False)
    )
    _write("remind", [row.uid for row in rows], wanted(), sender, now)
    return len(rows)


def _write(
    kind: str,
    uids: list[str],
    surveys_of: Mapping[int, list[Wanted]],
    sender: Sender,
    now: datetime,
) -> None:
    texts = {
        (course_id, one.code): one.told
        for course_id, some in surveys_of.items()
        for one in some
    }
    for start in range(0, len(uids), 900):
        part = uids[start : start + 900]
        numbers = db.session.scalars(
            select(SurveyCall.id).where(SurveyCall.uid.in_(part))
        ).all()
        letters.put(kind, numbers, texts, sender, now)
