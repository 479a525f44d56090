"""Who owes what: duties made and ended as people come, go and learn.

All of it is computed set by set and may run at any time, twice or at once: on
PostgreSQL a round locks the assignments it works on, SQLite has one writer.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, case, false, func, or_, select, update

from lms.accounts.models import Agency, Person, Unit
from lms.db import db
from lms.db.inserts import add_new

from . import renewal, rules, standing, waves
from .models import Assignment, Duty, Exemption
from .waves import Days

CHUNK = 900  # values in one IN (...): below every database's limit


@dataclass(slots=True)
class Counts:
    """What a round has done."""

    assigned: int = 0
    renewed: int = 0
    ended: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Counts") -> None:
        """Add what another round has done."""
        self.assigned += other.assigned
        self.renewed += other.renewed
        self.ended += other.ended

    @property
    def is_nothing(self) -> bool:
        return not (self.assigned or self.renewed or self.ended.total())


@dataclass(frozen=True, slots=True)
class Round:
    """One assignment in a round.

    only      people it is about, None = all
    is_first  those it finds are the people HR was shown: their days are as planned
    """

    assignment: Assignment
    rule: rules.Rule
    today: date
    now: datetime
    only: tuple[int, ...] | None = None
    is_first: bool = False

    def mine(self, *columns) -> Select:
        """Select columns of this assignment's open duties."""
        found = select(*columns).where(
            Duty.assignment_id == self.assignment.id, Duty.ended_at.is_(None)
        )
        return found if self.only is None else found.where(self.is_about(Duty))

    def is_about(self, model):
        """Return the condition that a row is about the people of this round."""
        column = Person.id if model is Person else model.person_id
        return column.in_(self.only) if self.only is not None else column.is_not(None)

    def exempt(self) -> Select:
        """Select the people who are let off."""
        return select(Exemption.person_id).where(
            Exemption.assignment_id == self.assignment.id,
            Exemption.ended_at.is_(None),
            or_(Exemption.until.is_(None), Exemption.until >= self.today),
        )

    def meant(self, *columns) -> Select:
        """Select columns of the people who should owe it."""
        return rules.people(self.rule, *columns, is_few=self.only is not None).where(
            self.is_about(Person), Person.id.not_in(self.exempt())
        )

    def unowing(self, *columns) -> Select:
        """Select columns of the people who should owe it, and do not."""
        has_one = (
            select(Duty.id)
            .where(
                Duty.assignment_id == self.assignment.id,
                Duty.person_id == Person.id,
                Duty.ended_at.is_(None),
            )
            .exists()
        )
        return self.meant(*columns).where(~has_one)

    def gone(self, *columns) -> Select:
        """Select columns of open duties of people who should not owe it."""
        meant = rules.people(self.rule, Person.id)
        return self.mine(*columns).where(
            or_(Duty.person_id.not_in(meant), Duty.person_id.in_(self.exempt()))
        )

    def grown_old(self, *columns) -> Select:
        """Select columns of open duties done so long ago that they may be due again."""
        months = self.assignment.renew_months
        if months is None:
            return self.mine(*columns).where(false())
        oldest = renewal.oldest_kept(self.today, months)
        return self.mine(*columns).where(standing.finished_on() <= oldest)


def refresh(
    assignment_ids: Collection[int] | None = None,
    person_ids: Collection[int] | None = None,
    *,
    now: datetime,
    is_first: bool = False,
) -> Counts:
    """Bring the duties of running assignments up to date, in this transaction.

    assignment_ids  None = all that run
    person_ids      None = everybody; only what these people owe is looked at
    is_first        as Round says
    """
    counts = Counts()
    few = None if person_ids is None else tuple(sorted(set(person_ids)))
    if few is not None and len(few) > CHUNK:
        few = None  # in one sweep: cheaper than part by part
    for made in rounds(assignment_ids, few, now=now, is_first=is_first):
        _release(made, counts)
        _renew(made, counts)
        _assign(made, counts)
    db.session.flush()
    return counts


def rounds(
    assignment_ids: Collection[int] | None,
    only: tuple[int, ...] | None = None,
    *,
    now: datetime,
    is_first: bool = False,
) -> list[Round]:
    """Lock running assignments that may concern these people; return their rounds."""
    rows = _running(assignment_ids, only)
    titles = rules.titles_of(assignment.id for assignment, _path, _zone in rows)
    return [
        Round(
            assignment=assignment,
            rule=rules.of(assignment, path, titles.get(assignment.id, ())),
            today=now.astimezone(ZoneInfo(zone)).date(),
            now=now,
            only=only,
            is_first=is_first,
        )
        for assignment, path, zone in rows
    ]


def _running(assignment_ids, person_ids) -> list:
    """Lock and return what may concern these people, each with path and zone."""
    wanted = (
        select(Assignment, Unit.path, Agency.timezone)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Agency, Agency.unit_id == Unit.agency_id)
        .where(Assignment.ended_at.is_(None))
        .order_by(Assignment.id)
        .with_for_update(of=Assignment)
    )
    if assignment_ids is not None:
        wanted = wanted.where(Assignment.id.in_(list(assignment_ids)))
    if person_ids is not None:
        theirs = (
            select(Unit.agency_id)
            .join(Person, Person.unit_id == Unit.id)
            .where(Person.id.in_(person_ids))
        )
        owed = select(Duty.assignment_id).where(
            Duty.person_id.in_(person_ids), Duty.ended_at.is_(None)
        )
        wanted = wanted.where(or_(Unit.agency_id.in_(theirs), Assignment.id.in_(owed)))
    return db.session.execute(wanted).all()


def _release(made: Round, counts: Counts) -> None:
    """End the duties of who is not meant any more, or exempted; history stays."""
    meant = rules.people(made.rule, Person.id)
    is_active = select(Person.id).where(Person.is_active)
    gone = made.gone(
        Duty.id,
        case(
            (Duty.person_id.not_in(is_active), "left"),
            (Duty.person_id.not_in(meant), "moved"),
            else_="exempted",
        ),
    )
    reasons = defaultdict(list)
    for duty_id, reason in db.session.execute(gone):
        reasons[reason].append(duty_id)
    for reason, numbers in reasons.items():
        close(numbers, reason, made.now)
        counts.ended[reason] += len(numbers)


def close(duty_ids: list[int], reason: str, now: datetime) -> None:
    """End open duties."""
    for at in range(0, len(duty_ids), CHUNK):
        db.session.execute(
            update(Duty)
            .where(Duty.id.in_(duty_ids[at : at + CHUNK]), Duty.ended_at.is_(None))
            .values(ended_at=now, end_reason=reason)
            .execution_options(synchronize_session=False)
        )
    for loaded in db.session:
        if isinstance(loaded, Duty):
            db.session.expire(loaded)


def _renew(made: Round, counts: Counts) -> None:
    """Close what was done so long ago that it is due again, and ask for it anew."""
    months = made.assignment.renew_months
    if months is None:
        return
    done = standing.finished_on()
    rows = db.session.execute(
        made.grown_old(Duty.id, Duty.person_id, Duty.period, Duty.wave, done)
    ).all()
    old, new = [], []
    for duty_id, person_id, period, wave, finished_on in rows:
        following = renewal.after(finished_on, months)
        if following.made_on > made.today:
            continue
        old.append(duty_id)
        days = waves.joining(
            Days(following.made_on, following.due_on),
            made.today,
            made.assignment.grace_days if following.due_on < made.today else 0,
        )
        new.append(
            _row(
                made,
                days,
                person_id=person_id,
                period=period + 1,
                wave=wave,
                counts_from=following.counts_from,
            )
        )
    close(old, "renewed", made.now)
    add_new(Duty, new)
    counts.renewed += len(new)


def _assign(made: Round, counts: Counts) -> None:
    """Give a duty to everybody who is meant, not exempt, and has none."""
    unowing = made.unowing(Person.id, Person.unit_id).order_by(Person.id)
    by_unit = defaultdict(list)
    for person_id, unit_id in db.session.execute(unowing):
        by_unit[unit_id].append(person_id)
    if not by_unit:
        return
    taken = _taken(made, by_unit) if made.assignment.waves > 1 else defaultdict(dict)
    before = _before(made)
    rows = []
    first = (1, made.assignment.counts_from)
    days = {n: _days(made, n) for n in range(1, made.assignment.waves + 1)}
    for unit_id, newcomers in by_unit.items():
        placed = waves.spread(newcomers, taken[unit_id], made.assignment.waves)
        for person_id, wave in placed.items():
            period, since = before.get(person_id, first)
            facts = {"person_id": person_id, "period": period, "counts_from": since}
            rows.append(_row(made, days[wave], wave=wave, **facts))
    add_new(Duty, rows)
    counts.assigned += len(rows)


def _days(made: Round, wave: int) -> Days:
    whole = made.assignment
    planned = waves.days(Days(whole.starts_on, whole.due_on), wave, whole.wave_days)
    if made.is_first:
        return planned
    return waves.joining(planned, made.today, whole.grace_days)


def _taken(made: Round, units: Collection[int]) -> dict[int, dict[int, int]]:
    """Return unit -> wave -> how many people of it are there already."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = db.session.execute(
        select(Person.unit_id, Duty.wave, func.count())
        .join(Person, Person.id == Duty.person_id)
        .where(Duty.assignment_id == made.assignment.id, Duty.ended_at.is_(None))
        .group_by(Person.unit_id, Duty.wave)
    )
    for unit_id, wave, count in rows:
        if unit_id in units:
            found[unit_id][wave] = count
    return found


def _before(made: Round) -> dict[int, tuple[int, date | None]]:
    """Return person id -> period and start of counting of the duty they had last."""
    rows = db.session.execute(
        select(Duty.person_id, Duty.period, Duty.counts_from)
        .where(
            Duty.assignment_id == made.assignment.id,
            Duty.ended_at.is_not(None),
            made.is_about(Duty),
        )
        .order_by(Duty.id)
    )
    return {person_id: (period, since) for person_id, period, since in rows}


def _row(made: Round, days: Days, **facts) -> dict:
    """Return the values of a new duty; facts: person_id, period, wave, counts_from."""
    return facts | {
        "assignment_id": made.assignment.id,
        "course_id": made.assignment.course_id,
        "starts_on": days.starts_on,
        "due_on": days.due_on,
        "assigned_at": made.now,
        "end_reason": "",
    }
