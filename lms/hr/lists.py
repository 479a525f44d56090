"""The lists behind the figures: from the tables of record, never from the sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, extract, false, func, or_, select

from lms.accounts.models import ASN_STATUSES, Job, Person, Unit, full_name
from lms.assignments import standing
from lms.assignments.models import Duty
from lms.catalog.models import Competency
from lms.competency import gaps_at_once
from lms.db import db
from lms.records.models import Completion, Enrolment

from . import board
from .figure_parts import BANDS, DONE, limits
from .models import FigureSum
from .scope import FilterBad, Scope

KINDS = ("pegawai", "tugas", "selesai", "kesenjangan")
STATES = {"selesai": "done", "berjalan": "running", "belum": "todo",
          "terlambat": "late"}  # fmt: skip
PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list of the scope.

    state       of duties; "" = all
    band        quarter of the JP target reached, 0 to 4; None = all with a target,
                when `status` or `with_target` says so
    competency  whose gap is listed
    """

    kind: str
    state: str = ""
    band: int | None = None
    with_target: bool = False
    status: str = ""
    target: int | None = None
    month: int | None = None
    competency: str = ""
    order: str = "nama"
    page: int = 1

    @property
    def by_jp(self) -> bool:
        return self.with_target or self.band is not None


def wanted(args: Mapping[str, str]) -> Wanted:
    """Read which list an address asks for. Raises FilterBad."""
    return Wanted(
        kind=_one_of(args, "isi", KINDS, "pegawai"),
        state=STATES.get(_one_of(args, "keadaan", ("", *STATES), ""), ""),
        band=_number(args, "pita", 0, BANDS - 1),
        with_target="target" in args,
        target=_target(args),
        status=_one_of(args, "status", ("", *ASN_STATUSES), ""),
        month=_number(args, "bulan", 1, 12),
        competency=_known_competency(args.get("kompetensi", "")),
        order=_one_of(args, "urut", ("nama", "unit"), "nama"),
        page=page_of(args),
    )


def page_of(args: Mapping[str, str]) -> int:
    """Read the page an address asks for. Raises FilterBad."""
    return _number(args, "hal", 1, 100_000) or 1


def _one_of(args: Mapping[str, str], name: str, values, default: str) -> str:
    asked = args.get(name, default)
    if asked not in values:
        raise FilterBad(name=name)
    return asked


def _number(args: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    asked = args.get(name, "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 6):
        raise FilterBad(name=name)
    if not least <= int(asked) <= most:
        raise FilterBad(name=name)
    return int(asked)


def _target(args: Mapping[str, str]) -> int | None:
    """Return the JP asked for; "ada" = any target."""
    return None if args.get("target") == "ada" else _number(args, "target", 0, 999)


def _known_competency(code: str) -> str:
    if code and db.session.get(Competency, code) is None:
        raise FilterBad(name="kompetensi")
    return code


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: a person, with what the list is about.

    course    title; state one of states.STATES; day of the deadline or completion
    jp        of the year, or of the completion
    required, reached  levels of the competency
    assignment  its uid
    """

    uid: str
    name: str
    nip: str | None
    unit: str
    status: str
    job: str = ""
    course: str = ""
    state: str = ""
    day: date | None = None
    jp: int | None = None
    required: int = 0
    reached: int = 0
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list; `people` are different people, `jp` the sum of all pages."""

    count: int
    lines: list[Line]
    people: int
    jp: int | None = None

    @property
    def last(self) -> int:
        return max(1, -(-self.count // PAGE))


def read(scope: Scope, asked: Wanted) -> Found:
    """Return a page of the list."""
    reader = {"pegawai": _people, "tugas": _duties, "selesai": _completions,
              "kesenjangan": _gaps}[asked.kind]  # fmt: skip
    return reader(scope, asked)


PERSON = (Person.uid.label("person_uid"), Person.title_front, Person.name,
          Person.title_back, Person.nip, Unit.name.label("unit"), Person.asn_status,
          func.coalesce(Job.title, "").label("job"))  # fmt: skip


def _line(row, **facts) -> Line:
    name = full_name(row.title_front, row.name, row.title_back)
    return Line(
        row.person_uid, name, row.nip, row.unit, row.asn_status, row.job, **facts
    )


def _order(asked: Wanted) -> tuple:
    by_name = (func.lower(Person.name), Person.id)
    return (Unit.name, Unit.id, *by_name) if asked.order == "unit" else by_name


def _paged(statement, asked: Wanted):
    return statement.limit(PAGE).offset((asked.page - 1) * PAGE)


def _joined(statement):
    return statement.join(Unit, Unit.id == Person.unit_id).outerjoin(
        Job, Job.id == Person.job_id
    )


def _people(scope: Scope, asked: Wanted) -> Found:
    """List active people, with their JP of the year."""
    earned = _earned(scope.year)
    jp_of = func.coalesce(earned.c.jp, 0)
    conditions = [scope.people_condition()]
    if asked.status:
        conditions.append(Person.asn_status == asked.status)
    if asked.by_jp:
        conditions.append(_asked(scope, asked, jp_of))
    whole = _joined(select(func.count(), func.sum(jp_of)).select_from(Person))
    page = _joined(select(*PERSON, jp_of.label("jp")).select_from(Person))
    whole, page = (
        s.outerjoin(earned, earned.c.person_id == Person.id).where(*conditions)
        for s in (whole, page)
    )
    count, total = db.session.execute(whole).one()
    rows = db.session.execute(_paged(page.order_by(*_order(asked)), asked))
    lines = [_line(row, jp=int(row.jp)) for row in rows]
    return Found(count, lines, count, int(total or 0))


def _earned(year: int):
    return (
        select(Completion.person_id, func.sum(Completion.jp).label("jp"))
        .where(Completion.year == year, Completion.state == "valid")
        .group_by(Completion.person_id)
        .subquery()
    )


def _asked(scope: Scope, asked: Wanted, jp_of) -> ColumnElement[bool]:
    """Return the condition: has the target asked for, and is in that quarter of it."""
    parts = [false()]
    found = board.targets(scope, ASN_STATUSES, scope.year)
    for (agency, status), target in found.items():
        if target is None or asked.target not in (None, target):
            continue
        part = and_(Unit.agency_id == agency, Person.asn_status == status)
        if asked.band is not None:
            low, high = limits(asked.band, target)
            part = and_(part, jp_of >= low)
            if high is not None:
                part = and_(part, jp_of <= high)
        parts.append(part)
    return or_(*parts)


def duty_conditions(scope: Scope) -> list[ColumnElement[bool]]:
    """Return the conditions on Duty: open, of the year and the course."""
    first, last = date(scope.year, 1, 1), date(scope.year, 12, 31)
    in_year = Duty.due_on.between(first, last)
    found = [scope.people_condition(), standing.is_owed()]
    if scope.is_this_year:
        left = and_(Duty.due_on < first, ~_is_done())
        in_year = or_(in_year, left)
    found.append(in_year)
    if scope.course:
        found.append(Duty.course_id == scope.course.id)
    return found


def _is_done():
    return (
        select(Completion.id)
        .where(
            Completion.person_id == Duty.person_id,
            Completion.course_id == Duty.course_id,
            Completion.state == "valid",
            or_(Duty.counts_from.is_(None), Completion.finished_on >= Duty.counts_from),
        )
        .exists()
    )


def _is_begun():
    return (
        select(Enrolment.id)
        .where(
            Enrolment.person_id == Duty.person_id,
            Enrolment.course_id == Duty.course_id,
            Enrolment.withdrawn_at.is_(None),
        )
        .exists()
    )


def _in_state(scope: Scope, state: str) -> ColumnElement[bool]:
    if state == "done":
        return _is_done()
    late = scope.by_day(lambda day: Duty.due_on < day)
    if state == "late":
        return and_(late, ~_is_done())
    begun = _is_begun() if state == "running" else ~_is_begun()
    return and_(~late, ~_is_done(), begun)


def _duties(scope: Scope, asked: Wanted) -> Found:
    conditions = duty_conditions(scope)
    if asked.state:
        conditions.append(_in_state(scope, asked.state))
    whole = select(func.count(), func.count(Person.id.distinct())).select_from(Duty)
    whole = _joined(whole.join(Person, Person.id == Duty.person_id)).where(*conditions)
    ids = select(Duty.id).join(Person, Person.id == Duty.person_id)
    ids = _joined(ids).where(*conditions).order_by(*_order(asked), Duty.id)
    count, people = db.session.execute(whole).one()
    shown = list(db.session.scalars(_paged(ids, asked)))
    return Found(count, duty_lines(scope, shown), people)


def duty_lines(scope: Scope, duty_ids: list[int]) -> list[Line]:
    """Return these duties as lines, in the order given."""
    titles = {course.id: course.title for course in scope.courses}
    statement = _joined(
        standing.statement()
        .add_columns(*PERSON, Unit.agency_id.label("agency"))
        .join(Person, Person.id == Duty.person_id)
    ).where(Duty.id.in_(duty_ids))
    found = {}
    for row in db.session.execute(statement):
        owed = standing.owed_of(row[:5], scope.todays[row.agency])
        found[owed.duty_id] = _line(
            row,
            course=titles.get(owed.course_id, ""),
            state=owed.state,
            day=owed.due_on,
            assignment=owed.assignment_uid,
        )
    return [found[number] for number in duty_ids]


def _completions(scope: Scope, asked: Wanted) -> Found:
    conditions = [
        scope.people_condition(),
        Completion.state == "valid",
        Completion.year == scope.year,
    ]
    if asked.month:
        conditions.append(extract("month", Completion.finished_on) == asked.month)
    if scope.course:
        conditions.append(Completion.course_id == scope.course.id)
    whole = select(
        func.count(), func.count(Person.id.distinct()), func.sum(Completion.jp)
    ).select_from(Completion)
    page = select(
        *PERSON, Completion.course_title, Completion.finished_on, Completion.jp
    ).select_from(Completion)
    whole, page = (
        _joined(s.join(Person, Person.id == Completion.person_id)).where(*conditions)
        for s in (whole, page)
    )
    count, people, total = db.session.execute(whole).one()
    rows = db.session.execute(
        _paged(page.order_by(*_order(asked), Completion.id), asked)
    )
    lines = [
        _line(row, course=row.course_title, day=row.finished_on, jp=row.jp)
        for row in rows
    ]
    return Found(count, lines, people, int(total or 0))


def _gaps(scope: Scope, asked: Wanted) -> Found:
    """List people whose job asks the competency, with level asked and reached."""
    if not asked.competency:
        raise FilterBad(name="kompetensi")
    jobs = db.session.scalars(select(Person.job_id).distinct())
    asking = gaps_at_once.asked_of({number for number in jobs if number})
    having = [n for n, needs in asking.items() if asked.competency in needs]
    conditions = [scope.people_condition(), Person.job_id.in_(having)]
    whole = _joined(select(func.count()).select_from(Person)).where(*conditions)
    page = _joined(select(*PERSON, Person.id).select_from(Person)).where(*conditions)
    count = db.session.scalar(whole) or 0
    rows = db.session.execute(_paged(page.order_by(*_order(asked)), asked)).all()
    needs = gaps_at_once.of_people([row.id for row in rows], scope.today)
    lines = []
    for row in rows:
        need = needs[row.id][asked.competency]
        lines.append(_line(row, required=need.required, reached=need.reached))
    return Found(count, lines, count)


def who_needs_help(scope: Scope, within: int = 14, most: int = 8) -> list[Line]:
    """Return what is late, the longest first, then what is due within some days.

    The sums say in which units to look, so that nobody reads all duties.
    """
    horizon = (scope.today + timedelta(days=within)).isoformat()
    places = (
        select(FigureSum.key, FigureSum.unit_id, FigureSum.course_id)
        .join(Unit, Unit.id == FigureSum.unit_id)
        .where(
            FigureSum.kind == "duty",
            FigureSum.mark != DONE,
            FigureSum.key <= horizon,
            scope.unit_condition(),
            FigureSum.job_type == scope.job_type if scope.job_type else True,
            FigureSum.course_id == scope.course.id if scope.course else True,
        )
        .group_by(FigureSum.key, FigureSum.unit_id, FigureSum.course_id)
        .order_by(FigureSum.key, FigureSum.unit_id, FigureSum.course_id)
        .limit(most)
    )
    found: list[int] = []
    for day, unit_id, course_id in db.session.execute(places).all():
        statement = select(Duty.id).join(Person, Person.id == Duty.person_id)
        statement = _joined(statement).where(
            scope.people_condition(),
            Person.unit_id == unit_id,
            Duty.course_id + 0 == course_id,  # from the unit's people, not the course's
            Duty.due_on == date.fromisoformat(day),
            standing.is_owed(),
            ~_is_done(),
        )
        found += db.session.scalars(
            statement.order_by(func.lower(Person.name), Duty.id).limit(most)
        )
        if len(found) >= most:
            break
    return duty_lines(scope, found[:most])
